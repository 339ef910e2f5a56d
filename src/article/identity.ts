/** What makes two items one article: the address without what does not belong to it, and the text without its typography. */
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { resolveWebUrl } from './resolve.ts';

/** Query parameters that say where a reader came from, never what is read. Those ending in "*" are prefixes. */
const TRACKING = [
  'utm_*',
  'at_*',
  'mtm_*',
  'pk_*',
  'piwik_*',
  'matomo_*',
  'hsa_*',
  'stm_*',
  'wt_*',
  'wt.*',
  'ns_*',
  '_hs*',
  'hscta*',
  'vero_*',
  'oly_*',
  'trk_*',
  'itm_*',
  'fb_*',
  'xtor',
  'xtref',
  'xtmc',
  'xtcr',
  'xtatc',
  'xtnp2',
  'fbclid',
  'gclid',
  'gclsrc',
  'dclid',
  'gbraid',
  'wbraid',
  'msclkid',
  'yclid',
  'twclid',
  'ttclid',
  'li_fat_id',
  'igshid',
  'igsh',
  'mc_cid',
  'mc_eid',
  'mkt_tok',
  '_ga',
  '_gl',
  '_gac',
  '_openstat',
  'srsltid',
  'cmpid',
  'cmp',
  'ncid',
  'icid',
  's_kwcid',
  's_cid',
  'ito',
  'spm',
  'guccounter',
  'guce_referrer',
  'guce_referrer_sig',
  'm_bt',
  'ref_src',
  'ref_url',
  'referrer',
  'sr_share',
  'share',
  'echobox',
  'dicbo',
  'origine',
  'sfnsn',
  'mibextid',
  'rss',
  'phpsessid',
  'jsessionid',
  'amp',
  'outputtype',
  'isamp',
  'print',
];
const TRACKING_NAMES = new Set(TRACKING.filter((name) => !name.endsWith('*')));
const TRACKING_PREFIXES = TRACKING.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
/** Parameters that mean something on some sites, unless their value gives them away. */
const SUSPECTS = new Set(['ref', 'source', 'src', 'from', 'via', 'origin', 'feature', 'campaign', 'medium']);
const GIVEAWAYS =
  /^(rss|feed|atom|flux|xml|twitter|x|facebook|linkedin|whatsapp|telegram|email|mail|newsletter|nl|social|share|google|gnews|googlenews|home|homepage|app|push)([-_].*)?$/i;

/**
 * The address under which an article is known. Null when `url` is no http(s) address.
 *
 * Gone are: credentials, fragment, default port, a final dot of the host, tracking parameters, session ids, empty parameters' "?",
 * doubled, trailing and index-file slashes, AMP forms (Google's viewer and cache, `amp.` hosts, `/amp/` first or last, `.amp.html`),
 * and Google's and Facebook's click counters around an address. Kept are `www.`, the order of parameters and the case of the path:
 * sites differ by them. `http` becomes `https` on the default port of a domain name, because feeds mix the two for one article; not for
 * addresses, `localhost` and other names without a dot, nor where a port is given.
 */
export function canonicalUrl(url: string, base?: string): string | null {
  const absolute = resolveWebUrl(url, base ?? null);
  if (absolute === null) return null;
  const parsed = unwrapped(new URL(absolute));
  parsed.username = '';
  parsed.password = '';
  parsed.hash = '';
  if (parsed.hostname.endsWith('.')) parsed.hostname = parsed.hostname.slice(0, -1);
  if (parsed.protocol === 'http:' && parsed.port === '' && isDomain(parsed.hostname))
    parsed.protocol = 'https:';
  const amp = /^amp\.(?=[^.]+\.)/.exec(parsed.hostname);
  if (amp !== null) parsed.hostname = `www.${parsed.hostname.slice(4)}`;
  parsed.pathname = cleanPath(parsed.pathname);
  parsed.search = cleanQuery(parsed.search);
  return parsed.href;
}

/** An item of a feed with what it is known by. */
export interface IdentifiedItem<Item> {
  readonly item: Item;
  /** Within its feed: its guid, or its address where it has none of its own. */
  readonly guid: string;
  /** Canonical. */
  readonly url: string;
}

/**
 * The items of a feed that can be told apart. A guid that stands in items of several addresses (the site's address, say) identifies
 * none of them. Left out are items without an address, and all but the first of those with one identity: feeds list the newest first.
 */
export function identifyItems<Item extends { readonly guid: string | null; readonly url: string | null }>(
  items: readonly Item[],
): IdentifiedItem<Item>[] {
  const addressed = items.flatMap((item) => {
    const url = item.url === null ? null : canonicalUrl(item.url);
    return url === null ? [] : [{ item, url }];
  });
  const owners = new Map<string, string>();
  const shared = new Set<string>();
  for (const { item, url } of addressed) {
    if (item.guid === null) continue;
    const owner = owners.get(item.guid);
    if (owner === undefined) owners.set(item.guid, url);
    else if (owner !== url) shared.add(item.guid);
  }
  const identified = new Map<string, IdentifiedItem<Item>>();
  for (const { item, url } of addressed) {
    const guid = item.guid === null || shared.has(item.guid) ? url : item.guid;
    if (!identified.has(guid)) identified.set(guid, { item, guid, url });
  }
  return [...identified.values()];
}

/** The address inside a viewer's or click counter's address. */
function unwrapped(url: URL): URL {
  let inner: string | null = null;
  if (/(^|\.)google\.[a-z.]{2,6}$/.test(url.hostname)) {
    const amp = /^\/amp\/(s\/)?([^/]+\.[^/]+.*)$/.exec(url.pathname);
    if (amp !== null) inner = `${amp[1] === undefined ? 'http' : 'https'}://${amp[2]}${url.search}`;
    else if (url.pathname === '/url') inner = url.searchParams.get('url') ?? url.searchParams.get('q');
  } else if (url.hostname.endsWith('.cdn.ampproject.org')) {
    const amp = /^\/[cv]\/(s\/)?([^/]+\.[^/]+.*)$/.exec(url.pathname);
    if (amp !== null) inner = `${amp[1] === undefined ? 'http' : 'https'}://${amp[2]}${url.search}`;
  } else if (/^lm?\.facebook\.com$/.test(url.hostname) && url.pathname === '/l.php') {
    inner = url.searchParams.get('u');
  }
  const target = resolveWebUrl(inner, null);
  return target === null ? url : new URL(target);
}

function isDomain(host: string): boolean {
  return (
    isIP(host) === 0 &&
    !host.startsWith('[') &&
    /\.[a-z][a-z0-9-]+$/.test(host) &&
    !/\.(localhost|local|test|internal|invalid|example|onion)$/.test(host)
  );
}

function cleanPath(path: string): string {
  const parts = plainEscapes(path)
    .replace(/;jsessionid=[^/?]*/i, '')
    .split('/')
    .filter((part) => part !== '');
  if (parts[0]?.toLowerCase() === 'amp' && parts.length > 1) parts.shift();
  if (parts[parts.length - 1]?.toLowerCase() === 'amp' && parts.length > 1) parts.pop();
  const last = parts.pop();
  if (last !== undefined && !/^(index|default)\.(html?|php|aspx?)$/i.test(last)) {
    parts.push(last.replace(/\.amp(?=\.html?$)|\.amp$/i, '').replace(/(%20|\s)+$/i, ''));
  }
  return `/${parts.join('/')}`;
}

/** Escapes in capitals, and none for characters that need none (RFC 3986 §6.2.2). */
function plainEscapes(path: string): string {
  return path.replace(/%[0-9a-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : code.toUpperCase();
  });
}

function cleanQuery(search: string): string {
  const kept = search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !isTracking(pair));
  return kept.length === 0 ? '' : `?${plainEscapes(kept.join('&'))}`;
}

function isTracking(pair: string): boolean {
  const equals = pair.indexOf('=');
  const name = (equals < 0 ? pair : pair.slice(0, equals)).toLowerCase();
  if (TRACKING_NAMES.has(name) || TRACKING_PREFIXES.some((prefix) => name.startsWith(prefix))) return true;
  return SUSPECTS.has(name) && equals >= 0 && GIVEAWAYS.test(pair.slice(equals + 1));
}

/**
 * A hash of what an article says. White space, kinds of spaces, quotation marks, apostrophes, dashes and ligatures do not count: a site
 * that curls its quotes has not revised its articles. Case and accents do.
 */
export function contentHash(title: string, text: string): string {
  return createHash('sha256')
    .update(`${normalised(title)}\n${normalised(text)}`)
    .digest('base64url')
    .slice(0, 32);
}

/** Text with its typography levelled. */
export function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`]/g, "'")
    .replace(/\s*["\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]\s*/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/œ/g, 'oe')
    .replace(/Œ/g, 'OE')
    .replace(/\s+/g, ' ')
    .trim();
}
