import type { pluginPackageCodes } from '../../../shared/errors/plugin-package-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const pluginPackageErrors: Record<keyof typeof pluginPackageCodes, ErrorMessages> = {
  'pluginPackage.notHttps': {
    title: 'Plugins are downloaded over https only.',
    cause: '“{url}” is not an https address, or has a user name in it, or the server led there.',
    next: 'Use the https address that the vendor publishes, or download the file yourself and install it from there.',
  },
  'pluginPackage.noChecksum': {
    title: 'The checksum is missing.',
    cause:
      'A plugin is a program that will handle your keys. From an address it is only taken with the SHA-256 checksum that its vendor publishes.',
    next: 'Copy the checksum from the vendor’s release page, not from the server that the file comes from.',
  },
  'pluginPackage.badChecksum': {
    title: 'The checksum does not match.',
    cause:
      'Expected {expected}, received {received}. The file was changed on its way, is another version, or the checksum belongs to another file.',
    next: 'Do not use the file. Compare version, platform and checksum with the vendor’s release page.',
  },
  'pluginPackage.notDownloaded': {
    title: 'The plugin could not be downloaded from {host}.',
    cause: '{fault}',
    next: 'Check the address and the connection, then try again.',
  },
  'pluginPackage.noProgram': {
    title: 'There is no plugin in “{file}”.',
    cause: 'A plugin is a program called notation-NAME, alone or at the top of a .zip or .tar.gz.',
    next: 'Choose the file for your system from the vendor’s release page.',
  },
  'pluginPackage.severalPrograms': {
    title: 'There is more than one plugin in the package.',
    cause: 'Which one is meant cannot be told: {programs}.',
    next: 'Unpack it yourself and install the one that you want.',
  },
  'pluginPackage.sameVersion': {
    title: 'Version {version} of “{plugin}” is installed already.',
    cause: 'The package holds the same version.',
    next: 'Nothing needs to be done. Install it again only to repair it.',
  },
  'pluginPackage.olderVersion': {
    title: 'A newer version of “{plugin}” is installed.',
    cause: 'Installed is {installed}, the package holds {version}. Going back may bring back faults that were mended.',
    next: 'Keep the newer one, unless you have a reason to go back.',
  },
  'pluginPackage.gone': {
    title: 'The package is no longer there.',
    cause: 'It was installed or put away meanwhile.',
    next: 'Choose it again.',
  },
};
