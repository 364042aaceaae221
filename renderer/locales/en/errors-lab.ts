import type { labCodes } from '../../../shared/errors/lab-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const labErrors: Record<keyof typeof labCodes, ErrorMessages> = {
  'lab.exists': {
    title: 'There is an example already.',
    cause:
      'The test lab made one in {directory}, and keeps one at a time so that it can take away exactly what it made.',
    next: 'Go on with it, or clean it up first.',
  },
  'lab.missing': {
    title: 'There is no example.',
    cause: 'It was cleaned up, maybe in another window.',
    next: 'Make a working example first.',
  },
  'lab.otherConfiguration': {
    title: 'The example belongs to another configuration.',
    cause: 'Its key, stores and policy are in {directory}, which is not the configuration in use.',
    next: 'Go back to that configuration in the settings, or clean the example up and make one here.',
  },
  'lab.scopeTaken': {
    title: 'The policy speaks of {scope} already.',
    cause:
      'The statement “{statement}” has this scope, and a scope may stand in one statement only. The test lab changes no statement of yours.',
    next: 'Take the scope out of that statement, then make the example.',
  },
  'lab.fileTaken': {
    title: '{file} is there already.',
    cause: 'The test lab writes over nothing.',
    next: 'Choose another name for the example, or move that file away.',
  },
  'lab.recordMalformed': {
    title: 'The record of the test lab cannot be read.',
    cause: '{file} in Inkan’s own directory lists what the lab made, and is damaged: {fault}',
    next: 'Put the file back from a copy. Without it, remove by hand what carries the name of the example.',
  },
};
