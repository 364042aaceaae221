import { Check, Minus, X } from 'lucide-react';
import { useState } from 'react';
import { toIdentity, toIdentityParts } from '../../../shared/model/distinguished-name.ts';
import type { SignerTrial } from '../../../shared/model/signer-trial.ts';
import { useCall } from '../../client/use-call.ts';
import { useText, type Translate } from '../../locales/use-text.tsx';
import { buttonLink } from '../../ui/button.tsx';
import { SelectField } from '../../ui/choices.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { Link } from '@tanstack/react-router';
import { useDocumentKind } from './document-kind.ts';
import type { StatementView } from './statement-view.ts';
import styles from './trial.module.css';
import { useSigners, type Signer } from './use-signers.ts';

const nobody = '-';

/** Tries a signer on the statement that applies: store by store, and each identity name part by name part. */
export function SignerPanel({ statement }: { readonly statement: StatementView }) {
  const t = useText();
  const signers = useSigners();
  const [chosen, choose] = useState<string>(nobody);
  const signer = signers.find(({ id }) => id === chosen);
  const choices = signers.map(({ id, commonName, origin }) => ({ id, label: commonName, text: origin }));
  return (
    <div className={styles.trial}>
      <SelectField
        label={t('policyTrial.signer')}
        value={signer ? chosen : nobody}
        onChange={choose}
        choices={[{ id: nobody, label: t('policyTrial.signerNone') }, ...choices]}
      />
      {signer && statement.level === 'skip' && <Callout tone="mute">{t('policyTrial.skipped')}</Callout>}
      {signer && statement.level !== 'skip' && <Trial statement={statement} signer={signer} />}
    </div>
  );
}

interface TrialProps {
  readonly statement: StatementView;
  readonly signer: Signer;
}

function Trial({ statement, signer }: TrialProps) {
  const t = useText();
  const { stores: trustStores, identities: trustedIdentities } = statement;
  const input = { trustStores: [...trustStores], trustedIdentities: [...trustedIdentities], signers: [signer.signer] };
  const answer = useCall('policies.trySigners', input, { keepPrevious: true });
  if (answer.isError) return <ErrorCard error={answer.error} />;
  const [trial] = answer.data?.trials ?? [];
  if (!trial) return null;
  const isTrusted = trial.isAnchored && trial.isIdentified;
  return (
    <>
      <Callout tone={isTrusted ? 'ok' : 'bad'} compact role="status">
        {outcomeOf(trial, t)}
      </Callout>
      <Stores stores={trial.stores} />
      <Identities identities={trial.identities} />
      {!trial.isIdentified && trial.isAnchored && <Accept statement={statement} signer={signer} />}
    </>
  );
}

function outcomeOf({ isAnchored, isIdentified, subjectFault }: SignerTrial, t: Translate): string {
  if (!isAnchored) return t('policyTrial.noAnchor');
  if (isIdentified) return t('policyTrial.accepted');
  return subjectFault
    ? t('policyTrial.subjectUnusable', { attribute: subjectFault.attribute ?? 'C, ST, O' })
    : t('policyTrial.noIdentity');
}

function Mark({ passes }: { readonly passes: boolean | null }) {
  const Icon = passes === null ? Minus : passes ? Check : X;
  return <Icon aria-hidden data-passes={passes} />;
}

function Stores({ stores }: Pick<SignerTrial, 'stores'>) {
  const t = useText();
  return (
    <div role="group" aria-label={t('policyTrial.tryStores')}>
      <h3>{t('policyTrial.tryStores')}</h3>
      <ul>
        {stores.map(({ store, result, position }, at) => (
          <li key={at}>
            <Mark passes={result === 'anchors' ? true : result === 'otherScheme' ? null : false} />
            <code>
              <Untrusted text={store} />
            </code>{' '}
            {t(`policyTrial.store_${result}`, { position: position ?? 0 })}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Identities({ identities }: Pick<SignerTrial, 'identities'>) {
  const t = useText();
  return (
    <div role="group" aria-label={t('policyTrial.tryIdentities')}>
      <h3>{t('policyTrial.tryIdentities')}</h3>
      <ul>
        {identities.map(({ identity, result, parts }, at) => (
          <li key={at}>
            <Mark passes={result === 'other' ? null : result === 'any' || result === 'matches'} />
            {parts.length === 0 && (
              <code>
                <Untrusted text={identity} />
              </code>
            )}{' '}
            {t(`policyTrial.identity_${result}`)}
            {parts.length > 0 && <Parts parts={parts} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Parts({ parts }: Pick<SignerTrial['identities'][number], 'parts'>) {
  const t = useText();
  return (
    <ul className={styles.parts}>
      {parts.map(({ attribute, wanted, found, equal }) => (
        <li key={attribute} data-equal={equal}>
          <Mark passes={equal} />
          <b>{attribute}</b>
          <code>
            <Untrusted text={wanted} />
          </code>
          <span className="visually-hidden">{t(equal ? 'policyTrial.equal' : 'policyTrial.differs')}</span>
          {!equal && (
            <span className="sub">
              {found === undefined ? t('policyTrial.foundNone') : t('policyTrial.found', { found })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The smallest change of the statement that takes the signer, for review. */
function Accept({ statement, signer }: TrialProps) {
  const t = useText();
  const document = useDocumentKind();
  const parts = toIdentityParts(signer.signer.subject);
  if (!parts || statement.name === '') return null;
  const search = {
    ...(document === 'blob' && { document }),
    propose: 'identity' as const,
    statement: statement.name,
    identity: toIdentity(parts),
  };
  return (
    <p>
      <Link to="/policies" search={search} className={buttonLink('small')}>
        {t('policyTrial.accept')}
      </Link>{' '}
      <span className="sub">{t('policyTrial.acceptNote')}</span>
    </p>
  );
}
