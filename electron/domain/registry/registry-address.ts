import type { PlainHttpChoice } from '../../../shared/model/source.ts';

/** Where a registry is and how it is spoken to. Decided once per source; nothing a server answers changes it. */
export interface RegistryAddress {
  /** As typed, with port: the name that references, scopes and credentials use. */
  readonly host: string;
  readonly insecure: boolean;
  readonly customCaPem?: string;
  readonly proxy?: string;
  /** Origins such as `https://auth.example.com` that the user accepted as this registry's token servers. */
  readonly trustedRealms: readonly string[];
}

/** The registry's origin. `docker.io` is contacted at its registry host, as the reference implementation does. */
export function originOf(address: RegistryAddress): string {
  const host = address.host === 'docker.io' ? 'registry-1.docker.io' : address.host;
  return new URL(`${address.insecure ? 'http' : 'https'}://${host}`).origin;
}

/** Whether the CLI speaks as we do to a registry only with `--insecure-registry`: by itself it takes plain HTTP for `localhost` with a port. */
export function needsInsecureFlag({ host, insecure }: Pick<RegistryAddress, 'host' | 'insecure'>): boolean {
  return insecure && !isPlainHttp(host, 'auto', []);
}

/**
 * Whether a registry is spoken to over plain HTTP. `auto` is the reference implementation's rule: `localhost` with a port, and hosts
 * listed in `insecureRegistries` of Notation's `config.json`, compared whole and without regard to case. There is no fall back.
 */
export function isPlainHttp(host: string, choice: PlainHttpChoice, insecureRegistries: readonly string[]): boolean {
  if (choice !== 'auto') return choice === 'always';
  return (
    host.startsWith('localhost:') || insecureRegistries.some((entry) => entry.toLowerCase() === host.toLowerCase())
  );
}

function ipv4Parts(hostname: string): number[] | undefined {
  const parts = hostname.split('.');
  if (parts.length !== 4 || parts.some((part) => part.length < 1 || part.length > 3 || !Number.isInteger(Number(part))))
    return undefined;
  return parts.map(Number);
}

/** Whether a host name of a parsed URL is this machine. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || ipv4Parts(name)?.[0] === 127;
}

/** Whether a host name of a parsed URL is this machine or an address literal that is not of the public network. */
export function isInternal(hostname: string): boolean {
  if (isLoopback(hostname)) return true;
  if (hostname.startsWith('['))
    return ['[::', '[fc', '[fd', '[fe8', '[fe9', '[fea', '[feb', '[64:ff9b:'].some((prefix) =>
      hostname.startsWith(prefix),
    );
  const parts = ipv4Parts(hostname);
  if (!parts) return false;
  const [first = 0, second = 0] = parts;
  if (first === 0 || first === 10 || first >= 224) return true;
  if (first === 100) return second >= 64 && second <= 127;
  if (first === 172) return second >= 16 && second <= 31;
  return (first === 169 && second === 254) || (first === 192 && second === 168);
}

/** Whether a server on one host may send us to another: never from outside into this machine or its network (rule V-12). */
export function mayLeadTo(from: URL, to: URL): boolean {
  if (!isInternal(to.hostname) || to.hostname === from.hostname) return true;
  return isLoopback(to.hostname) && isLoopback(from.hostname);
}
