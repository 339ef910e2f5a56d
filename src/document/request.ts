/** What is asked for, and the rules an address must keep before anything is sent. */

/** A feed is read by the poller; a page is an article's, asked for only where robots.txt allows it. */
export type DocumentKind = 'FEED' | 'PAGE';

/** One polite GET. */
export interface DocumentRequest {
  readonly url: string;
  readonly kind: DocumentKind;
  /** Validators of the copy that was parsed and saved; null or absent asks for the whole document. */
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  /** Replaces the `Accept` header that the kind implies. */
  readonly accept?: string;
  /** Lowers the cap on compressed and on decoded bytes for this request. */
  readonly maxBytes?: number;
  /** Milliseconds in all, what is waited for robots.txt and for a place at the host included; it has then timed out. */
  readonly withinMs?: number;
  readonly signal?: AbortSignal;
}

/** `Accept` by kind: feeds first, but whatever a server has is better than its 406. */
export const ACCEPT: Readonly<Record<DocumentKind, string>> = {
  FEED: 'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5',
  PAGE: 'text/html, application/xhtml+xml, */*;q=0.5',
};

/** Longest URL that is followed, in characters. */
const MAX_URL_LENGTH = 4096;

/** A URL that may be asked for, or why it may not. */
export type CheckedUrl =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly message: string };

/** Reads a URL and refuses what is no plain http(s) address. The fragment is dropped; `base` resolves a redirect's `Location`. */
export function checkUrl(text: string, base?: URL): CheckedUrl {
  if (text.length > MAX_URL_LENGTH) return refused(`the address is longer than ${MAX_URL_LENGTH} characters`);
  const url = URL.parse(text.trim(), base?.href);
  if (url === null) return refused(`"${text.slice(0, 200)}" is no address`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return refused(`only http and https are read, not ${url.protocol}`);
  if (url.username !== '' || url.password !== '')
    return refused('an address may not carry a user name or password');
  url.hash = '';
  return { ok: true, url };
}

function refused(reason: string): CheckedUrl {
  return { ok: false, message: reason };
}
