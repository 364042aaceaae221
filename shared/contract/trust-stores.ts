import { z } from 'zod';
import { certificateSchema } from '../model/certificate.ts';
import { trustStoreSchema, trustStoreTypeSchema } from '../model/trust-store.ts';
import { command, query } from './define.ts';

const store = { type: trustStoreTypeSchema, name: z.string().min(1).max(64) };
/** A certificate file's bytes in base64: PEM with several certificates, or DER. */
const content = z.string().min(1).max(1_048_576);
const writing = [
  'trustStore.badName',
  'file.notWritten',
  'file.noSpace',
  'file.notRegular',
  'file.unreadable',
  'file.badName',
] as const;

/** Named trust stores under `truststore/x509`. */
export const trustStores = {
  listStores: query({
    doc: 'All named stores with their certificates; a broken file is named and does not hide the others.',
    input: z.object({}),
    output: z.object({ stores: z.array(trustStoreSchema), path: z.string() }),
    errors: ['file.unreadable'],
  }),
  inspectCertificates: query({
    doc: 'The certificates in a file or pasted text, and whether a store of each type would take them.',
    input: z.object({ content }),
    output: z.object({
      certificates: z.array(certificateSchema),
      acceptedBy: z.object({ ca: z.boolean(), signingAuthority: z.boolean(), tsa: z.boolean() }),
      faults: z.record(z.string(), z.string()),
    }),
    errors: ['certificate.malformed', 'trustStore.noCertificate'],
  }),
  addCertificates: command({
    doc: 'Adds a certificate file to a store, unchanged. The full SHA-256 fingerprints must be given back as confirmation.',
    input: z.object({
      ...store,
      file: z.string().min(1).max(128),
      content,
      confirmedSha256: z.array(z.string().length(64)).min(1).max(100),
    }),
    output: trustStoreSchema,
    errors: [
      'certificate.malformed',
      'trustStore.noCertificate',
      'trustStore.fileExists',
      'trustStore.badCertificate',
      'trustStore.notConfirmed',
      ...writing,
    ],
  }),
  deleteCertificate: command({
    doc: 'Removes one file from a store; the store goes when it is empty, as with the reference.',
    input: z.object({ ...store, file: z.string().min(1).max(255) }),
    output: z.object({ storeRemoved: z.boolean() }),
    errors: ['trustStore.fileNotFound', 'trustStore.notFound', ...writing],
  }),
  deleteStore: command({
    doc: 'Removes the files of a store, and the store.',
    input: z.object(store),
    output: z.object({ files: z.array(z.string()) }),
    errors: ['trustStore.notFound', ...writing],
  }),
};
