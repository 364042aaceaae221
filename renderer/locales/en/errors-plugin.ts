import type { pluginCodes } from '../../../shared/errors/plugin-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const pluginErrors: Record<keyof typeof pluginCodes, ErrorMessages> = {
  'plugin.badName': {
    title: '“{plugin}” cannot be a plugin’s name.',
    cause: 'The name is refused: {fault}.',
    next: 'Use the name of the plugin’s folder, such as azure-kv.',
  },
  'plugin.notFound': {
    title: 'The plugin “{plugin}” is not installed.',
    cause: 'There is no {path}.',
    next: 'Install the plugin, or look whether another configuration directory is in use.',
  },
  'plugin.notRegular': {
    title: 'The program of the plugin “{plugin}” is not a regular file.',
    cause: '{path} is a link, a folder or a device; Notation runs regular files only.',
    next: 'Put the program itself there.',
  },
  'plugin.notExecutable': {
    title: 'The program of the plugin “{plugin}” may not be run.',
    cause: '{path} has no permission to be executed.',
    next: 'Run chmod +x on it if you trust it, or install the plugin again.',
  },
  'plugin.nameMismatch': {
    title: 'The plugin “{plugin}” calls itself “{found}”.',
    cause: 'A plugin stands in a folder of its own name, and its program is named after it.',
    next: 'Install it again under its own name.',
  },
  'plugin.unsupportedContract': {
    title: 'The plugin “{plugin}” speaks another version of the plugin contract.',
    cause: 'It supports {versions}; Notation speaks 1.0.',
    next: 'Install a version of the plugin that supports 1.0.',
  },
  'plugin.badMetadata': {
    title: 'The plugin “{plugin}” does not say properly what it is.',
    cause: 'Its metadata cannot be used: {fault}.',
    next: 'Install the plugin again, or ask its maker.',
  },
  'plugin.notEnabled': {
    title: 'The plugin “{plugin}” is not enabled for verification.',
    cause: 'A signature may name any plugin; Inkan runs only those that you have enabled.',
    next: 'Enable it under Plugins if you trust it.',
  },
  'plugin.lacksCapability': {
    title: 'The plugin “{plugin}” cannot do this.',
    cause: 'It would need {wanted}; it has {capabilities}.',
    next: 'Choose a key of another plugin, or update this one.',
  },
  'plugin.badAnswer': {
    title: 'The plugin “{plugin}” gave an answer that cannot be used.',
    cause: '{command}: {fault}.',
    next: 'Look at the call in the plugin’s console; the plugin may need an update.',
  },
  'plugin.failed': {
    title: 'The plugin “{plugin}” refused.',
    cause: '{command} ended with {pluginCode}: {message}',
    next: 'Check the key id, the plugin’s configuration and its credentials, then try again.',
  },
  'plugin.notStarted': {
    title: 'The plugin “{plugin}” could not be started.',
    cause: '{command}: {cause}',
    next: 'Look whether its program is made for this system, and install it again.',
  },
  'plugin.timeout': {
    title: 'The plugin “{plugin}” did not answer in time.',
    cause: '{command} took longer than {limitMs, plural, one {# second} other {# seconds}} and was ended.',
    next: 'Look whether the service behind the plugin can be reached, then try again.',
  },
  'plugin.tooMuchOutput': {
    title: 'The plugin “{plugin}” wrote more than it may.',
    cause: '{command} wrote more than {limit, number} bytes and was ended.',
    next: 'The plugin is faulty: update or uninstall it.',
  },
};
