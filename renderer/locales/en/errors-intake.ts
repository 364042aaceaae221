import type { intakeCodes } from '../../../shared/errors/intake-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const intakeErrors: Record<keyof typeof intakeCodes, ErrorMessages> = {
  'intake.notFound': {
    title: 'Inkan no longer holds this file.',
    cause: 'A file that is left alone for half an hour is forgotten, and so is every file when Inkan ends.',
    next: 'Choose the file again.',
  },
  'intake.wrongOffset': {
    title: 'A piece of the file came out of turn.',
    cause: 'The next piece begins at byte {expected, number}; one for byte {received, number} arrived.',
    next: 'Hand the file over again from its beginning.',
  },
  'intake.wrongSize': {
    title: '{file} changed while it was read.',
    cause: '{announced, number} bytes were announced, {received, number} arrived.',
    next: 'Wait until nothing writes to the file any more, then choose it again.',
  },
  'intake.incomplete': {
    title: '{file} has not arrived whole.',
    cause: '{received, number} of {announced, number} bytes are here.',
    next: 'Choose the file again.',
  },
  'intake.badChunk': {
    title: 'A piece of the file cannot be read.',
    cause: 'It is not canonical base64, or it is too long.',
    next: 'Choose the file again. If it comes back, report it.',
  },
  'intake.tooMany': {
    title: 'Too many files at once.',
    cause: 'Inkan holds at most {limit, number} files of this kind.',
    next: 'Take some off the list, then add these again.',
  },
};
