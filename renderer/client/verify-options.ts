import type { InputOf } from '../../shared/contract/contract.ts';

/** What `notation verify` can be told beside the reference; empty for what the settings say and nothing more. */
export type VerifyOptions = Omit<
  InputOf<'verify.verifyArtifact'>,
  'sourceId' | 'repository' | 'reference' | 'recorded'
>;
