import type { MessageKey } from '../../locales/catalogs.ts';

/** What a method did, in words; methods of one kind share words. */
const exact: Readonly<Record<string, MessageKey>> = {
  'keys.createTestKey': 'activity.method_keys_createTestKey',
  'keys.addKey': 'activity.method_keys_addKey',
  'keys.addPluginKey': 'activity.method_keys_addPluginKey',
  'plugins.enableVerification': 'activity.method_plugins_enableVerification',
  'keys.chooseKeyFiles': 'activity.method_keys_chooseKeyFiles',
  'keys.setDefaultKey': 'activity.method_keys_setDefaultKey',
  'keys.deleteKey': 'activity.method_keys_deleteKey',
  'keys.cleanUpTestKey': 'activity.method_keys_cleanUpTestKey',
  'trustStores.addCertificates': 'activity.method_trustStores_addCertificates',
  'trustStores.deleteCertificate': 'activity.method_trustStores_deleteCertificate',
  'trustStores.deleteStore': 'activity.method_trustStores_deleteStore',
  'policies.savePolicy': 'activity.method_policies_savePolicy',
  'registries.addRegistry': 'activity.method_registries_addRegistry',
  'registries.removeSource': 'activity.method_registries_removeSource',
  'registries.login': 'activity.method_registries_login',
  'registries.logout': 'activity.method_registries_logout',
  'blobs.signFile': 'activity.method_blobs_signFile',
  'blobs.verifyFile': 'activity.method_blobs_verifyFile',
  'layouts.addArchive': 'activity.method_layouts_addArchive',
  'layouts.saveCopy': 'activity.method_layouts_saveCopy',
  'pluginPackages.installPackage': 'activity.method_pluginPackages_installPackage',
  'pluginPackages.uninstallPlugin': 'activity.method_pluginPackages_uninstallPlugin',
  'app.chooseConfiguration': 'activity.method_app_chooseConfiguration',
};

const byNamespace: Readonly<Record<string, MessageKey>> = {
  verify: 'activity.method_verify',
  sign: 'activity.method_sign',
  registries: 'activity.method_registries',
};

/** The message for a method of the contract; `null` for one that has none, which is then shown by its name. */
export function methodMessage(method: string): MessageKey | null {
  if (Object.hasOwn(exact, method)) return exact[method] ?? null;
  const name = method.split('.')[0] ?? '';
  return Object.hasOwn(byNamespace, name) ? (byNamespace[name] ?? null) : null;
}
