/** OCI image layouts in archives. */
export const layouts = {
  choice: 'An OCI image layout on this computer',
  chooseArchive: 'Choose a tar archive…',
  drop: 'Or drop an OCI image layout here as .tar or .tar.gz, up to 256 MiB. Inkan keeps its own copy.',
  receiving: 'Receiving the archive…',
  unsaved: '{count, plural, one {A signature is} other {# signatures are}} not saved yet.',
  unsavedText: 'The archive stays as it is. Save a signed copy before you quit, or the signature is lost.',
  saveArchive: 'Save as an archive…',
  saveFolder: 'Save as a folder…',
  download: 'Download a signed copy',
  saved: 'Saved in {path}',
  signedTitle: 'Signed, in memory.',
  signedText: 'The envelope was verified and is kept with the layout until you quit.',
  foundInCopy: 'the index.json of the copy, once it is saved',
} as const;
