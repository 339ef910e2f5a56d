/** Lists of feeds in OPML 1.0 and 2.0, in and out. */
import { Parser } from 'htmlparser2';

/** One feed of a list. */
export interface OpmlFeed {
  readonly title: string;
  readonly url: string;
  readonly siteUrl: string | null;
  /** The folders it stands in, outermost first, then its own categories. */
  readonly topics: readonly string[];
}

export type OpmlReading =
  | {
      readonly ok: true;
      readonly feeds: readonly OpmlFeed[];
      /** Entries left out and why, in plain words; at most `PROBLEMS_MAX`, that the list was cut before all others. */
      readonly problems: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

/** UTF-16 code units of a list. */
const MAX_LENGTH = 5_000_000;
/** Feeds that are read of a list; the rest is left out. */
export const FEEDS_MAX = 10_000;
/** Problems that are told of a list. */
export const PROBLEMS_MAX = 100;
/** Outlines within outlines. */
const MAX_DEPTH = 32;
/** Of a name, and of a topic. */
const MAX_TEXT = 200;
const MAX_TOPIC = 50;
const MAX_TOPICS = 20;

/** Thrown within the parser to end it; never leaves this file. */
class TooDeepError extends Error {
  override readonly name = 'TooDeepError';
}

/** Reads a list. Ill-formed XML is read as far as it goes; the same address twice counts once. */
export function parseOpml(text: string): OpmlReading {
  if (text.length > MAX_LENGTH)
    return { ok: false, message: `opml: the list exceeds ${MAX_LENGTH} characters` };
  const feeds = new Map<string, OpmlFeed>();
  const problems: string[] = [];
  const folders: (string | null)[] = [];
  let isOpml = false;
  let isCut = false;
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > MAX_DEPTH + 3) throw new TooDeepError();
        const tag = name.toLowerCase();
        if (tag === 'opml') isOpml = true;
        if (tag !== 'outline' || !isOpml) return;
        const read = attributeReader(attributes);
        const url = read('xmlurl');
        folders.push(url === '' ? collapse(read('text') || read('title')) || null : null);
        if (url !== '') addFeed(read, url);
      },
      onclosetag(name) {
        depth -= 1;
        if (name.toLowerCase() === 'outline') folders.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  try {
    parser.end(text.replace(/^\ufeff/, ''));
  } catch (error) {
    if (!(error instanceof TooDeepError)) throw error;
    return { ok: false, message: `opml: the list is nested deeper than ${MAX_DEPTH} outlines` };
  }
  if (!isOpml) return { ok: false, message: 'opml: the document is no OPML list of feeds' };
  if (isCut) problems.unshift(`only the first ${FEEDS_MAX} feeds are read`);
  return { ok: true, feeds: [...feeds.values()], problems: problems.slice(0, PROBLEMS_MAX) };

  function addFeed(read: (name: string) => string, written: string): void {
    const url = webAddress(written);
    const title = collapse(read('title') || read('text'));
    if (url === null) {
      const problem = `"${written.slice(0, 100)}" is no http or https address`;
      if (problems.length < PROBLEMS_MAX && !problems.includes(problem)) problems.push(problem);
      return;
    }
    if (feeds.has(url)) return;
    if (feeds.size >= FEEDS_MAX) {
      isCut = true;
      return;
    }
    const categories = read('category')
      .split(',', 50)
      .map((category) => collapse(category.replaceAll('/', ' ')));
    const topics = [...folders.filter((folder) => folder !== null), ...categories].filter(
      (topic) => topic !== '',
    );
    feeds.set(url, {
      title: title || new URL(url).hostname.replace(/^www\./, ''),
      url,
      siteUrl: webAddress(read('htmlurl')),
      topics: [...new Set(topics.map((topic) => topic.slice(0, MAX_TOPIC).trim()))].slice(0, MAX_TOPICS),
    });
  }
}

/** Attributes by name, whatever their case: lists in the wild write xmlurl, xmlURL and xmlUrl. */
function attributeReader(attributes: Readonly<Record<string, string>>): (name: string) => string {
  const byName = new Map(Object.entries(attributes).map(([key, value]) => [key.toLowerCase(), value]));
  return (name) => byName.get(name)?.trim() ?? '';
}

function webAddress(text: string): string | null {
  const url =
    text.length > 4_096
      ? null
      : URL.parse(text.replace(/^feed:(\/\/)?(?=https?:)/, '').replace(/^feed:/, 'http:'));
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return null;
  url.hash = '';
  return url.href;
}

function collapse(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_TEXT);
}

/** Writes a list, flat, with topics as categories: what `parseOpml` reads back. */
export function formatOpml(feeds: readonly OpmlFeed[], title: string): string {
  const outlines = feeds.map(({ title: name, url, siteUrl, topics }) => {
    const attributes = [
      ['type', 'rss'],
      ['text', name],
      ['title', name],
      ['xmlUrl', url],
      ...(siteUrl === null ? [] : [['htmlUrl', siteUrl]]),
      ...(topics.length === 0
        ? []
        : [['category', topics.map((topic) => topic.replaceAll(',', ' ')).join(',')]]),
    ];
    return `    <outline ${attributes.map(([key, value]) => `${key}="${escapeXml(value ?? '')}"`).join(' ')}/>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>${escapeXml(title)}</title></head>
  <body>
${outlines.join('\n')}
  </body>
</opml>
`;
}

function escapeXml(text: string): string {
  return text
    .replace(/[\p{Cc}\ufffe\uffff]/gu, ' ')
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
