import type { compareCodes } from '../../../shared/errors/compare-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const compareErrors: Record<keyof typeof compareCodes, ErrorMessages> = {
  'compare.notInstalled': {
    title: 'The notation command is not installed here.',
    cause: 'It is in no folder of PATH as Inkan was started with it.',
    next: 'Install it, or start Inkan from a shell that finds it, and try again. Inkan itself does not need it.',
  },
  'compare.archive': {
    title: 'The notation command reads no archives.',
    cause: 'This layout is in an archive, and the command takes folders only.',
    next: 'Unpack it to {folder}, add that folder to Inkan, and compare there.',
  },
  'compare.notStarted': {
    title: 'The notation command could not be started.',
    cause: '{program} is there, and the system would not run it.',
    next: 'Run it in a terminal to see why.',
  },
  'compare.tookTooLong': {
    title: 'The notation command took too long.',
    cause: '{program} was ended after {seconds, number} seconds. A registry, or a server that it asks, may not answer.',
    next: 'Try again, or run the command in a terminal.',
  },
  'compare.saidTooMuch': {
    title: 'The notation command said too much.',
    cause: '{program} was ended after {bytes, number} bytes of output.',
    next: 'Run the command in a terminal.',
  },
};
