import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { HttpFailure } from '../domain/ports.ts';

/** What only this machine or its network can reach, or nobody (special-purpose address registries, RFC 6890). */
const notPublic = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  notPublic.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  notPublic.addSubnet(net, prefix, 'ipv6');

/**
 * Whether an address is one that anyone can reach. IPv4 addresses inside IPv6 ones are judged as such where they are mapped;
 * where they are translated or tunnelled (RFC 6052, RFC 3056) they are refused.
 */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  return !notPublic.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

function refusal(host: string): HttpFailure {
  return new HttpFailure('privateAddress', `${host.slice(0, 253)} is no public address`);
}

/** Refuses a host that is an address and no public one. @throws HttpFailure `privateAddress` */
function assertPublicLiteral(host: string): void {
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw refusal(host);
}

/** A name's addresses, without those that are not public: what is connected to is what was looked at (DNS rebinding). */
export const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) {
      callback(error, '', 4);
      return;
    }
    const addresses = found.filter(({ address }) => isPublicAddress(address));
    const [first] = addresses;
    if (first === undefined) callback(refusal(hostname), '', 4);
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/**
 * Refuses a URL whose host is an address and no public one. Names are looked at when they are connected to; a proxy connects by
 * itself, so that for one a name is looked up here as well as it can be.
 *
 * @throws HttpFailure `privateAddress`
 */
export async function assertPublicHost(url: URL, isProxied: boolean): Promise<void> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  assertPublicLiteral(host);
  if (!isProxied || isIP(host) !== 0) return;
  await new Promise<void>((resolve, reject) => {
    lookUpPublic(host, { all: true }, (error) => {
      if (error instanceof HttpFailure) reject(error);
      else resolve();
    });
  });
}
