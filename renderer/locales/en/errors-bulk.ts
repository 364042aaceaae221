import type { bulkCodes } from '../../../shared/errors/bulk-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const bulkErrors: Record<keyof typeof bulkCodes, ErrorMessages> = {
  'bulk.queueNotFound': {
    title: 'There is no such queue.',
    cause: 'It was removed, maybe in another window.',
    next: 'Choose another queue, or make one from a list of tags.',
  },
  'bulk.wrongState': {
    title: 'The queue cannot do that now.',
    cause: 'It went on meanwhile, maybe in another window.',
    next: 'Look at the queue as it is now, then try again.',
  },
  'bulk.optionsNeeded': {
    title: 'Inkan has to be told again how to sign.',
    cause: 'What a plugin is given may be a secret, so it is kept in no file and was forgotten when Inkan ended.',
    next: 'Choose the key and its settings again, then go on.',
  },
  'bulk.tagMoved': {
    title: 'The tag {tag} has moved; nothing was signed.',
    cause: 'When the queue was planned it pointed at {planned}, now it points at {found}.',
    next: 'Look at what it points at now. Retrying plans the queue with the new digest and asks you again.',
  },
  'bulk.interrupted': {
    title: 'Inkan ended while this was being signed.',
    cause: 'The signature may have reached the registry or not.',
    next: 'Open the artifact and look whether it is signed. Retrying makes another signature.',
  },
};
