/**
 * Which addresses a request may go to. Public unicast addresses only; whatever else an operator needs (a press on the loopback,
 * an intranet) is allowed by name, host by host.
 */
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/** Decides on hosts before DNS and on addresses after it. */
export interface AddressGuard {
  /** True when the operator named this host; its addresses are then not questioned. */
  allowsHost(host: string, port: number): boolean;
  /** True for a public unicast address, or one the operator allowed. */
  allowsAddress(address: string, port: number): boolean;
}

/** IANA's IPv4 special-purpose registry: everything that is not the public internet. */
const FORBIDDEN_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Parts of 2000::/3 that are not the public internet: Teredo and other IETF protocols, documentation, 6to4, SRv6. */
const FORBIDDEN_IPV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const forbidden4 = new BlockList();
for (const [network, bits] of FORBIDDEN_IPV4) forbidden4.addSubnet(network, bits, 'ipv4');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const forbidden6 = new BlockList();
for (const [network, bits] of FORBIDDEN_IPV6) forbidden6.addSubnet(network, bits, 'ipv6');
/** IPv6 forms that carry an IPv4 address in their last 32 bits: mapped (RFC 4291) and NAT64's well-known prefix (RFC 6052). */
const embeds4 = new BlockList();
embeds4.addSubnet('64:ff9b::', 96, 'ipv6');

/** True for an address of the public unicast internet. An address embedded in an IPv6 form counts as itself. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !forbidden4.check(address, 'ipv4');
  // A zone ("fe80::1%eth0") only exists on local links.
  if (!isIPv6(address) || address.includes('%')) return false;
  const groups = ipv6Groups(address);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped || embeds4.check(address, 'ipv6')) {
    const [high = 0, low = 0] = groups.slice(6);
    return !forbidden4.check(`${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`, 'ipv4');
  }
  return global6.check(address, 'ipv6') && !forbidden6.check(address, 'ipv6');
}

/** The eight 16-bit groups of a valid IPv6 address. */
function ipv6Groups(address: string): number[] {
  const text = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? [] : new Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...gap, ...right].map((group) => Number.parseInt(group, 16));
}

/**
 * Builds the guard from `VIGIE_ALLOW_HOSTS`' entries: a host name, an address, either with a port, or a network in CIDR form
 * (`press.test`, `127.0.0.1`, `127.0.0.1:8090`, `[::1]:8090`, `10.0.0.0/8`). Throws on an entry of another form.
 */
export function createGuard(allowHosts: readonly string[]): AddressGuard {
  const names = new Set<string>();
  const networks = new BlockList();
  for (const entry of allowHosts) addEntry(entry.trim().toLowerCase(), names, networks);
  const named = (host: string, port: number) => names.has(host) || names.has(`${host}:${port}`);
  return {
    allowsHost: (host, port) => named(bare(host), port),
    allowsAddress(address, port) {
      const family = isIP(address);
      if (family === 0) return false;
      return (
        isPublicAddress(address) ||
        named(address, port) ||
        networks.check(address, family === 4 ? 'ipv4' : 'ipv6')
      );
    },
  };
}

/** A host without IPv6's brackets and without the root's dot, in lower case. */
function bare(host: string): string {
  const inner = host.startsWith('[') ? host.slice(1, -1) : host;
  return (inner.endsWith('.') ? inner.slice(0, -1) : inner).toLowerCase();
}

function addEntry(entry: string, names: Set<string>, networks: BlockList): void {
  const cidr = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(entry);
  if (cidr?.[1] !== undefined && isIP(cidr[1]) !== 0) {
    const family = isIPv4(cidr[1]) ? 'ipv4' : 'ipv6';
    if (Number(cidr[2]) <= (family === 'ipv4' ? 32 : 128)) {
      networks.addSubnet(cidr[1], Number(cidr[2]), family);
      return;
    }
  }
  if (isIPv6(entry)) {
    names.add(entry);
    return;
  }
  const host = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(\d{1,5}))?$/.exec(entry);
  if (host?.[1] === undefined)
    throw new Error(`document: "${entry}" is no host, host:port or network (VIGIE_ALLOW_HOSTS)`);
  names.add(host[2] === undefined ? bare(host[1]) : `${bare(host[1])}:${Number(host[2])}`);
}
