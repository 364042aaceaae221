import type { ReasonCode } from '../../../shared/model/reasons.ts';

/** One sentence for each reason of a check. Times come formatted, lists joined. */
export const reasons: Record<ReasonCode, string> = {
  'check.skippedByPolicy': 'The policy says to skip this check.',
  'check.noPolicy': 'Not done, because no policy applies.',
  'check.integrityFailed': 'Not done, because the envelope is not what was signed: nothing in it can be judged.',
  'integrity.valid': 'The {algorithm} signature fits its certificate; the envelope is well formed.',
  'integrity.envelopeMalformed': 'The envelope cannot be read: {fault}',
  'integrity.unsupportedFormat': 'The envelope has the media type {mediaType}, which Notation does not use.',
  'integrity.envelopeTooLarge': 'The envelope has {size, number} bytes; at most {limit, number} are read.',
  'integrity.certificateMalformed': 'A certificate in the envelope cannot be read: {fault}',
  'integrity.signatureInvalid':
    'The {algorithm} signature does not fit: the content was changed after it was signed, or another key signed it.',
  'integrity.chainInvalid': 'The certificate chain breaks the rule “{rule}” at {subject}.',
  'authenticity.trusted': '{subject} is in <b>{store}</b>, and the signer matches the identity <b>{identity}</b>.',
  'authenticity.noPolicy':
    'No policy applies, so no trust store could be chosen. {stores, select, none {No store holds a certificate of this chain.} other {In <b>{stores}</b> there is a certificate of this chain.}}',
  'authenticity.noStoreOfType':
    'The policy names no trust store of the type {type}, which this kind of signature needs.',
  'authenticity.storeMissing': 'The policy names the trust store <b>{store}</b>, which does not exist.',
  'authenticity.storeUnreadable': 'The trust store <b>{store}</b> cannot be read: {cause}',
  'authenticity.storeEmpty': 'The trust store <b>{store}</b> is empty.',
  'authenticity.fileNotRegular': '{file} in <b>{store}</b> is not a regular file.',
  'authenticity.fileUnreadable': '{file} in <b>{store}</b> cannot be read: {fault}',
  'authenticity.fileNotAnchor': '{file} in <b>{store}</b> cannot anchor trust ({subject}): {fault}',
  'authenticity.chainNotTrusted': 'No certificate of the chain of <b>{subject}</b> is in {stores}.',
  'authenticity.identityMismatch':
    'The chain ends in {store}, but <b>{subject}</b> is none of the identities that the policy trusts: {identities}.',
  'authenticity.noX509Identity': 'The policy names no identity of the kind x509.subject that could match.',
  'authenticity.subjectUnusable':
    'The signer’s subject {subject} cannot be compared with identities ({fault, select, hexValue {it holds a value in hexadecimal} syntax {it cannot be read} multiValued {it holds a multi-valued name} duplicate {it names {attribute} twice} missing {it lacks {attribute}} other {{fault}}}).',
  'authenticity.pluginTrusted':
    'A certificate of the chain is in <b>{store}</b>, and the plugin <b>{plugin}</b> accepts the signer.',
  'authenticity.pluginRefused':
    'The chain ends in {store}, but the plugin <b>{plugin}</b> does not accept the signer: {because, select, none {it gives no reason} other {{because}}}',
  'authenticity.pluginUndecided':
    'The chain ends in {store}, but the plugin <b>{plugin}</b>, which has to judge the signer, did not.',
  'timestamp.certificatesValidNow':
    '{because, select, noTsaStore {The policy names no tsa store, so the certificates were judged at the present time: all valid, until {notAfter} at least.} other {All certificates are valid now, so the policy asks for no timestamp before {notAfter}.}}',
  'timestamp.certificateNotYetValid': 'The certificate {subject} is not valid before {notBefore}.',
  'timestamp.certificateExpired':
    'The certificate {subject} ended on {notAfter}, and no timestamp proves that the signature is older.',
  'timestamp.missing':
    '{because, select, always {The policy always wants a timestamp, and the signature has none.} other {A certificate has ended and the signature has no timestamp.}}',
  'timestamp.within':
    'The authority {tsa}, trusted through <b>{store}</b>, saw the signature on <b>{time}</b>; all certificates were valid then.',
  'timestamp.tokenMalformed': 'The timestamp token cannot be read: {fault}',
  'timestamp.infoMalformed': 'What the timestamp token says cannot be read: {fault}',
  'timestamp.tokenInvalid':
    'The timestamp token’s own signature does not hold: it was changed, or its signer is not the one it names.',
  'timestamp.otherSignature': 'The timestamp is about something else than this signature, so it proves nothing here.',
  'timestamp.chainNotTrusted':
    'The timestamp of {time} comes from <b>{tsa}</b>, and nothing leads from there to a root in {stores}.',
  'timestamp.chainInvalid':
    'The timestamp comes from an authority whose certificates break the rule “{rule}” at {subject}.',
  'timestamp.beforeCertificate': 'The timestamp of {time} may be from before {subject} became valid on {notBefore}.',
  'timestamp.afterCertificate': 'The timestamp of {time} may be from after {subject} ended on {notAfter}.',
  'timestamp.authorityRevoked': 'The timestamp authority’s certificate {subject} was revoked.',
  'timestamp.authorityUnknown':
    '{because, select, notTrusted {Whether the timestamp authority’s certificate {subject} was revoked was not asked: nobody is asked for a signature that is not trusted.} offline {Whether the timestamp authority’s certificate {subject} was revoked was not asked: the settings say to ask no server.} other {Whether the timestamp authority’s certificate {subject} was revoked could not be found out from {servers}.}}',
  'timestamp.signingTimeWithin':
    'The signing authority says that it signed on {time}; all certificates were valid then.',
  'timestamp.signingTimeOutside': 'The signing authority says that it signed on {time}; {subject} was not valid then.',
  'timestamp.signingTimeMissing': 'The signature of a signing authority lacks its authentic signing time.',
  'expiry.none': 'The signature has no expiry.',
  'expiry.ahead': 'The signature expires on {expiry}.',
  'expiry.past': 'The signature expired on {expiry}.',
  'revocation.noServer': 'The certificates name no OCSP or CRL server; the reference counts that as fine.',
  'revocation.good':
    '{checked, plural, one {One certificate was asked about and is not revoked.} other {{checked} certificates were asked about and none is revoked.}}{without, select, none {} other { Not asked about, because it names no server: {without}.}}',
  'revocation.revoked':
    '<b>{subject}</b> was revoked{revokedAt, select, none {} other { on {revokedAt}}}: what it signed is not to be trusted any more.',
  'revocation.unknown':
    'Whether <b>{subject}</b> was revoked could not be found out; what each server answered stands below.',
  'revocation.notAsked':
    '{because, select, offline {Whether <b>{subject}</b> was revoked is not known: by the settings no server is asked.} other {No server was asked about {subject}, because the signer is not trusted.}}',
  'revocation.pluginGood': 'The plugin <b>{plugin}</b> knows of no revocation.',
  'revocation.pluginRefused':
    'The plugin <b>{plugin}</b> says: {because, select, none {revoked, without a reason} other {{because}}}',
  'revocation.pluginUndecided': 'The plugin <b>{plugin}</b>, which has to look for revocation, did not.',
  'fatal.unknownCritical': 'The envelope marks attributes as critical that nobody here knows: {names}.',
  'fatal.pluginAttribute':
    'The attribute {attribute}, meant for a verification plugin, is wrong ({fault, select, notCritical {not marked as critical} notText {not a text} empty {empty} badName {not a name} notSemVer {not a version} other {{fault}}}).',
  'fatal.pluginUnavailable': 'The signature wants the verification plugin <b>{plugin}</b>. {error}',
  'fatal.pluginNotEnabled':
    'The signature wants the verification plugin <b>{plugin}</b>, which is installed but not enabled for verification. Enable it under Plugins if you trust it.',
  'fatal.pluginNotStarted':
    'The signature wants the verification plugin <b>{plugin}</b>. It was not started, because no trust store vouches for the signature.',
  'fatal.pluginVersion':
    '{fault, select, tooOld {The plugin <b>{plugin}</b> has the version {version}; the signature needs {minVersion} or later.} other {The plugin <b>{plugin}</b> has a version, {version}, that cannot be compared.}}',
  'fatal.pluginNoCapability': 'The signature wants the plugin <b>{plugin}</b>, which cannot verify.',
  'fatal.pluginFailed': 'The plugin <b>{plugin}</b> was asked to verify and did not. {error}',
  'fatal.pluginNotProcessed': 'The plugin <b>{plugin}</b> did not process the attribute {attribute}.',
  'fatal.pluginNoResult': 'The plugin <b>{plugin}</b> gave no result for {capability}.',
  'fatal.descriptorMismatch':
    'The signature is about something else: it signs <code>{signed}</code>, this is <code>{artifact}</code>.',
  'fatal.blobMismatch':
    'This is not the file that was signed: the signature is for {signed}, the file is {artifact}, or the media type differs.',
  'fatal.metadataMissing': 'The signature lacks the metadata asked for: {missing}.',
  'unreadable.failed': '{error}',
  'unreadable.wrongSubject':
    'The registry lists it here, but it refers to {subject, select, none {nothing} other {<code>{subject}</code>}}.',
};
