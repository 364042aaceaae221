import { z } from 'zod';

/** The two envelope formats of the signature specification. */
export const signatureFormatSchema = z.enum(['jws', 'cose']);
export type SignatureFormat = z.infer<typeof signatureFormatSchema>;
