import { Award, Box, FileCheck, FileQuestion, FileText, Layers, Package, type LucideIcon } from 'lucide-react';
import type { ArtifactKind } from '../../shared/model/artifact.ts';
import type { MessageKey } from '../locales/catalogs.ts';

/** Icon and word of each kind of artifact, the same in every list. */
export const kindLooks: Readonly<Record<ArtifactKind, { readonly icon: LucideIcon; readonly word: MessageKey }>> = {
  index: { icon: Layers, word: 'ui.kindIndex' },
  image: { icon: Box, word: 'ui.kindImage' },
  notationSignature: { icon: Award, word: 'ui.kindNotationSignature' },
  cosignSignature: { icon: Award, word: 'ui.kindCosignSignature' },
  sigstoreBundle: { icon: Award, word: 'ui.kindSigstoreBundle' },
  sbom: { icon: FileText, word: 'ui.kindSbom' },
  attestation: { icon: FileCheck, word: 'ui.kindAttestation' },
  artifact: { icon: Package, word: 'ui.kindArtifact' },
  unknown: { icon: FileQuestion, word: 'ui.kindUnknown' },
};
