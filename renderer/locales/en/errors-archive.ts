import type { archiveCodes } from '../../../shared/errors/archive-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const archiveErrors: Record<keyof typeof archiveCodes, ErrorMessages> = {
  'archive.malformed': {
    title: 'The archive cannot be read.',
    cause: 'It is damaged, cut off or of another kind: {fault}.',
    next: 'Get it again, and compare its checksum with the one that its maker published.',
  },
  'archive.tooLarge': {
    title: 'The archive holds more than Inkan reads.',
    cause:
      'The limit for {what} is {limit, number}. An archive that unpacks to far more than its own size may be meant to fill a disk.',
    next: 'If you trust it, unpack it yourself and use what comes out.',
  },
  'archive.unsafeEntry': {
    title: 'The archive holds an entry that is not safe.',
    cause:
      '“{entry}” {fault, select, leavesFolder {would be written outside the folder it is unpacked in} absolute {names a place of its own on the disk} link {is a link or a special file where a plain file has to be} special {is a device or another special file} duplicate {is there twice, and programs differ in which one they take} sameButCase {differs from another entry only by upper and lower case} badName {has a name that not every system can keep} inFolder {lies in a folder, where only plain files at the top are allowed} other {is not allowed}}.',
    next: 'Do not unpack it. Ask its maker for another archive.',
  },
  'layout.dockerArchive': {
    title: '“{path}” is an archive of docker save, not an OCI image layout.',
    cause:
      'It has a manifest.json, but neither oci-layout nor index.json: its images have no digest that could be signed or verified.',
    next: 'Save the image as an OCI layout, for example with docker buildx build --output type=oci, skopeo copy … oci-archive:, or a newer docker save.',
  },
  'layout.archiveKept': {
    title: 'Inkan does not write into an archive.',
    cause: '“{path}” stays as it is, so that nobody’s copy changes under a signature.',
    next: 'Save a signed copy instead, as a new archive or as a folder.',
  },
};
