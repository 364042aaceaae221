import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { assertNever } from '../../../shared/errors/app-error.ts';
import type { Certificate } from '../../../shared/model/certificate.ts';
import type { SignatureOutcome, VerificationReport } from '../../../shared/model/verification.ts';
import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { buttonLink } from '../../ui/button.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Sentences } from '../../ui/sentences.tsx';
import { checkWords } from './check-words.ts';
import {
  namedStore,
  nearestSignature,
  storeHolding,
  toBlobPolicyFixes,
  toPolicyFixes,
  toX509Identity,
  type PolicyFix,
} from './fixes.ts';
import { ReasonText } from './reason-text.tsx';
import styles from './verify.module.css';

/** Where the signature is: what is known of its chain, or where that is read. */
export type SignaturePlace =
  | { readonly kind: 'artifact'; readonly sourceId: string; readonly repository: string }
  | { readonly kind: 'file'; readonly chain: readonly Certificate[] };

interface NotTrustedProps {
  readonly place: SignaturePlace;
  readonly report: VerificationReport;
}

/** Why nothing here is trusted, and the diff that would change it, for review. */
export function NotTrusted(props: NotTrustedProps) {
  const { report } = props;
  switch (report.policy.kind) {
    case 'missing':
      return <NoPolicy {...props} />;
    case 'notApplicable':
      return <NoStatement {...props} />;
    case 'invalid':
      return <InvalidPolicy {...props} />;
    case 'applied':
      return <Refused {...props} />;
    default:
      return assertNever(report.policy);
  }
}

function NoPolicy({ report, place }: NotTrustedProps) {
  const t = useText();
  return (
    <>
      <b>{t('verify.missingTitle')}</b>
      <p>{t(place.kind === 'file' ? 'verify.missingFileText' : 'verify.missingText')}</p>
      <Fixes place={place} report={report} outcome={nearestSignature(report)} />
    </>
  );
}

function NoStatement({ report, place }: NotTrustedProps) {
  const t = useText();
  if (report.policy.kind !== 'notApplicable') return null;
  if (place.kind === 'file') return <NoFileStatement report={report} place={place} />;
  const { path, nearest, candidates } = report.policy.selection;
  const near = nearest === null ? undefined : candidates[nearest];
  const scope = near?.nearestScope ?? near?.scopes[0];
  return (
    <>
      <b>{t('verify.noStatementTitle')}</b>
      <p>
        <Sentences>
          <Rich id="verify.noStatementText" values={{ path }} />
          {near && scope !== undefined && <Rich id="verify.noStatementNearest" values={{ name: near.name, scope }} />}
          {report.signatures.length > 0 && t('verify.noStatementJudged', { count: report.signatures.length })}
        </Sentences>
      </p>
      <Fixes place={place} report={report} outcome={nearestSignature(report)} />
    </>
  );
}

function NoFileStatement({ report, place }: NotTrustedProps) {
  const t = useText();
  const name = report.scope;
  return (
    <>
      <b>{t(name === '' ? 'verify.noGlobalTitle' : 'verify.noNamedTitle', { name })}</b>
      <p>{t(name === '' ? 'verify.noGlobalText' : 'verify.noNamedText', { name })}</p>
      <Fixes place={place} report={report} outcome={nearestSignature(report)} />
    </>
  );
}

function InvalidPolicy({ report, place }: NotTrustedProps) {
  const t = useText();
  if (report.policy.kind !== 'invalid') return null;
  const { problems } = report.policy;
  return (
    <>
      <b>{t('verify.invalidTitle')}</b>
      <p>{t('verify.invalidText', { count: problems.length, message: problems[0]?.message ?? '' })}</p>
      <div className={styles.actions}>
        <Link to="/policies" search={documentOf(place)} className={buttonLink('small')}>
          {t('verify.openPolicies')}
        </Link>
      </div>
    </>
  );
}

function Refused({ report, place }: NotTrustedProps) {
  const t = useText();
  const outcome = nearestSignature(report);
  if (report.policy.kind !== 'applied') return null;
  const { name } = report.policy;
  const failed = outcome?.checks.find(({ result, action }) => result !== 'passed' && action === 'enforce');
  const code = failed?.reason.code;
  const signer = outcome?.signer ?? '';
  const reason = outcome?.fatal[0] ?? failed?.reason;
  const title = () => {
    if (reason?.code === 'fatal.metadataMissing') return t('verify.metadataTitle');
    if (outcome && outcome.fatal.length > 0)
      return t(place.kind === 'file' ? 'verify.fatalFileTitle' : 'verify.fatalTitle');
    if (code === 'authenticity.chainNotTrusted') return t('verify.chainTitle');
    if (code === 'authenticity.identityMismatch') return t('verify.identityTitle');
    return failed
      ? t('verify.failedTitle', { check: t(checkWords[failed.check]) })
      : t('verify.unknownTitle', { policy: name });
  };
  const stores = listOf(failed?.reason.details['stores']);
  return (
    <>
      <b>{title()}</b>
      <p>
        {code === 'authenticity.chainNotTrusted' ? (
          <Sentences>
            <Rich id="verify.chainText" values={{ policy: name, stores, signer }} />
            {failed?.reason.details['identityMatched'] === true && t('verify.chainIdentityTold')}
          </Sentences>
        ) : (
          <Sentences>
            <Rich id="verify.failedText" values={{ policy: name }} />
            {reason && <ReasonText reason={reason} />}
          </Sentences>
        )}
      </p>
      <Fixes place={place} report={report} outcome={outcome}>
        {outcome && code === 'authenticity.chainNotTrusted' && (
          <TrustCertificate
            place={place}
            outcome={outcome}
            statement={name}
            stores={failed?.reason.details['stores']}
            isNamed={failed?.reason.details['identityMatched'] === true}
          />
        )}
        <Link to="/policies" search={{ statement: name, ...documentOf(place) }} className={buttonLink('small')}>
          {t('verify.openStatement', { statement: name })}
        </Link>
      </Fixes>
    </>
  );
}

function listOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : '';
}

function documentOf({ kind }: SignaturePlace): { readonly document?: 'blob' } {
  return kind === 'file' ? { document: 'blob' } : {};
}

interface TrustCertificateProps {
  readonly place: SignaturePlace;
  readonly outcome: SignatureOutcome;
  readonly statement: string;
  /** What the policy names. */
  readonly stores: unknown;
  /** Whether the policy names the signer too. */
  readonly isNamed: boolean;
}

/** The chain of a signature; undefined until it was read. */
function useChain(place: SignaturePlace, outcome: SignatureOutcome): readonly Certificate[] | undefined {
  const isFile = place.kind === 'file';
  const { sourceId, repository } = isFile ? { sourceId: '', repository: '' } : place;
  const read = useCall(
    'artifacts.readSignature',
    { sourceId, repository, digest: outcome.manifestDigest },
    { staleTimeMs: Infinity, enabled: !isFile },
  );
  return isFile ? place.chain : read.data?.chain;
}

/** Leads to the store that the policy names, with the chain's end; or, when another store holds it already, to that store in the policy. */
function TrustCertificate({ place, outcome, statement, stores, isNamed }: TrustCertificateProps) {
  const t = useText();
  const chain = useChain(place, outcome) ?? [];
  const known = useCall('trustStores.listStores', {}).data?.stores ?? [];
  const root = chain.at(-1);
  if (!root) return null;
  const holder = storeHolding(known, chain);
  const target = {
    statement,
    ...(!isNamed && outcome.signer !== undefined && { identity: toX509Identity(outcome.signer) }),
    ...documentOf(place),
  };
  if (holder !== undefined) return <Fix fix={{ propose: 'store', store: holder, ...target }} />;
  return (
    <Link
      to="/trust-stores"
      search={{ pem: root.pem, ...namedStore(stores), ...target }}
      className={buttonLink('small')}
    >
      {t('verify.trustCertificate')}
    </Link>
  );
}

interface TrustFirstProps {
  readonly place: SignaturePlace;
  readonly outcome: SignatureOutcome;
  readonly fix: PolicyFix;
}

/** No store holds the signer's chain: its end is looked at and trusted first, and the statement names the store that took it. */
function TrustFirst({ place, outcome, fix }: TrustFirstProps) {
  const t = useText();
  const root = useChain(place, outcome)?.at(-1);
  if (!root) return null;
  const { scope, identity, document } = fix;
  return (
    <Link to="/trust-stores" search={{ pem: root.pem, scope, identity, document }} className={buttonLink('small')}>
      {t('verify.makePolicy')}
    </Link>
  );
}

interface FixesProps {
  readonly place: SignaturePlace;
  readonly report: VerificationReport;
  readonly outcome: SignatureOutcome | undefined;
  readonly children?: ReactNode;
}

function Fixes({ place, report, outcome, children }: FixesProps) {
  const fixes =
    place.kind === 'file'
      ? toBlobPolicyFixes(report.policy, outcome)
      : toPolicyFixes(report.policy, outcome, report.scope);
  return (
    <div className={styles.actions}>
      {fixes.map((fix) =>
        fix.propose === 'statement' && fix.store === undefined && outcome ? (
          <TrustFirst key={fix.propose} place={place} outcome={outcome} fix={fix} />
        ) : (
          <Fix key={fix.propose} fix={fix} />
        ),
      )}
      {children}
    </div>
  );
}

function Fix({ fix }: { readonly fix: PolicyFix }) {
  const t = useText();
  const { statement = '', scope = '', store = '', identity } = fix;
  const words = {
    statement: () => t('verify.makePolicy'),
    scope: () => t('verify.addScope', { scope, statement }),
    store: () => t(identity === undefined ? 'verify.addStore' : 'verify.addStoreAndSigner', { store, statement }),
    identity: () => t('verify.addIdentity', { statement }),
  };
  return (
    <Link to="/policies" search={{ ...fix }} className={buttonLink('small')}>
      {words[fix.propose]()}
    </Link>
  );
}
