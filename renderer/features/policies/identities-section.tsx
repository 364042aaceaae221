import { FileBadge, Plus } from 'lucide-react';
import { Button } from 'react-aria-components';
import { differingParts, parseIdentity, toIdentity } from '../../../shared/model/distinguished-name.ts';
import { useText } from '../../locales/use-text.tsx';
import { Segments } from '../../ui/choices.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { placeOf } from './fixes.ts';
import { FormSection } from './form-section.tsx';
import { IdentityRow } from './identity-row.tsx';
import styles from './policies.module.css';
import { addToList, removeFromList, replaceInList, setList } from './policy-edits.ts';
import { ProblemNotes } from './problem-note.tsx';
import type { SectionProps } from './statement-form.tsx';
import type { StatementView } from './statement-view.ts';
import { useKnownCertificates, type KnownCertificate } from './use-known-certificates.ts';
import { problemsOf, type Edit } from './use-policy.ts';

/** Who may have signed: anybody whose certificate leads to a store, or only the names listed. */
export function IdentitiesSection({ statement, problems, edit }: SectionProps) {
  const t = useText();
  const { index, identities } = statement;
  const known = useKnownCertificates();
  const own = problemsOf(problems, index, 'trustedIdentities');
  const isAny = identities.length === 1 && identities[0] === '*';
  return (
    <FormSection
      member="trustedIdentities"
      title={t('policies.identities')}
      actions={
        <Segments
          label={t('policies.identities')}
          value={isAny ? 'any' : 'listed'}
          onChange={(choice) =>
            edit((text) => setList(text, index, 'trustedIdentities', choice === 'any' ? ['*'] : []))
          }
          choices={[
            { id: 'any', label: t('policies.anySigner') },
            { id: 'listed', label: t('policies.onlyListed') },
          ]}
        />
      }
    >
      {isAny ? (
        <p className={styles.note}>{t('policies.anySignerNote')}</p>
      ) : (
        <>
          {identities.map((identity, at) => (
            <IdentityRow
              key={at}
              identity={identity}
              isWrong={own.some((problem) => placeOf(problem).at === at)}
              onChange={(value) =>
                edit((text) => replaceInList(text, index, 'trustedIdentities', at, value), `identity ${index} ${at}`)
              }
              onRemove={() => edit((text) => removeFromList(text, index, 'trustedIdentities', at))}
            />
          ))}
          <AddIdentity statement={statement} known={known} edit={edit} />
          <Matches statement={statement} known={known} />
        </>
      )}
      <ProblemNotes problems={own} edit={edit} />
    </FormSection>
  );
}

interface AddIdentityProps {
  readonly statement: StatementView;
  readonly known: readonly KnownCertificate[];
  readonly edit: Edit;
}

const blank = toIdentity([
  { type: 'C', value: '' },
  { type: 'ST', value: '' },
  { type: 'O', value: '' },
]);

function AddIdentity({ statement: { index, identities }, known, edit }: AddIdentityProps) {
  const t = useText();
  const add = (identity: string) => edit((text) => addToList(text, index, 'trustedIdentities', identity));
  const entries = known
    .filter(({ parts }) => !identities.includes(toIdentity(parts)))
    .map(({ commonName, subject, parts }) => ({
      id: subject,
      label: commonName,
      text: subject,
      icon: FileBadge,
      onAction: () => add(toIdentity(parts)),
    }));
  const none = { id: '-', label: t('policies.noCertificate'), onAction: () => undefined, isDisabled: true };
  return (
    <div className={styles.adders}>
      <span className={styles.note}>{t('policies.mandatoryParts')}</span>
      <MenuButton label={t('policies.fromCertificate')} entries={entries.length > 0 ? entries : [none]}>
        <Button className={styles.add ?? ''}>
          <Plus aria-hidden />
          {t('policies.fromCertificate')}
        </Button>
      </MenuButton>
      <Button className={styles.add ?? ''} onPress={() => add(blank)}>
        <Plus aria-hidden />
        {t('policies.anotherIdentity')}
      </Button>
    </div>
  );
}

/** Which of the user's own certificates the identities take, and why not the others. */
function Matches({ statement, known }: Omit<AddIdentityProps, 'edit'>) {
  const t = useText();
  const wanted = statement.identities.flatMap((identity) => parseIdentity(identity) ?? []).length;
  const own = known.filter(({ isOwn }) => isOwn);
  if (own.length === 0 || wanted === 0) return null;
  const verdicts = own.map(({ commonName, parts }) => {
    const differences = statement.identities.flatMap((identity) => {
      const identityParts = parseIdentity(identity);
      return identityParts ? [differingParts(identityParts, parts)] : [];
    });
    const nearest = differences.toSorted((a, b) => a.length - b.length)[0] ?? [];
    return nearest.length === 0
      ? t('policies.matches', { name: commonName })
      : t('policies.differs', { name: commonName, parts: nearest.join(', '), count: nearest.length });
  });
  return (
    <p className={styles.note}>
      {t('policies.ofYours')} {verdicts.slice(0, 4).join(' ')}
    </p>
  );
}
