import { Minus, Target } from 'lucide-react';
import { useState } from 'react';
import type { PolicyDocumentKind, PolicySelection } from '../../../shared/model/trust-policy.ts';
import { useCall } from '../../client/use-call.ts';
import { useText, type Translate } from '../../locales/use-text.tsx';
import { Segments } from '../../ui/choices.tsx';
import { SearchField } from '../../ui/fields.tsx';
import { Rich } from '../../ui/rich.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { useDocumentKind } from './document-kind.ts';
import { SignerPanel } from './signer-panel.tsx';
import styles from './policies.module.css';
import { effectiveActions, readStatements, type StatementView } from './statement-view.ts';

interface SelectionPanelProps {
  readonly draftText: string;
  readonly savedText: string;
  readonly selected: StatementView | undefined;
}

type Candidate = PolicySelection['candidates'][number];

const settleMs = 150;

/** Which statement applies to a reference, step by step, and why the others do not. */
export function SelectionPanel({ draftText, savedText, selected }: SelectionPanelProps) {
  const t = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const [version, setVersion] = useState<'draft' | 'saved'>('draft');
  const document = useDocumentKind();
  const suggested = document === 'oci' ? selected?.scopes.find((scope) => scope !== '*') : '';
  const reference = typed ?? suggested ?? '';
  const text = version === 'draft' ? draftText : savedText;
  const settled = useDebounced({ reference: document === 'oci' ? reference.trim() : reference, text }, settleMs);
  const isAsked = document === 'blob' || settled.reference !== '';
  const enabled = isAsked && settled.text !== '';
  const answer = useCall('policies.explainSelection', { document, ...settled }, { enabled, keepPrevious: true });
  const appliedIndex = answer.data?.selection?.applied ?? null;
  const applied = appliedIndex === null ? undefined : readStatements(settled.text)?.[appliedIndex];
  return (
    <section className={styles.simulator} data-own-undo aria-label={t('policies.which')}>
      <header>
        <h2>{t('policies.which')}</h2>
        <Segments
          label={t('policies.whichVersion')}
          value={version}
          onChange={setVersion}
          choices={[
            { id: 'draft', label: t('policies.draft') },
            { id: 'saved', label: t('policies.savedVersion') },
          ]}
        />
      </header>
      <div className={styles.simulatorBody}>
        <SearchField
          label={t(document === 'oci' ? 'policies.referenceToTest' : 'policies.nameToTest')}
          value={reference}
          onChange={setTyped}
        />
        {text === '' && <p className={styles.note}>{t('policies.whichNothing')}</p>}
        {reference === '' && text !== '' && (
          <p className={styles.note}>{t(document === 'oci' ? 'policies.whichHint' : 'policies.whichHintBlob')}</p>
        )}
        {enabled && answer.isError && <ErrorCard error={answer.error} />}
        {enabled && answer.data && !answer.data.selection && (
          <p className={styles.note}>{t('policies.whichInvalid')}</p>
        )}
        {enabled && answer.data?.selection && (
          <Chosen document={document} selection={answer.data.selection} text={settled.text} />
        )}
        {enabled && applied && <SignerPanel statement={applied} />}
      </div>
    </section>
  );
}

interface StepsProps {
  readonly selection: PolicySelection;
  readonly text: string;
}

function Chosen({ document, ...props }: StepsProps & { readonly document: PolicyDocumentKind }) {
  return document === 'oci' ? <Steps {...props} /> : <BlobSteps {...props} />;
}

/** By the name asked for, or the global one: there is one step only. */
function BlobSteps({ selection, text }: StepsProps) {
  const t = useText();
  const { path, candidates, applied } = selection;
  const winner = candidates.find(({ index }) => index === applied);
  return (
    <>
      <ol className={styles.steps}>
        <li data-reached>
          <h3>{path === '' ? t('policies.step_global') : t('policies.step_name', { name: path })}</h3>
          {candidates.map((candidate) => (
            <CandidateCard key={candidate.index} candidate={candidate} path={path} isNearest={false} />
          ))}
        </li>
      </ol>
      <p className={styles.then}>
        {winner ? <Then statement={readStatements(text)?.[winner.index]} /> : <Rich id="policies.thenNone" />}
      </p>
    </>
  );
}

function Steps({ selection, text }: StepsProps) {
  const t = useText();
  const { path, candidates, applied, nearest, pathFault } = selection;
  const exact = candidates.filter(({ scopes }) => !scopes.includes('*'));
  const wildcard = candidates.filter(({ scopes }) => scopes.includes('*'));
  const winner = applied === null ? undefined : candidates.find(({ index }) => index === applied);
  const isExact = winner?.verdict === 'applies';
  return (
    <>
      <ol className={styles.steps}>
        <li data-reached>
          <h3>
            <Rich id="policies.step_path" values={{ path: <Untrusted text={path} mono /> }} />
          </h3>
          <p>{pathFault ? <Untrusted text={pathFault} /> : t('policies.step_pathNote')}</p>
        </li>
        <li data-reached={!pathFault}>
          <h3>
            <Rich id="policies.step_exact" values={{ count: Number(isExact), total: exact.length }} />
          </h3>
          {exact.map((candidate) => (
            <CandidateCard
              key={candidate.index}
              candidate={candidate}
              path={path}
              isNearest={candidate.index === nearest}
            />
          ))}
        </li>
        <li data-reached={!isExact && !pathFault}>
          <h3>
            <Rich id={isExact ? 'policies.step_wildcardNotReached' : 'policies.step_wildcard'} />
          </h3>
          {wildcard.length === 0 && <p>{t('policies.noWildcard')}</p>}
          {wildcard.map((candidate) => (
            <CandidateCard key={candidate.index} candidate={candidate} path={path} isNearest={false} />
          ))}
        </li>
      </ol>
      <p className={styles.then}>
        {winner ? <Then statement={readStatements(text)?.[winner.index]} /> : <Rich id="policies.thenNone" />}
      </p>
    </>
  );
}

interface CandidateCardProps {
  readonly candidate: Candidate;
  readonly path: string;
  readonly isNearest: boolean;
}

function CandidateCard({ candidate, path, isNearest }: CandidateCardProps) {
  const t = useText();
  const applies = ['applies', 'wildcardApplies', 'globalApplies'].includes(candidate.verdict);
  const Icon = applies ? Target : Minus;
  const outcome =
    candidate.verdict === 'wildcardNotReached' ? 'notAsked' : applies ? 'applies' : isNearest ? 'nearest' : 'notThis';
  return (
    <div className={styles.candidate} data-applies={applies} data-nearest={isNearest}>
      <div>
        <b className="cut">
          <Untrusted text={candidate.name} cut />
        </b>
        <span>
          <Icon aria-hidden />
          {t(`policies.outcome_${outcome}`)}
        </span>
      </div>
      <p>{reasonText(candidate, path, t)}</p>
    </div>
  );
}

const shownScopes = 3;

/** Whether two names share their registry and a folder, so that somebody may have meant one by the other. */
function isPrefix(scope: string, path: string): boolean {
  const folder = scope.slice(0, scope.lastIndexOf('/') + 1);
  return folder.includes('/') && path.startsWith(folder);
}

function reasonText({ verdict, scopes, name, nearestScope }: Candidate, path: string, t: Translate): string {
  if (verdict === 'globalApplies') return t('policies.reason_globalApplies');
  if (verdict === 'notGlobal') return t('policies.reason_notGlobal');
  if (verdict === 'applies' && name === path && scopes.length === 0) return t('policies.reason_nameApplies');
  if (verdict === 'notEqual' && scopes.length === 0) return t('policies.reason_nameDiffers');
  if (verdict === 'applies') return t('policies.reason_applies', { scope: path });
  if (verdict === 'wildcardApplies') return t('policies.reason_wildcardApplies');
  if (verdict === 'wildcardNotReached') return t('policies.reason_wildcardNotReached');
  const shown = scopes.slice(0, shownScopes).join(', ');
  if (nearestScope !== undefined && isPrefix(nearestScope, path))
    return t('policies.reason_prefix', { scope: nearestScope, path });
  return t('policies.reason_notEqual', {
    scopes: scopes.length > shownScopes ? `${shown}, …` : shown,
    count: scopes.length,
  });
}

/** What the statement that applies does with each check. */
function Then({ statement }: { readonly statement: StatementView | undefined }) {
  const t = useText();
  const actions = statement && effectiveActions(statement);
  if (!statement || !actions) return null;
  const list = (action: string) =>
    actions
      .filter(([, value]) => value === action)
      .map(([check]) => t(`policies.check_${check}`))
      .join(t('certificates.comma'));
  const parts = (['enforce', 'log', 'skip'] as const).flatMap((action) => {
    const checks = list(action);
    return checks === '' ? [] : [t(`policies.then_${action}`, { checks })];
  });
  return (
    <>
      <Rich id="policies.then" values={{ level: statement.level, count: statement.override.length }} />{' '}
      {parts.join(t('policies.semicolon'))}
    </>
  );
}
