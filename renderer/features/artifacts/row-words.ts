import type { MessageKey } from '../../locales/catalogs.ts';
import type { Translate } from '../../locales/use-text.tsx';
import { verdictLooks } from '../../ui/verdict-chip.tsx';
import { kindLooks } from '../../ui/kind.tsx';
import type { RowMark, TreeRow } from './attachments-tree.ts';
import type { RowVerdict } from './use-row-verdicts.ts';

/** Sentence and short word of each mark. */
export const markWords: Readonly<Record<RowMark, { readonly word: MessageKey; readonly text: MessageKey }>> = {
  missing: { word: 'attachments.markMissing', text: 'attachments.markMissingText' },
  otherSubject: { word: 'attachments.markOtherSubject', text: 'attachments.markOtherSubjectText' },
  noSubject: { word: 'attachments.markNoSubject', text: 'attachments.markNoSubjectText' },
  otherType: { word: 'attachments.markOtherType', text: 'attachments.markOtherTypeText' },
  otherSize: { word: 'attachments.markOtherSize', text: 'attachments.markOtherSizeText' },
  listedTwice: { word: 'attachments.markListedTwice', text: 'attachments.markListedTwiceText' },
  sameEnvelope: { word: 'attachments.markSameEnvelope', text: 'attachments.markSameEnvelopeText' },
  repeated: { word: 'attachments.markRepeated', text: 'attachments.markRepeatedText' },
};

/** Marks that say that the attachment is not really attached here. */
export const danglingMarks: readonly RowMark[] = ['missing', 'otherSubject', 'noSubject'];
/** Marks that say that it is here more than once. */
export const duplicateMarks: readonly RowMark[] = ['listedTwice', 'sameEnvelope'];

const subtypes: readonly (readonly [part: string, word: string])[] = [
  ['slsa.dev/provenance', 'SLSA'],
  ['spdx', 'SPDX'],
  ['cyclonedx', 'CycloneDX'],
  ['cosign.sk', 'cosign'],
  ['openvex', 'OpenVEX'],
  ['cosign/sign', 'cosign'],
];

/** What a row is, in words: the platform, the format of a signature, or the kind with its finer type. */
export function wordsOf({ kind, facts, platform, edge, descriptor }: TreeRow, t: Translate): string {
  if (platform !== undefined) return platform;
  if (kind === 'artifact' && descriptor.artifactType !== undefined) return descriptor.artifactType;
  if (facts?.signature) return `Notation · ${facts.signature.format.toUpperCase()}`;
  const subtype = facts?.subtype?.toLowerCase() ?? '';
  const [, finer] = subtypes.find(([part]) => subtype.includes(part)) ?? [];
  const word = t(edge === 'buildAttestation' ? 'attachments.buildAttestation' : kindLooks[kind].word);
  return finer === undefined ? word : `${word} · ${finer}`;
}

/** A verdict as text, for the table and its copies. */
export function verdictText(verdict: RowVerdict, t: Translate): string {
  switch (verdict.kind) {
    case 'byIndex':
      return t('artifacts.coveredByIndex');
    case 'inside':
      return t('artifacts.signaturesInside', { count: verdict.count });
    case 'notNotary':
      return t('attachments.notNotary');
    case 'none':
      return '';
    case 'verdict': {
      const { verdict: word } = verdict;
      if (word === 'checking') return t('ui.verdictChecking');
      if (word === 'waiting') return t('ui.verdictWaiting');
      return t(verdictLooks[word].word);
    }
  }
}
