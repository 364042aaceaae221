import { algorithmOf, hexOf, type Digest } from '../../../shared/model/digest.ts';

/** The tags under which cosign keeps signatures, attestations and SBOMs of a digest where it does not use referrers. */
export function cosignTagsOf(subject: Digest): readonly string[] {
  return ['sig', 'att', 'sbom'].map((suffix) => `${algorithmOf(subject)}-${hexOf(subject)}.${suffix}`);
}
