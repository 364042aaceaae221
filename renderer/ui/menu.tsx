import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './menu.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  /** One sentence under the label. */
  readonly text?: string;
  readonly onAction: () => void;
  readonly isDisabled?: boolean;
  readonly danger?: boolean;
}

/** A menu behind a button: `<MenuButton label="More" entries={…}><Button>More</Button></MenuButton>`. */
export function MenuButton({
  label,
  entries,
  children,
}: {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly children: ReactElement;
}) {
  return (
    <MenuTrigger>
      {children}
      <Popover className={styles.popover ?? ''} offset={4}>
        <Menu aria-label={label} className={styles.menu ?? ''}>
          {entries.map(({ id, label: words, icon: Icon, text, onAction, isDisabled = false, danger = false }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={words}
              isDisabled={isDisabled}
              className={classes(styles.item, danger && styles.danger)}
              onAction={onAction}
            >
              {Icon && <Icon aria-hidden />}
              <Text slot="label">{words}</Text>
              {text && (
                <Text slot="description" className={styles.text ?? ''}>
                  {text}
                </Text>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
