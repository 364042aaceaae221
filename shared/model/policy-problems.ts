/** Codes of policy faults with their details; the renderer has a sentence for each. `statement` is the statement's name. */
export const policyProblemCodes = [
  // The text is no JSON of the right shape. The reference says "malformed trust policy".
  'policy.syntax', // { fault }: a name of the JSON parser such as `CommaExpected`
  'policy.byteOrderMark', // {}
  'policy.wrongType', // { expected, found }
  // Rules of the document.
  'policy.versionMissing', // {}
  'policy.versionUnsupported', // { version }
  'policy.noStatements', // {}
  'policy.duplicateName', // { name }
  // Rules of one statement.
  'policy.nameMissing', // {}
  'policy.levelMissing', // { statement }
  'policy.levelUnknown', // { statement, level }
  'policy.overrideOnSkip', // { statement }
  'policy.overrideUnknownCheck', // { statement, check }
  'policy.overrideUnknownAction', // { statement, check, action }
  'policy.overrideIntegrity', // { statement }
  'policy.overrideSkipNotAllowed', // { statement, check }
  'policy.verifyTimestampUnknown', // { statement, value }
  'policy.skipWithTrust', // { statement }
  'policy.trustMissing', // { statement, missing: ('trustStores' | 'trustedIdentities')[] }
  'policy.storeMalformed', // { statement, store }
  'policy.storeTypeUnknown', // { statement, store, type }
  'policy.storeNameInvalid', // { statement, store, name }
  'policy.identityWildcardMixed', // { statement }
  'policy.identityEmpty', // { statement }
  'policy.identityNoSeparator', // { statement, identity }
  'policy.identityNoValue', // { statement, identity }
  'policy.identityInvalid', // { statement, identity, fault: 'hexValue' | 'syntax' | 'multiValued' | 'duplicate' | 'missing', attribute? }
  'policy.identitiesOverlap', // { statement, identity, other }
  // Rules of scopes.
  'policy.scopesMissing', // { statement }
  'policy.scopeWildcardMixed', // { statement }
  'policy.scopeWildcard', // { statement, scope }
  'policy.scopeMalformed', // { statement, scope }
  'policy.scopeRepeated', // { scope, statements }
  // Rules of blob policies.
  'policy.globalTwice', // { statement, other }
  // What the reference lets pass and Inkan refuses.
  'policy.globalSkip', // { statement }
  'policy.tooDeep', // { limit }
  'policy.trailingText', // {}
  'policy.duplicateMember', // { member }
  'policy.wrongCase', // { member, expected }
  'policy.unsafeStoreName', // { statement, store, name }
  // What is allowed and worth a look.
  'policy.wildcardSkip', // { statement }
  'policy.unknownMember', // { member }
  'policy.noSignerStore', // { statement }
  'policy.noX509Identity', // { statement }
] as const;
export type PolicyProblemCode = (typeof policyProblemCodes)[number];
