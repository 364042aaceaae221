import { Plus, X } from 'lucide-react';
import { Button } from 'react-aria-components';
import {
  mandatoryTypes,
  offeredTypes,
  parseIdentity,
  subjectPrefix,
  toIdentity,
  type NamePart,
} from '../../../shared/model/distinguished-name.ts';
import { useText } from '../../locales/use-text.tsx';
import { IconButton } from '../../ui/button.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import styles from './policies.module.css';

interface IdentityRowProps {
  readonly identity: string;
  readonly isWrong: boolean;
  readonly onChange: (identity: string) => void;
  readonly onRemove: () => void;
}

/** One trusted identity: a field for each name part, or its text when it is not made of name parts. */
export function IdentityRow({ identity, isWrong, onChange, onRemove }: IdentityRowProps) {
  const t = useText();
  const parts = parseIdentity(identity);
  return (
    <div className={styles.identity} data-invalid={isWrong}>
      {parts ? (
        <NameParts parts={parts} onChange={(next) => onChange(toIdentity(next))} />
      ) : (
        <input
          className={styles.rawIdentity}
          aria-label={t('policies.identityText')}
          aria-invalid={isWrong}
          value={identity}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      <IconButton size="small" label={t('policies.removeIdentity', { identity })} onPress={onRemove}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}

function isMandatory(type: string): boolean {
  return mandatoryTypes.some((known) => known === type);
}

function NameParts({
  parts,
  onChange,
}: {
  readonly parts: readonly NamePart[];
  readonly onChange: (parts: readonly NamePart[]) => void;
}) {
  const t = useText();
  const free = offeredTypes.filter((type) => !parts.some((part) => part.type === type));
  const entries = free.map((type) => ({
    id: type,
    label: type,
    text: t(`policies.part_${type}`),
    onAction: () => onChange([...parts, { type, value: '' }]),
  }));
  return (
    <span className={styles.parts}>
      <code className="sub">{subjectPrefix}</code>
      {parts.map((part, at) => (
        <span key={at} className={styles.namePart}>
          <b>{part.type}</b>
          <input
            aria-label={part.type}
            value={part.value}
            size={2}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onChange(parts.with(at, { ...part, value: event.target.value }))}
          />
          {!isMandatory(part.type) && (
            <Button
              className={styles.removeChip ?? ''}
              aria-label={t('policies.removeValue', { value: part.type })}
              onPress={() => onChange(parts.toSpliced(at, 1))}
            >
              <X aria-hidden />
            </Button>
          )}
        </span>
      ))}
      {free.length > 0 && (
        <MenuButton label={t('policies.addPart')} entries={entries}>
          <Button className={styles.removeChip ?? ''} aria-label={t('policies.addPart')}>
            <Plus aria-hidden />
          </Button>
        </MenuButton>
      )}
    </span>
  );
}
