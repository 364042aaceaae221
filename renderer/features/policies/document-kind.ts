import { createContext, useContext } from 'react';
import type { PolicyDocumentKind } from '../../../shared/model/trust-policy.ts';

/** Which of the two documents is on the screen. */
const DocumentKind = createContext<PolicyDocumentKind>('oci');
export const DocumentKindProvider = DocumentKind.Provider;

export function useDocumentKind(): PolicyDocumentKind {
  return useContext(DocumentKind);
}

/** The name of each document's file, as it is exported. */
export const fileNames: Readonly<Record<PolicyDocumentKind, string>> = {
  oci: 'trustpolicy.oci.json',
  blob: 'trustpolicy.blob.json',
};
