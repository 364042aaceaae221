import { Search } from 'lucide-react';
import { useState } from 'react';
import { Autocomplete, Dialog, Input, Menu, MenuItem, Modal, ModalOverlay, TextField } from 'react-aria-components';
import { useText } from '../locales/use-text.tsx';
import { toVisibleText } from '../locales/visible-text.ts';
import { closePalette, usePaletteState } from './palette-state.ts';
import styles from './palette.module.css';
import { usePaletteEntries } from './use-palette-entries.ts';

/** Takes a reference, digest, certificate, `notation` command or name, and goes there. */
export function Palette() {
  const t = useText();
  const isOpen = usePaletteState((state) => state.isOpen);
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) closePalette();
      }}
    >
      <Modal className={styles.modal ?? ''}>
        <Dialog className={styles.dialog ?? ''} aria-label={t('app.paletteTitle')}>
          <PaletteBody />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function PaletteBody() {
  const t = useText();
  const [text, setText] = useState('');
  const { entries, note } = usePaletteEntries(text);
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <TextField autoFocus aria-label={t('app.palettePlaceholder')} className={styles.search ?? ''}>
        <Search aria-hidden />
        <Input placeholder={t('app.palettePlaceholder')} spellCheck={false} autoComplete="off" maxLength={4096} />
      </TextField>
      {note && (
        <p className={styles.note} role="status">
          {note}
        </p>
      )}
      <Menu
        aria-label={t('app.paletteTitle')}
        className={styles.list ?? ''}
        items={entries}
        renderEmptyState={() => (note ? null : <p className={styles.note}>{t('app.paletteEmpty')}</p>)}
      >
        {({ id, label, icon: Icon, go }) => (
          <MenuItem
            id={id}
            textValue={label}
            className={styles.item ?? ''}
            onAction={() => {
              closePalette();
              go();
            }}
          >
            <Icon aria-hidden />
            <span>{toVisibleText(label)}</span>
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  );
}
