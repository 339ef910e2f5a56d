/** Where a request comes from, as far as that can be believed. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Tells the address that a request is counted under. */
export type AddressOf = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string;

const versionOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** As itself when it is an IPv4 address in IPv6's clothes. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');

/** Eight groups of an IPv6 address. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  if (tail === undefined) return left;
  const right = tail === '' ? [] : tail.split(':');
  return [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
}

/** An IPv6 client has a /64 to choose from: all of it counts as one address. */
function countedAs(address: string): string {
  if (isIP(address) !== 6) return address;
  const network = groupsOf(address).slice(0, 4);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

function readNetworks(entries: readonly string[]): BlockList {
  const networks = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const version = versionOf(address);
    if (bits === undefined) networks.addAddress(address, version);
    else networks.addSubnet(address, Number(bits), version);
  }
  return networks;
}

/**
 * `X-Forwarded-For` is believed only from the proxies that the operator names, and only as far as the first address, from
 * the right, that is none of them: whatever stands further left the client may have written itself.
 */
export function createAddressOf(trustedProxies: readonly string[]): AddressOf {
  const trusted = readNetworks(trustedProxies);
  const isTrusted = (address: string): boolean =>
    isIP(address) !== 0 && trusted.check(address, versionOf(address));
  return ({ headers, socket }) => {
    let address = plain(socket.remoteAddress ?? '');
    const header = headers['x-forwarded-for'];
    const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',');
    while (isTrusted(address) && hops.length > 0) {
      const hop = plain(hops.pop()!.trim());
      if (isIP(hop) === 0) break;
      address = hop;
    }
    return countedAs(address);
  };
}
