/**
 * Codes of verification reasons with their details; the renderer has a sentence for each. Times are RFC 3339 in UTC, subjects
 * as the reference prints them, stores as `<type>:<name>`.
 */
export const reasonCodes = [
  // Any check.
  'check.skippedByPolicy', // {}
  'check.noPolicy', // {}: no statement applies, so there is nothing to judge by
  'check.integrityFailed', // {}: the envelope is not what was signed, so nothing in it can be judged
  // Integrity.
  'integrity.valid', // { algorithm, format }
  'integrity.envelopeMalformed', // { fault, field? }
  'integrity.unsupportedFormat', // { mediaType }
  'integrity.envelopeTooLarge', // { size, limit }
  'integrity.certificateMalformed', // { fault }
  'integrity.signatureInvalid', // { algorithm }
  'integrity.chainInvalid', // { rule, subject }
  // Authenticity: trust stores, then identities. Where a store fails, `identityMatched` tells whether an identity would have matched.
  'authenticity.trusted', // { store, file, subject, position, identity }
  'authenticity.noPolicy', // { stores }: no statement applies; stores that hold a certificate of the chain
  'authenticity.noStoreOfType', // { type }
  'authenticity.storeMissing', // { store }
  'authenticity.storeUnreadable', // { store, cause }
  'authenticity.storeEmpty', // { store }
  'authenticity.fileNotRegular', // { store, file }
  'authenticity.fileUnreadable', // { store, file, fault }
  'authenticity.fileNotAnchor', // { store, file, subject, fault }
  'authenticity.chainNotTrusted', // { stores, subject }
  'authenticity.identityMismatch', // { identities, subject, store }
  'authenticity.noX509Identity', // { store }
  'authenticity.subjectUnusable', // { subject, fault: 'hexValue' | 'syntax' | 'multiValued' | 'duplicate' | 'missing', attribute? }
  'authenticity.pluginTrusted', // { plugin, store, file, position, subject }: a plugin knows the identity
  'authenticity.pluginRefused', // { plugin, store, because }: the plugin's own words
  'authenticity.pluginUndecided', // { plugin, store }: the plugin that was to judge the identity did not
  // Authentic timestamp.
  'timestamp.certificatesValidNow', // { because: 'noTsaStore' | 'notExpired', notAfter }
  'timestamp.certificateNotYetValid', // { subject, notBefore }
  'timestamp.certificateExpired', // { subject, notAfter }
  'timestamp.missing', // { because: 'always' | 'expired' }
  // Tokens; all of these have `because: 'always' | 'expired'` too, and `fault` where the reference gives a cause.
  'timestamp.within', // { time, earliest, latest, tsa, store }
  'timestamp.tokenMalformed', // { fault }
  'timestamp.infoMalformed', // { fault }
  'timestamp.tokenInvalid', // { fault }: the token's own signature
  'timestamp.otherSignature', // { fault }: the token is about something else
  'timestamp.chainNotTrusted', // { time, tsa, stores, subject, fault }
  'timestamp.chainInvalid', // { time, tsa, stores, rule, subject, fault }
  'timestamp.beforeCertificate', // { time, tsa, stores, subject, notBefore }
  'timestamp.afterCertificate', // { time, tsa, stores, subject, notAfter }
  'timestamp.authorityRevoked', // { subject }
  'timestamp.authorityUnknown', // { subject, because: 'notTrusted' | 'offline' | 'unknown', servers, outcome, stricter }: see `revocation.unknown`
  'timestamp.signingTimeWithin', // { time }: authentic signing time of a signing authority
  'timestamp.signingTimeOutside', // { time, subject }
  'timestamp.signingTimeMissing', // {}
  // Expiry.
  'expiry.none', // {}
  'expiry.ahead', // { expiry }
  'expiry.past', // { expiry }
  // Revocation.
  'revocation.noServer', // {}
  'revocation.good', // { checked, without }: how many certificates were asked about, and the subjects of those that name no server
  'revocation.revoked', // { subject, revokedAt? }
  'revocation.unknown', // { subject, servers, outcome, stricter }: no answer that counts; whether the reference might take one
  'revocation.notAsked', // { because: 'offline' | 'notTrusted', subject }
  'revocation.pluginGood', // { plugin }
  'revocation.pluginRefused', // { plugin, because }: the plugin's own words
  'revocation.pluginUndecided', // { plugin }: the plugin that was to look for revocation did not
  // Fatal at every level.
  'fatal.unknownCritical', // { names }
  'fatal.pluginAttribute', // { attribute, fault: 'notCritical' | 'notText' | 'empty' | 'badName' | 'notSemVer' }
  'fatal.pluginUnavailable', // { plugin, minVersion?, error }: not installed, or not as it should be; { code, details } of an error
  'fatal.pluginNotEnabled', // { plugin }: installed, and not enabled for verification by the user
  'fatal.pluginNotStarted', // { plugin }: no trust store anchors the signature, so nothing is run on its word
  'fatal.pluginVersion', // { plugin, version, minVersion?, fault: 'notSemVer' | 'tooOld' }
  'fatal.pluginNoCapability', // { plugin }
  'fatal.pluginFailed', // { plugin, error }: { code, details } of how its call ended
  'fatal.pluginNotProcessed', // { plugin, attribute }
  'fatal.pluginNoResult', // { plugin, capability }
  'fatal.descriptorMismatch', // { signed, artifact }: descriptors with mediaType, digest, size
  'fatal.blobMismatch', // { signed, artifact }: as above, of a file
  'fatal.metadataMissing', // { missing }: pairs that are wanted and not signed
  // A signature manifest that could not be judged at all.
  'unreadable.failed', // { error }: { code, details } of an error
  'unreadable.wrongSubject', // { subject? }: the digest it really refers to
] as const;
export type ReasonCode = (typeof reasonCodes)[number];
