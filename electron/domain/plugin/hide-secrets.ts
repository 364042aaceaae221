const secretName =
  /secret|token|passw|passphrase|(?:^|[^a-z])pin(?:$|[^a-z])|(?:api|access|private|account)[-_.]?key|authorization/i;
/** `userPin` as well; a word that merely ends in "pin" stays. */
const camelCasePin = /[a-z]Pin$/;
/** Shorter texts are too common to be taken for a secret wherever they appear. */
const minSecretLength = 4;

/** What stands for a secret. */
export const mask = '••••••';

/** Whether what goes by this name is likely a secret: a token, a password, a PIN. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) || camelCasePin.test(name);
}

/** Configuration of a plugin with the values of secrets masked. */
export function hideSecrets(config: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, isSecretName(name) ? mask : value]));
}

/** The secrets of a configuration, longest first, so that they can be found where a plugin repeats them. */
export function secretsOf(config: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(config)
    .flatMap(([name, value]) => (isSecretName(name) && value.length >= minSecretLength ? [value] : []))
    .sort((a, b) => b.length - a.length);
}

/** A text with every secret in it masked. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((masked, secret) => masked.replaceAll(secret, mask), text);
}
