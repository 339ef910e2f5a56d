/** The body of an article: HTML that is safe to show, text that is good to read, and the article taken out of its page. */
import { Readability } from '@mozilla/readability';
import { Parser } from 'htmlparser2';
import { parseHTML } from 'linkedom';
import sanitize from 'sanitize-html';
import { parseDate } from './date.ts';
import { boundHtml, withoutBallast } from './html-bounds.ts';
import { dropBoilerplate, isBoilerplateLine, isConsent, isMostlyLinks } from './page-boilerplate.ts';
import { type PageFacts, readPageFacts } from './page-facts.ts';
import { collapse } from './plain-text.ts';
import { resolveUrl, resolveWebUrl } from './resolve.ts';

const TAGS =
  'p br h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote q cite em strong b i u s sub sup small code pre a img figure figcaption table caption thead tbody tfoot tr th td hr abbr time mark del ins div span section article'.split(
    ' ',
  );

/** Elements that go with all their content. */
const GONE =
  'script style noscript template iframe object embed svg math textarea option select button form input audio video canvas title'.split(
    ' ',
  );

/**
 * HTML that may be stored and served: text-level markup, links and pictures only; addresses absolute and http(s) (links also mailto);
 * no styles, scripts, forms, frames or tracking pixels. Anything may be passed in; at most `MAX_HTML` of it is read.
 */
export function sanitizeHtml(html: string, baseUrl: string): string {
  return sanitize(boundHtml(html), {
    allowedTags: TAGS,
    nonTextTags: GONE,
    allowedAttributes: {
      '*': ['lang', 'dir'],
      a: ['href', 'title', 'rel'],
      img: ['src', 'alt', 'title', 'width', 'height', 'loading'],
      blockquote: ['cite'],
      q: ['cite'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan', 'scope'],
      time: ['datetime'],
      abbr: ['title'],
      ol: ['start'],
    },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesByTag: { img: ['http', 'https'] },
    allowProtocolRelative: false,
    transformTags: {
      a: (tagName, attribs) => {
        const { href, ...others } = attribs;
        const url = resolveUrl(href ?? null, baseUrl);
        return {
          tagName,
          attribs: { ...others, ...(url === null ? {} : { href: url }), rel: 'noopener noreferrer nofollow' },
        };
      },
      img: (tagName, attribs) => {
        const { src, ...others } = attribs;
        // Pictures that load when scrolled to keep their address elsewhere.
        const url = resolveWebUrl(attribs['data-src'] ?? attribs['data-lazy-src'] ?? src ?? null, baseUrl);
        return { tagName, attribs: { ...others, ...(url === null ? {} : { src: url }), loading: 'lazy' } };
      },
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && (attribs.src === undefined || isPixel(attribs)),
  }).trim();
}

function isPixel(attributes: Readonly<Record<string, string>>): boolean {
  return /^[01](px)?$/.test(attributes.width ?? '') || /^[01](px)?$/.test(attributes.height ?? '');
}

/** Elements whose content is no text of the article. */
const SILENT = new Set(
  'script style noscript template iframe object embed svg math head title select option textarea button audio video canvas map dialog datalist'.split(
    ' ',
  ),
);
/** Elements that stand on lines of their own. */
const BLOCKS = new Set(
  'address article aside blockquote body center details dd dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody tfoot thead tr ul caption'.split(
    ' ',
  ),
);

/**
 * Text of a piece of HTML: blocks, list entries, headings, table rows and `<br>` each on a line, entities decoded, scripts and styles
 * dropped, white space collapsed. No-break spaces stay: French puts them inside amounts and quotation marks. No blank lines. Linear in
 * the size of the input, of which at most `MAX_HTML` is read.
 */
export function htmlToText(html: string): string {
  const lines: string[] = [];
  let line: string[] = [];
  let silent = 0;
  const breakLine = () => {
    if (line.length === 0) return;
    const text = tidy(line.join(''));
    if (text !== '') lines.push(text);
    line = [];
  };
  const parser = new Parser({
    onopentagname(name) {
      if (SILENT.has(name)) silent += 1;
      else if (name === 'br' || BLOCKS.has(name)) breakLine();
      else if (name === 'td' || name === 'th') line.push(' ');
    },
    ontext(text) {
      if (silent === 0) line.push(text);
    },
    onclosetag(name) {
      if (SILENT.has(name)) silent = Math.max(0, silent - 1);
      else if (BLOCKS.has(name)) breakLine();
    },
  });
  parser.end(boundHtml(html));
  breakLine();
  return lines.join('\n');
}

/** The text of an article's HTML, without the lines that belong to its site ("Lire aussi : …"). */
export function articleText(html: string): string {
  return htmlToText(html)
    .split('\n')
    .filter((line) => !isBoilerplateLine(line))
    .join('\n');
}

/** Collapses white space but for no-break spaces, and drops what has no width. */
function tidy(text: string): string {
  return text
    .replace(/[\u00ad\u200b\u2060\ufeff\ufdd0-\ufdef]/g, '')
    .replace(/[^\S\u00a0\u202f\u2007]+|(?![\n\t])\p{Cc}+/gu, ' ')
    .replace(/^[\s\u00a0]+|[\s\u00a0]+$/g, '');
}

/** What a page gives. */
export interface ExtractedPage {
  readonly title: string;
  /** Plain text, a paragraph a line. */
  readonly text: string;
  /** Sanitised HTML. */
  readonly html: string;
  readonly byline: string | null;
  readonly siteName: string | null;
  readonly canonicalUrl: string | null;
  readonly publishedAt: Date | null;
  readonly language: string | null;
  /** Only part of the article is free to read; the text is what was there. */
  readonly paywalled: boolean;
}

/** Pages with more elements than this are lists, archives or hostile. */
const MAX_ELEMENTS = 30_000;
/** Shorter finds are a teaser, a cookie wall or a caption. */
const MIN_TEXT = 140;

/**
 * Takes the article out of a page. Navigation, related articles, newsletter boxes, share buttons and comments are left behind. Null when
 * there is no article in it. `url` is where the page was found.
 */
export function extractPage(html: string, url: string): ExtractedPage | null {
  const bounded = boundHtml(withoutBallast(html));
  if ((bounded.match(/<[a-z]/gi)?.length ?? 0) > MAX_ELEMENTS) return null;
  const { document } = parseHTML(bounded);
  if (document.documentElement === null || document.querySelector('body') === null) return null;
  const facts = readPageFacts(document);
  dropBoilerplate(document);
  const found = new Readability(document, { charThreshold: 250, maxElemsToParse: MAX_ELEMENTS }).parse();
  if (found === null) return null;
  const content = sanitizeHtml(found.content ?? '', url);
  if (isMostlyLinks(content)) return null;
  const title = facts.title ?? collapse(found.title ?? '');
  const lines = articleText(content).split('\n');
  // The page's own heading is the title, not the first paragraph.
  if (lines[0] !== undefined && collapse(lines[0]) === title) lines.shift();
  const text = lines.join('\n');
  if (text.length < MIN_TEXT || isConsent(lines)) return null;
  return {
    title,
    text,
    html: content,
    byline: byline(facts, found.byline ?? null),
    siteName: facts.siteName ?? (collapse(found.siteName ?? '') || null),
    canonicalUrl: resolveWebUrl(facts.canonical, url),
    publishedAt: parseDate(facts.published ?? found.publishedTime ?? '', 'Europe/Paris'),
    language: facts.language,
    paywalled: facts.paywalled,
  };
}

function byline(facts: PageFacts, found: string | null): string | null {
  const text = collapse(facts.author ?? found ?? '')
    .replace(/^par\s+/i, '')
    .slice(0, 300);
  return text === '' ? null : text;
}
