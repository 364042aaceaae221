import type { rpcCodes } from '../../../shared/errors/rpc-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const rpcErrors: Record<keyof typeof rpcCodes, ErrorMessages> = {
  'rpc.badFrame': {
    title: 'Inkan’s two halves did not understand each other.',
    cause: 'The host received something that is not a message of its protocol.',
    next: 'Reload the window. If it comes back, report it with the steps that led here.',
  },
  'rpc.unknownMethod': {
    title: 'The host does not know “{method}”.',
    cause: 'This page and its host are of different versions.',
    next: 'Restart Inkan.',
  },
  'rpc.notOnThisHost': {
    title: 'This cannot be done from a browser page.',
    cause: '“{method}” needs what only the desktop app has: {needs}.',
    next: 'Use the desktop app, or the notation command.',
  },
  'rpc.badInput': {
    title: 'Some of the input cannot be taken.',
    cause: '{faults}',
    next: 'Correct what is named and try again. Nothing was changed.',
  },
  'rpc.badOutput': {
    title: 'The host held back its own answer.',
    cause: 'The answer to “{method}” did not have the agreed form, so it was not shown.',
    next: 'This is a fault in Inkan. Report it with the steps that led here.',
  },
  'rpc.refusedSender': {
    title: 'The host refused this page.',
    cause: 'Only Inkan’s own window may speak to it.',
    next: 'Close this page and use Inkan’s own window.',
  },
  'rpc.unauthorized': {
    title: 'The host does not accept this page’s key.',
    cause: 'Each run of Inkan has a key of its own, and it stands in the address printed at the start.',
    next: 'Open the address that the running Inkan printed.',
  },
  'rpc.disconnected': {
    title: 'The host does not answer.',
    cause: 'Inkan was stopped, or the connection to it ended.',
    next: 'Inkan connects again by itself. What was under way may have been done: look before you repeat it.',
  },
  'rpc.cancelled': {
    title: 'Cancelled.',
    cause: 'It was stopped before it was finished.',
    next: 'Start it again when you want it.',
  },
  'rpc.internal': {
    title: 'Something failed inside Inkan.',
    cause: 'This is a fault in Inkan, not in what you did.',
    next: 'Try again. If it comes back, report it with this number: {traceId}',
  },
  'rpc.jobNotFound': {
    title: 'This job is no longer known.',
    cause: 'Jobs are kept as long as Inkan runs.',
    next: 'Start it again.',
  },
};
