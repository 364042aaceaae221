import { create } from 'zustand';
import type { MessageKey } from '../locales/catalogs.ts';
import { useText } from '../locales/use-text.tsx';
import { Dialog } from '../ui/dialog.tsx';
import styles from './keyboard-sheet.module.css';

const useSheet = create<{ readonly isOpen: boolean }>(() => ({ isOpen: false }));

export const openKeyboardSheet = (): void => useSheet.setState({ isOpen: true });
const closeKeyboardSheet = (): void => useSheet.setState({ isOpen: false });

/** Keys that are pressed together stand in one text, with spaces between; several texts are ways to the same. */
interface Shortcut {
  readonly keys: readonly string[];
  readonly does: MessageKey;
}

interface Group {
  readonly title: MessageKey;
  readonly shortcuts: readonly Shortcut[];
}

const mod = /Mac/.test(navigator.platform) ? '⌘' : 'Ctrl';

const groups: readonly Group[] = [
  {
    title: 'keyboard.everywhere',
    shortcuts: [
      { keys: [`${mod} K`], does: 'keyboard.palette' },
      { keys: ['?', 'F1'], does: 'keyboard.sheet' },
      { keys: [`${mod} ,`], does: 'keyboard.settings' },
      { keys: ['Alt ←', 'Alt →'], does: 'keyboard.history' },
      { keys: ['Tab', 'Shift Tab'], does: 'keyboard.tab' },
      { keys: ['Esc'], does: 'keyboard.escape' },
    ],
  },
  {
    title: 'keyboard.lists',
    shortcuts: [
      { keys: ['↑', '↓'], does: 'keyboard.rows' },
      { keys: ['Home', 'End'], does: 'keyboard.far' },
      { keys: ['Enter'], does: 'keyboard.open' },
      { keys: ['Space'], does: 'keyboard.select' },
      { keys: ['←', '→'], does: 'keyboard.unfold' },
      { keys: ['/'], does: 'keyboard.filter' },
    ],
  },
  {
    title: 'keyboard.policy',
    shortcuts: [
      { keys: [`${mod} Z`], does: 'keyboard.undo' },
      { keys: [`${mod} Y`, `${mod} Shift Z`], does: 'keyboard.redo' },
      { keys: ['Alt ↑', 'Alt ↓'], does: 'keyboard.move' },
      { keys: ['Enter', ','], does: 'keyboard.addChip' },
      { keys: ['Backspace'], does: 'keyboard.removeChip' },
    ],
  },
];

/** All keys that do something, where they do it. */
export function KeyboardSheet() {
  const t = useText();
  const isOpen = useSheet((state) => state.isOpen);
  return (
    <Dialog wide title={t('keyboard.title')} isOpen={isOpen} onClose={closeKeyboardSheet}>
      <div className={styles.groups}>
        {groups.map(({ title, shortcuts }) => (
          <section key={title}>
            <h3>{t(title)}</h3>
            <dl>
              {shortcuts.map(({ keys, does }) => (
                <div key={does}>
                  <dt>{t(does)}</dt>
                  <dd>
                    {keys.map((together) => (
                      <span key={together} className={styles.keys}>
                        {together.split(' ').map((key) => (
                          <kbd key={key}>{key}</kbd>
                        ))}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
