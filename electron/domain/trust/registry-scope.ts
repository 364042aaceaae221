import { toGoQuoted as quote } from '../codec/go-text.ts';
import { isRepositoryName } from '../oci/parse-reference.ts';

const advice =
  'make sure it is a fully qualified repository without the scheme, protocol or tag. For example domain.com/my/repository or a local scope like local/myOCILayout';

function isLowerOrDigit(character: string | undefined): boolean {
  return character !== undefined && ((character >= 'a' && character <= 'z') || (character >= '0' && character <= '9'));
}

function isAlphanumeric(character: string | undefined): boolean {
  return isLowerOrDigit(character) || (character !== undefined && character >= 'A' && character <= 'Z');
}

function isEvery(text: string, accepts: (character: string) => boolean): boolean {
  for (const character of text) if (!accepts(character)) return false;
  return true;
}

function isHostLabel(label: string): boolean {
  return (
    isAlphanumeric(label[0]) &&
    isAlphanumeric(label.at(-1)) &&
    isEvery(label, (character) => character === '-' || isAlphanumeric(character))
  );
}

function isHost(host: string): boolean {
  const colon = host.indexOf(':');
  if (colon >= 0) {
    const port = host.slice(colon + 1);
    if (port === '' || !isEvery(port, (character) => character >= '0' && character <= '9')) return false;
  }
  return (colon < 0 ? host : host.slice(0, colon)).split('.').every(isHostLabel);
}

/** Whether a text is a full repository path: host with optional port, `/`, lower-case components. */
export function isRegistryScope(text: string): boolean {
  const slash = text.indexOf('/');
  return slash > 0 && isHost(text.slice(0, slash)) && isRepositoryName(text.slice(slash + 1));
}

/** Why a registry scope other than `*` is refused, in the reference's words; undefined when it is fine (trust policy specification, "Registry scopes constraints"). */
export function faultOfScope(
  scope: string,
): { readonly kind: 'wildcard' | 'malformed'; readonly message: string } | undefined {
  if (new TextEncoder().encode(scope).length > 1 && scope.includes('*')) {
    return { kind: 'wildcard', message: `registry scope ${quote(scope)} with wild card(s) is not valid, ${advice}` };
  }
  if (isRegistryScope(scope)) return undefined;
  return { kind: 'malformed', message: `registry scope ${quote(scope)} is not valid, ${advice}` };
}

/** The path that scopes are compared with: what stands before the last `@`, or before a tag where a user typed one. */
export function toScopePath(reference: string): string {
  const at = reference.lastIndexOf('@');
  if (at >= 0) return reference.slice(0, at);
  const colon = reference.lastIndexOf(':');
  return colon > reference.lastIndexOf('/') && reference.includes('/') ? reference.slice(0, colon) : reference;
}

/** A scope for a layout that was given none: `local/` and the folder's name in the letters a scope may have. */
export function toLayoutScope(layoutPath: string): string {
  const folder = layoutPath.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  let component = '';
  for (const character of folder.toLowerCase()) component += isLowerOrDigit(character) ? character : '-';
  while (component.startsWith('-')) component = component.slice(1);
  while (component.endsWith('-')) component = component.slice(0, -1);
  return `local/${component === '' ? 'layout' : component}`;
}
