import { app as appEn } from './en/app.ts';
import { artifacts as artifactsEn } from './en/artifacts.ts';
import { attachments as attachmentsEn } from './en/attachments.ts';
import { blobErrors as blobErrorsEn } from './en/errors-blob.ts';
import { bulk as bulkEn } from './en/bulk.ts';
import { bulkErrors as bulkErrorsEn } from './en/errors-bulk.ts';
import { intakeErrors as intakeErrorsEn } from './en/errors-intake.ts';
import { archiveErrors as archiveErrorsEn } from './en/errors-archive.ts';
import { keystoreErrors as keystoreErrorsEn } from './en/errors-keystore.ts';
import { labErrors as labErrorsEn } from './en/errors-lab.ts';
import { compareErrors as compareErrorsEn } from './en/errors-compare.ts';
import { pluginErrors as pluginErrorsEn } from './en/errors-plugin.ts';
import { pluginPackageErrors as pluginPackageErrorsEn } from './en/errors-plugin-package.ts';
import { registryErrors as registryErrorsEn } from './en/errors-registry.ts';
import { rpcErrors as rpcErrorsEn } from './en/errors-rpc.ts';
import { signatureErrors as signatureErrorsEn } from './en/errors-signature.ts';
import { timestampErrors as timestampErrorsEn } from './en/errors-timestamp.ts';
import { reasons as reasonsEn } from './en/reasons.ts';
import { registries as registriesEn } from './en/registries.ts';
import { sign as signEn } from './en/sign.ts';
import { signMany as signManyEn } from './en/sign-many.ts';
import { ui as uiEn } from './en/ui.ts';
import { verify as verifyEn } from './en/verify.ts';
import { verifyForm as verifyFormEn } from './en/verify-form.ts';
import { app as appJa } from './ja/app.ts';
import { artifacts as artifactsJa } from './ja/artifacts.ts';
import { attachments as attachmentsJa } from './ja/attachments.ts';
import { blobErrors as blobErrorsJa } from './ja/errors-blob.ts';
import { bulk as bulkJa } from './ja/bulk.ts';
import { bulkErrors as bulkErrorsJa } from './ja/errors-bulk.ts';
import { intakeErrors as intakeErrorsJa } from './ja/errors-intake.ts';
import { archiveErrors as archiveErrorsJa } from './ja/errors-archive.ts';
import { keystoreErrors as keystoreErrorsJa } from './ja/errors-keystore.ts';
import { labErrors as labErrorsJa } from './ja/errors-lab.ts';
import { compareErrors as compareErrorsJa } from './ja/errors-compare.ts';
import { pluginErrors as pluginErrorsJa } from './ja/errors-plugin.ts';
import { pluginPackageErrors as pluginPackageErrorsJa } from './ja/errors-plugin-package.ts';
import { registryErrors as registryErrorsJa } from './ja/errors-registry.ts';
import { rpcErrors as rpcErrorsJa } from './ja/errors-rpc.ts';
import { signatureErrors as signatureErrorsJa } from './ja/errors-signature.ts';
import { timestampErrors as timestampErrorsJa } from './ja/errors-timestamp.ts';
import { reasons as reasonsJa } from './ja/reasons.ts';
import { registries as registriesJa } from './ja/registries.ts';
import { sign as signJa } from './ja/sign.ts';
import { signMany as signManyJa } from './ja/sign-many.ts';
import { ui as uiJa } from './ja/ui.ts';
import { verify as verifyJa } from './ja/verify.ts';
import { verifyForm as verifyFormJa } from './ja/verify-form.ts';
import { activity as activityEn } from './en/activity.ts';
import { certificates as certificatesEn } from './en/certificates.ts';
import { lab as labEn } from './en/lab.ts';
import { layouts as layoutsEn } from './en/layouts.ts';
import { files as filesEn } from './en/files.ts';
import { keys as keysEn } from './en/keys.ts';
import { pluginPackages as pluginPackagesEn } from './en/plugin-packages.ts';
import { plugins as pluginsEn } from './en/plugins.ts';
import { policies as policiesEn } from './en/policies.ts';
import { policyFaults as policyFaultsEn } from './en/policy-faults.ts';
import { policyHistory as policyHistoryEn } from './en/policy-history.ts';
import { policyTrial as policyTrialEn } from './en/policy-trial.ts';
import { verifyReport as verifyReportEn } from './en/verify-report.ts';
import { keyboard as keyboardEn } from './en/keyboard.ts';
import { compare as compareEn } from './en/compare.ts';
import { settings as settingsEn } from './en/settings.ts';
import { trustStores as trustStoresEn } from './en/trust-stores.ts';
import { activity as activityJa } from './ja/activity.ts';
import { certificates as certificatesJa } from './ja/certificates.ts';
import { lab as labJa } from './ja/lab.ts';
import { layouts as layoutsJa } from './ja/layouts.ts';
import { files as filesJa } from './ja/files.ts';
import { keys as keysJa } from './ja/keys.ts';
import { pluginPackages as pluginPackagesJa } from './ja/plugin-packages.ts';
import { plugins as pluginsJa } from './ja/plugins.ts';
import { policies as policiesJa } from './ja/policies.ts';
import { policyFaults as policyFaultsJa } from './ja/policy-faults.ts';
import { policyHistory as policyHistoryJa } from './ja/policy-history.ts';
import { policyTrial as policyTrialJa } from './ja/policy-trial.ts';
import { verifyReport as verifyReportJa } from './ja/verify-report.ts';
import { keyboard as keyboardJa } from './ja/keyboard.ts';
import { compare as compareJa } from './ja/compare.ts';
import { settings as settingsJa } from './ja/settings.ts';
import { trustStores as trustStoresJa } from './ja/trust-stores.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';

export type Language = 'en' | 'ja';

/** One object of messages for each feature: add a feature here, in both languages. */
const en = {
  app: appEn,
  artifacts: artifactsEn,
  attachments: attachmentsEn,
  bulk: bulkEn,
  reasons: reasonsEn,
  registries: registriesEn,
  sign: signEn,
  signMany: signManyEn,
  ui: uiEn,
  verify: verifyEn,
  verifyForm: verifyFormEn,
  activity: activityEn,
  certificates: certificatesEn,
  files: filesEn,
  keys: keysEn,
  lab: labEn,
  layouts: layoutsEn,
  pluginPackages: pluginPackagesEn,
  plugins: pluginsEn,
  policies: policiesEn,
  policyFaults: policyFaultsEn,
  policyHistory: policyHistoryEn,
  policyTrial: policyTrialEn,
  verifyReport: verifyReportEn,
  keyboard: keyboardEn,
  compare: compareEn,
  settings: settingsEn,
  trustStores: trustStoresEn,
};
const ja: { readonly [F in Feature]: Record<keyof (typeof en)[F], string> } = {
  app: appJa,
  artifacts: artifactsJa,
  attachments: attachmentsJa,
  bulk: bulkJa,
  reasons: reasonsJa,
  registries: registriesJa,
  sign: signJa,
  signMany: signManyJa,
  ui: uiJa,
  verify: verifyJa,
  verifyForm: verifyFormJa,
  activity: activityJa,
  certificates: certificatesJa,
  files: filesJa,
  keys: keysJa,
  lab: labJa,
  layouts: layoutsJa,
  pluginPackages: pluginPackagesJa,
  plugins: pluginsJa,
  policies: policiesJa,
  policyFaults: policyFaultsJa,
  policyHistory: policyHistoryJa,
  policyTrial: policyTrialJa,
  verifyReport: verifyReportJa,
  keyboard: keyboardJa,
  compare: compareJa,
  settings: settingsJa,
  trustStores: trustStoresJa,
};
type Feature = keyof typeof en;

/** Title, likely cause and next step of one error code, as ICU messages over the code's details. */
export interface ErrorMessages {
  readonly title: string;
  readonly cause: string;
  readonly next: string;
}

const errorsEn: Record<ErrorCode, ErrorMessages> = {
  ...rpcErrorsEn,
  ...registryErrorsEn,
  ...signatureErrorsEn,
  ...timestampErrorsEn,
  ...keystoreErrorsEn,
  ...labErrorsEn,
  ...compareErrorsEn,
  ...bulkErrorsEn,
  ...pluginErrorsEn,
  ...intakeErrorsEn,
  ...blobErrorsEn,
  ...archiveErrorsEn,
  ...pluginPackageErrorsEn,
};
const errorsJa: Record<ErrorCode, ErrorMessages> = {
  ...rpcErrorsJa,
  ...registryErrorsJa,
  ...signatureErrorsJa,
  ...timestampErrorsJa,
  ...keystoreErrorsJa,
  ...labErrorsJa,
  ...compareErrorsJa,
  ...bulkErrorsJa,
  ...pluginErrorsJa,
  ...intakeErrorsJa,
  ...blobErrorsJa,
  ...archiveErrorsJa,
  ...pluginPackageErrorsJa,
};

type FeatureKey = { [F in Feature]: `${F}.${keyof (typeof en)[F] & string}` }[Feature];
/** Every message, as `feature.message` or `errors.<code>.<part>`. */
export type MessageKey = FeatureKey | `errors.${ErrorCode}.${keyof ErrorMessages}`;

function flatten(features: Record<string, Record<string, string>>, errors: Record<ErrorCode, ErrorMessages>) {
  const texts = Object.entries(features).flatMap(([feature, messages]) =>
    Object.entries(messages).map(([key, text]) => [`${feature}.${key}`, text]),
  );
  const faults = Object.entries(errors).flatMap(([code, parts]) =>
    Object.entries(parts).map(([part, text]) => [`errors.${code}.${part}`, text as string]),
  );
  return Object.fromEntries([...texts, ...faults]) as Readonly<Record<MessageKey, string>>;
}

/** All messages of a language as written, before they are compiled. */
export function readCatalog(language: Language): Readonly<Record<MessageKey, string>> {
  return language === 'ja' ? flatten(ja, errorsJa) : flatten(en, errorsEn);
}
