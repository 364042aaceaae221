import { AppError } from '../../../shared/errors/app-error.ts';
import { algorithmOf, hexOf, isDigest, type Digest } from '../../../shared/model/digest.ts';
import { toGoQuoted } from '../codec/go-text.ts';

/** A reference to an artifact in a registry. A tag that stands beside a digest is dropped, as the reference implementation does. */
export interface Reference {
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

/** A reference to an artifact in an OCI image layout: `<path>:<tag>` or `<path>@<digest>`. */
interface LayoutReference {
  readonly path: string;
  readonly reference: string;
}

const maxLength = 4096;
const expecting = 'Expecting <registry>/<repository>:<tag> or <registry>/<repository>@<digest>';
const expectingLayout = 'Expecting <file_path>:<tag> or <file_path>@<digest>';

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isLower = (code: number): boolean => code >= 0x61 && code <= 0x7a;
const isUpper = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const isLowerOrDigit = (code: number): boolean => isDigit(code) || isLower(code);

/** Whether every UTF-16 unit of a text satisfies a test. */
function every(text: string, test: (code: number) => boolean): boolean {
  for (let index = 0; index < text.length; index += 1) if (!test(text.charCodeAt(index))) return false;
  return true;
}

/** A separator within a path part is one `.`, one or two `_`, or any number of `-`. */
function isSeparator(text: string): boolean {
  return text === '.' || text === '_' || text === '__' || every(text, (code) => code === 0x2d);
}

function isPathPart(part: string): boolean {
  let separatorStart = -1;
  for (let index = 0; index < part.length; index += 1) {
    if (!isLowerOrDigit(part.charCodeAt(index))) {
      if (index === 0) return false;
      if (separatorStart < 0) separatorStart = index;
    } else if (separatorStart >= 0) {
      if (!isSeparator(part.slice(separatorStart, index))) return false;
      separatorStart = -1;
    }
  }
  return part.length > 0 && separatorStart < 0;
}

/** Whether a text is a repository name (distribution specification, "Pulling manifests"). */
export function isRepositoryName(text: string): boolean {
  return text.length <= maxLength && text.split('/').every(isPathPart);
}

/** Whether a text is a tag (distribution specification, "Pulling manifests"). */
export function isTag(text: string): boolean {
  const isWord = (code: number): boolean => isLowerOrDigit(code) || isUpper(code) || code === 0x5f;
  if (text.length < 1 || text.length > 128 || !isWord(text.charCodeAt(0))) return false;
  return every(text, (code) => isWord(code) || code === 0x2e || code === 0x2d);
}

function isHostName(name: string): boolean {
  if (name.length > 253) return false;
  return name
    .split('.')
    .every(
      (label) =>
        label.length > 0 &&
        every(label, (code) => isLowerOrDigit(code) || isUpper(code) || code === 0x2d || code === 0x5f) &&
        !label.startsWith('-') &&
        !label.endsWith('-'),
    );
}

function isPort(port: string): boolean {
  return port.length > 0 && port.length <= 5 && every(port, isDigit) && Number(port) >= 1 && Number(port) <= 65_535;
}

/** Only the shape: hexadecimal groups and an optional IPv4 tail; the URL parser has the last word. */
function isIpv6(text: string): boolean {
  const isHex = (code: number): boolean =>
    isDigit(code) || (code >= 0x61 && code <= 0x66) || (code >= 0x41 && code <= 0x46);
  return (
    text.length <= 45 &&
    text.includes(':') &&
    every(text, (code) => isHex(code) || code === 0x3a || code === 0x2e) &&
    URL.canParse(`http://[${text}]`)
  );
}

/**
 * Whether a text is a registry host with an optional port. Stricter than the reference implementation, which takes whatever Go's URL
 * parser leaves alone: only host names, IPv4 and bracketed IPv6 addresses, and ports from 1 to 65535.
 */
export function isRegistryHost(text: string): boolean {
  if (text.startsWith('[')) {
    const end = text.indexOf(']');
    const rest = text.slice(end + 1);
    return end > 0 && isIpv6(text.slice(1, end)) && (rest === '' || (rest.startsWith(':') && isPort(rest.slice(1))));
  }
  const colon = text.indexOf(':');
  if (colon < 0) return isHostName(text) && URL.canParse(`http://${text}`);
  return isHostName(text.slice(0, colon)) && isPort(text.slice(colon + 1)) && URL.canParse(`http://${text}`);
}

/** The text as the reference implementation quotes it, cut to a length that can be shown. */
function quoted(text: string): string {
  return toGoQuoted(text.length > 300 ? `${text.slice(0, 300)}…` : text);
}

/** A registry host that {@link isRegistryHost} accepts. @throws AppError `registry.badHost` */
export function parseRegistryHost(text: string): string {
  if (!isRegistryHost(text)) throw new AppError('registry.badHost', { host: text.slice(0, 300) });
  return text;
}

/** A repository name. @throws AppError `registry.badReference` */
export function parseRepositoryName(text: string): string {
  if (!isRepositoryName(text)) throw badReference(text, `invalid repository ${quoted(text)}`);
  return text;
}

function badReference(text: string, fault: string): AppError {
  return new AppError('registry.badReference', { text: text.slice(0, 300), fault });
}

/** Whether an algorithm is written as the image specification wants it ("Digests"): words of letters and digits with single separators. */
function isDigestAlgorithm(text: string): boolean {
  let wasSeparator = true;
  for (let index = 0; index < text.length; index += 1) {
    const isSeparator = '+._-'.includes(text.charAt(index));
    if (isSeparator ? wasSeparator : !isLowerOrDigit(text.charCodeAt(index))) return false;
    wasSeparator = isSeparator;
  }
  return !wasSeparator;
}

/** What go-digest says of a text that is no digest. */
function digestFault(text: string): string {
  const colon = text.indexOf(':');
  const algorithm = text.slice(0, Math.max(colon, 0));
  const encoded = text.slice(colon + 1);
  if (colon <= 0 || encoded === '') return 'invalid checksum digest format';
  const length = { sha256: 64, sha384: 96, sha512: 128 }[algorithm];
  if (length === undefined) {
    const isEncoded = every(
      encoded,
      (code) => isLowerOrDigit(code) || isUpper(code) || '=_-'.includes(String.fromCharCode(code)),
    );
    return isEncoded && isDigestAlgorithm(algorithm)
      ? 'unsupported digest algorithm'
      : 'invalid checksum digest format';
  }
  return new TextEncoder().encode(encoded).length === length
    ? 'invalid checksum digest format'
    : 'invalid checksum digest length';
}

/** A tag or digest. @throws AppError `registry.badReference` */
export function parseTagOrDigest(text: string): string {
  if (text.includes(':')) {
    if (!isDigest(text))
      throw badReference(text, `invalid reference: invalid digest ${quoted(text)}: ${digestFault(text)}`);
  } else if (!isTag(text)) throw badReference(text, `invalid reference: invalid tag ${quoted(text)}`);
  return text;
}

/** Repository, tag and digest of what stands after the registry. Everything between the first `:` and an `@` is dropped unread. */
function splitPath(path: string): { repository: string; tag?: string; digest?: string } {
  const at = path.indexOf('@');
  const colon = path.indexOf(':');
  if (at >= 0) return { repository: path.slice(0, colon >= 0 && colon < at ? colon : at), digest: path.slice(at + 1) };
  if (colon >= 0) return { repository: path.slice(0, colon), tag: path.slice(colon + 1) };
  return { repository: path };
}

/**
 * Reads `<registry>/<repository>[:<tag>][@<digest>]`. There is no default registry and no implied tag; a reference without tag and
 * digest names a repository. The grammar is that of the reference implementation but for hosts, see {@link isRegistryHost}.
 * `fault` is the reference implementation's sentence. Linear in the length of the text.
 * @throws AppError `registry.badReference`
 */
export function parseReference(text: string): Reference {
  const refuse = (fault: string): AppError =>
    badReference(text, `${quoted(text)}: invalid reference: ${fault}. ${expecting}`);
  const slash = text.slice(0, maxLength).indexOf('/');
  if (slash < 0) throw refuse('missing registry or repository');
  const registry = text.slice(0, slash);
  const { repository, tag, digest } = splitPath(text.slice(slash + 1));
  if (!isRegistryHost(registry)) throw refuse(`invalid registry ${quoted(registry)}`);
  if (!isRepositoryName(repository)) throw refuse(`invalid repository ${quoted(repository)}`);
  if (digest) {
    if (!isDigest(digest)) throw refuse(`invalid digest ${quoted(digest)}: ${digestFault(digest)}`);
    return { registry, repository, digest };
  }
  if (!tag) return { registry, repository };
  if (!isTag(tag)) throw refuse(`invalid tag ${quoted(tag)}`);
  return { registry, repository, tag };
}

/**
 * Reads `<path>:<tag>` or `<path>@<digest>`, split at the last `@`, else at the last `:` that is not a drive letter's.
 * @throws AppError `registry.badReference`
 */
export function parseLayoutReference(text: string): LayoutReference {
  const refuse = (fault: string): AppError =>
    badReference(text, `${quoted(text)}: invalid reference: ${fault}. ${expectingLayout}`);
  const at = text.lastIndexOf('@');
  const colon = text.lastIndexOf(':');
  const isDrive = colon === 1 && (text[2] === '\\' || text[2] === '/');
  const split = at >= 0 ? at : isDrive ? -1 : colon;
  if (split < 0 || split === text.length - 1) throw refuse('missing tag or digest');
  if (split === 0) throw refuse('missing oci-layout file path');
  return { path: text.slice(0, split), reference: text.slice(split + 1) };
}

/** The tag under which referrers of a digest are listed where there is no referrers API (distribution specification, "Referrers tag schema"). */
export function referrersTagOf(subject: Digest): string {
  return `${algorithmOf(subject)}-${hexOf(subject).slice(0, 64)}`;
}

/** Whether a tag holds a referrers index (`sha256-<hex>`) or what cosign attaches (`sha256-<hex>.sig`, `.att`, `.sbom`). */
export function isSignatureTag(tag: string): boolean {
  const dash = tag.indexOf('-');
  const dot = tag.indexOf('.');
  const suffix = dot < 0 ? '' : tag.slice(dot);
  if (suffix !== '' && suffix !== '.sig' && suffix !== '.att' && suffix !== '.sbom') return false;
  const hex = tag.slice(dash + 1, dot < 0 ? undefined : dot);
  return (
    (tag.startsWith('sha256-') || tag.startsWith('sha384-') || tag.startsWith('sha512-')) && isDigest(`sha256:${hex}`)
  );
}
