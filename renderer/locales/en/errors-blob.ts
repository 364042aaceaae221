import type { blobCodes } from '../../../shared/errors/blob-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const blobErrors: Record<keyof typeof blobCodes, ErrorMessages> = {
  'blob.badSignatureName': {
    title: '“{name}” is not the name of a signature file.',
    cause: 'The name tells the format of the signature, and notation takes no other: {fault}',
    next: 'Choose a file that ends in .jws.sig or .cose.sig.',
  },
  'blob.badMediaType': {
    title: '“{mediaType}” is not a media type.',
    cause: '{fault}',
    next: 'Write it as type/subtype, such as application/gzip, or leave the suggested one.',
  },
  'blob.emptySignature': {
    title: '“{name}” is empty.',
    cause: 'A signature file holds the whole signature; this one holds nothing.',
    next: 'Choose the file again, or sign anew.',
  },
};
