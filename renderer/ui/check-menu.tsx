import { Check } from 'lucide-react';
import type { ReactElement } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import styles from './menu.module.css';

interface CheckMenuProps<K extends string> {
  readonly label: string;
  readonly entries: readonly { readonly id: K; readonly label: string }[];
  readonly checked: readonly K[];
  readonly onChange: (checked: readonly K[]) => void;
  /** The button. */
  readonly children: ReactElement;
}

/** A menu behind a button whose entries are on or off; it stays open while they are changed. */
export function CheckMenu<K extends string>({ label, entries, checked, onChange, children }: CheckMenuProps<K>) {
  return (
    <MenuTrigger>
      {children}
      <Popover className={styles.popover ?? ''} offset={4}>
        <Menu
          aria-label={label}
          className={styles.menu ?? ''}
          selectionMode="multiple"
          selectedKeys={checked}
          shouldCloseOnSelect={false}
          onSelectionChange={(keys) => {
            const isOn = (id: K) => keys === 'all' || keys.has(id);
            onChange(entries.map(({ id }) => id).filter(isOn));
          }}
        >
          {entries.map(({ id, label: words }) => (
            <MenuItem key={id} id={id} textValue={words} className={styles.item ?? ''}>
              {({ isSelected }) => (
                <>
                  <Check aria-hidden visibility={isSelected ? 'visible' : 'hidden'} />
                  <Text slot="label">{words}</Text>
                </>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
