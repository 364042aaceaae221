import type { RuleResult } from '../../../shared/model/certificate.ts';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import { isAppError, toWireError, type WireError } from '../../../shared/errors/app-error.ts';
import type { Clock, Directory } from '../ports.ts';
import { roleAt, toCertificateModel } from '../x509/certificate-model.ts';
import { checkCodeSigningChain } from '../x509/chain-check.ts';
import { commonNameOf } from '../x509/distinguished-name.ts';
import { keyAlgorithmOf } from '../x509/key-algorithm.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { assertKeyMatchesCertificate, parsePrivateKey } from '../x509/private-key.ts';
import { isSelfSigned } from '../x509/certificate-signature.ts';
import { parseChain } from './key-pair.ts';
import { absolutePath, localFilesOf, type LocateFile } from './local-files.ts';
import { readChainFile, readKeyFile } from './read-key-files.ts';
import { hideSecrets } from '../plugin/hide-secrets.ts';
import { isPluginEntry, type SigningKeyEntry } from './signing-keys.ts';

const codeSigning = '1.3.6.1.5.5.7.3.3';

/** What reading a key's files takes. */
export interface KeyFilesContext {
  /** The configuration directory. */
  readonly directory: Directory;
  readonly locateFile: LocateFile;
  readonly clock: Clock;
}

/**
 * A key of the list as the screens show it: its chain, how it fares under the rules, and why it cannot sign. Holds no secret. Of a key
 * behind a plugin no more is known than the list says; the plugin is not asked.
 */
export async function inspectKey(
  context: KeyFilesContext,
  entry: SigningKeyEntry,
  isDefault: boolean,
): Promise<SigningKey> {
  if (entry.keyPath === undefined || entry.certPath === undefined) return inspectWithoutFiles(entry, isDefault);
  const problems: WireError[] = [];
  const note = async <T>(reading: Promise<T>): Promise<T | undefined> => {
    try {
      return await reading;
    } catch (error) {
      if (!isAppError(error)) throw error;
      problems.push(toWireError(error));
      return undefined;
    }
  };
  const chain = (await note(readChainFile(context.locateFile, entry.certPath).then(parseChain))) ?? [];
  const file = await note(readKeyFile(context.locateFile, entry.keyPath));
  problems.push(...(file?.findings ?? []));
  const pairRule = file && chain[0] ? checkPair(file.pem, chain[0], problems) : [];
  const check = chain.length > 0 ? checkCodeSigningChain(chain, { signingTime: context.clock.now() }) : undefined;
  if (check?.fault) problems.push({ code: 'certificate.ruleBroken', details: { ...check.fault } });
  const algorithm = chain[0] && keyAlgorithmOf(chain[0].publicKey);
  return {
    name: entry.name,
    isDefault,
    kind: 'local',
    keyPath: entry.keyPath,
    certificatePath: entry.certPath,
    ...(algorithm && { algorithm }),
    chain: chain.map((certificate, position) =>
      toCertificateModel(certificate, roleAt(position, chain.length), check?.certificates[position] ?? []),
    ),
    isTest: isTestKey(context.directory, entry, chain),
    chainRules: [...(check?.chain ?? []), ...pairRule],
    problems,
  };
}

function inspectWithoutFiles(entry: SigningKeyEntry, isDefault: boolean): SigningKey {
  const isPlugin = isPluginEntry(entry);
  return {
    name: entry.name,
    isDefault,
    kind: isPlugin ? 'plugin' : 'local',
    ...(entry.keyPath !== undefined && { keyPath: entry.keyPath }),
    ...(entry.certPath !== undefined && { certificatePath: entry.certPath }),
    ...(entry.pluginName !== undefined && { pluginName: entry.pluginName }),
    ...(entry.id !== undefined && { pluginKeyId: entry.id }),
    ...(entry.pluginConfig !== undefined && { pluginConfig: hideSecrets(entry.pluginConfig) }),
    chain: [],
    isTest: false,
    chainRules: [],
    problems: isPlugin ? [] : [{ code: 'key.incomplete', details: { name: entry.name } }],
  };
}

/** Whether the private key is the leaf's; a key that cannot be read is a problem and no rule. */
function checkPair(pem: string, leaf: ParsedCertificate, problems: WireError[]): readonly RuleResult[] {
  try {
    assertKeyMatchesCertificate(parsePrivateKey(pem), leaf);
    return [{ rule: 'keyBelongsToCertificate', status: 'holds' }];
  } catch (error) {
    if (!isAppError(error)) throw error;
    problems.push(toWireError(error));
    return isAppError(error, 'key.doesNotMatch') ? [{ rule: 'keyBelongsToCertificate', status: 'broken' }] : [];
  }
}

/** Whether an entry looks like one of `generate-test`: its places, and one self-signed certificate for code signing of the same name. */
export function isTestKey(directory: Directory, entry: SigningKeyEntry, chain: readonly ParsedCertificate[]): boolean {
  const places = localFilesOf(entry.name);
  const stands =
    entry.keyPath === absolutePath(directory, places.key) &&
    entry.certPath === absolutePath(directory, places.certificate);
  return stands && chain.length === 1 && chain[0] !== undefined && isTestCertificate(entry.name, chain[0]);
}

/** Whether a certificate has the form of `generate-test`'s: self-signed, no CA, code signing, the key's name. */
export function isTestCertificate(name: string, certificate: ParsedCertificate): boolean {
  return (
    certificate.basicConstraints?.ca !== true &&
    certificate.extendedKeyUsage?.oids.includes(codeSigning) === true &&
    commonNameOf(certificate.subjectAttributes) === name &&
    isSelfSigned(certificate)
  );
}
