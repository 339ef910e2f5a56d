/**
 * rss-parser, held to what it does well: it recognises the root, reads the XML and hands out channel and items. Its own fields are not
 * used (they lose most namespaces, XHTML, and a whole feed to one bad date); ours are taken from the tree. Between its tokenizer and its
 * tree stands `guide`, which
 *  - gives every element its canonical name, whatever prefix the feed declares,
 *  - keeps markup inside a text field as source, instead of a tree that has lost the order of its nodes,
 *  - gives it a condensed document and puts text and names back,
 *  - ends the parse at the first syntax error, and leaves out items beyond the limit.
 */
import Parser from 'rss-parser';
import { CondensedDocument } from './condensed.ts';
import { type NamespaceScope, NamespaceScope as Scope } from './namespaces.ts';
import { FEED_LIMITS } from './parsed-feed.ts';
import { markupToHtml } from './xhtml.ts';
import { child, children, MARKUP_MARK, type XmlNode } from './xml-node.ts';

/** A feed as a tree: the element that describes it, and its items. */
export interface XmlFeed {
  readonly kind: 'ATOM' | 'RSS' | 'RDF';
  readonly root: XmlNode;
  readonly channel: XmlNode;
  readonly items: readonly XmlNode[];
  /** Items beyond the limit were left out. */
  readonly cut: boolean;
}

export type XmlReading =
  | { readonly ok: true; readonly feed: XmlFeed }
  /** `wellFormed`: the XML is in order, but it is no feed. */
  | { readonly ok: false; readonly wellFormed: boolean; readonly message: string };

/** Fields that hold text or HTML; elements within them are markup, not fields. */
const TEXT_FIELDS = new Set([
  'title',
  'description',
  'summary',
  'subtitle',
  'tagline',
  'content',
  'content:encoded',
  'info',
  'rights',
  'copyright',
  'fullitem',
  'xhtml:body',
  'xhtml:div',
  'atom:title',
  'atom:summary',
  'atom:content',
  'atom:subtitle',
  'atom:rights',
  'dc:title',
  'dc:description',
  'itunes:summary',
  'itunes:subtitle',
  'media:description',
  'media:title',
]);

/** The tokenizer under rss-parser's XML reader; the part of its surface that `guide` uses. */
interface Tokenizer {
  readonly position: number;
  readonly startTagPosition: number;
  onopentag(node: TokenizerTag): void;
  onclosetag(name: string): void;
  ontext(text: string): void;
  oncdata(text: string): void;
  onerror(error: Error): void;
}

interface TokenizerTag {
  readonly name: string;
  attributes: Record<string, string>;
}

type Tree = Readonly<Record<string, XmlNode>>;

/** rss-parser with its field code replaced by a note of where channel and items are. */
class TreeParser extends Parser {
  declare readonly xmlParser: {
    readonly saxParser: Tokenizer;
    on(event: 'error', listener: (error: Error) => void): void;
  };
  found: Omit<XmlFeed, 'cut'> | null = null;
  isEntry = false;

  buildAtomFeed(tree: Tree) {
    const root = tree.feed ?? '';
    // A document may be a single entry (RFC 4287 §2).
    if (this.isEntry) return this.#note('ATOM', '', '', [root]);
    return this.#note('ATOM', root, root, children(root, 'entry'));
  }

  buildRSS1(tree: Tree) {
    const root = tree['rdf:RDF'] ?? '';
    const channel = child(root, 'channel') ?? '';
    return this.#note('RDF', root, channel, [...children(root, 'item'), ...children(channel, 'item')]);
  }

  buildRSS2(tree: Tree) {
    const root = tree.rss ?? '';
    // Some feeds have several channels, some none.
    const channels = children(root, 'channel');
    const items = [...channels.flatMap((channel) => children(channel, 'item')), ...children(root, 'item')];
    return this.#note('RSS', root, channels[0] ?? root, items);
  }

  buildRSS0_9(tree: Tree) {
    return this.buildRSS2(tree);
  }

  #note(kind: XmlFeed['kind'], root: XmlNode, channel: XmlNode, items: readonly XmlNode[]) {
    const nested = kind === 'ATOM' ? 'entry' : 'item';
    // An item that was opened within another one is an item all the same.
    const all = items.flatMap((item) => [item, ...children(item, nested)]);
    this.found = { kind, root, channel, items: all };
    return { items: [] };
  }
}

/** Reads well-formed XML into a feed's tree. `text` begins with "<", after any byte order mark. */
export function readXmlFeed(text: string): XmlReading {
  let name = '';
  const parser = new TreeParser({
    defaultRSS: 2,
    xml2js: { tagNameProcessors: [() => name], attrNameProcessors: [(key: string) => key.toLowerCase()] },
  });
  let failure: Error | null = null;
  parser.xmlParser.on('error', (error) => {
    failure = error;
  });
  const document = CondensedDocument.from(text);
  const guided = guide(parser.xmlParser.saxParser, document, (canonical, isEntry) => {
    name = canonical;
    parser.isEntry ||= isEntry;
  });
  // The tree is built before parseString returns; its promise would only repeat what was noted on the way.
  parser.parseString(document.source).catch(ignore);
  const error = failure as Error | null;
  if (parser.found !== null)
    return { ok: true, feed: { ...parser.found, cut: guided.items > FEED_LIMITS.items } };
  if (error !== null) return { ok: false, wellFormed: false, message: firstLine(error.message) };
  return { ok: false, wellFormed: true, message: 'no RSS, RDF or Atom root' };
}

/** Outside of `readXmlFeed`, so that a promise that waits for its turn does not hold on to a whole document. */
function ignore(): void {}

function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? '').slice(0, 200);
}

/** Names under which rss-parser knows the roots. */
const ROOTS: Readonly<Record<string, string>> = {
  feed: 'feed',
  entry: 'feed',
  rss: 'rss',
  channel: 'rss',
  rdf: 'rdf:RDF',
};

interface Open {
  readonly scope: NamespaceScope;
  /** Where the element's content begins in the source. */
  readonly start: number;
  readonly isText: boolean;
}

/**
 * Stands between tokenizer and tree; `rename` sets the name under which the next element enters the tree. What it returns counts the
 * items as they come.
 */
function guide(
  tokenizer: Tokenizer,
  document: CondensedDocument,
  rename: (name: string, isEntry: boolean) => void,
): { readonly items: number } {
  const { onopentag, onclosetag, ontext } = tokenizer;
  const stack: Open[] = [];
  let top: Open | null = null;
  let text = '';
  /** Elements open inside a text field, or below the depth limit: they do not enter the tree. */
  let aside = 0;
  let deepest = 0;
  const seen = { items: 0 };

  tokenizer.onerror = (error) => {
    throw error;
  };
  tokenizer.onopentag = (node) => {
    if (aside > 0 || top?.isText === true || stack.length >= FEED_LIMITS.depth) {
      aside += 1;
      if (aside > deepest) deepest = aside;
      return;
    }
    const scope = scopeWithin(node, top?.scope ?? Scope.empty);
    if (top === null) {
      const written = document.nameOf(node.name);
      const home = scope.atHome(written);
      const local = written.slice(written.indexOf(':') + 1).toLowerCase();
      rename(ROOTS[local] ?? local, local === 'entry');
      top = { scope: home, start: 0, isText: false };
    } else {
      const name = scope.canonical(document.nameOf(node.name));
      if (name === 'item' || name === 'entry') {
        seen.items += 1;
        if (seen.items > FEED_LIMITS.items) {
          aside += 1;
          return;
        }
      }
      rename(name, false);
      const isText = TEXT_FIELDS.has(name);
      top = { scope, start: isText ? tokenizer.position : 0, isText };
    }
    stack.push(top);
    text = '';
    deepest = 0;
    onopentag(node);
  };
  tokenizer.ontext = (piece) => {
    if (aside > 0 || top === null) return;
    if (top.isText) text = text === '' ? piece : text + piece;
    // White space between fields is of no use to anybody.
    else if (!isBlank(piece)) ontext(document.restore(piece));
  };
  tokenizer.oncdata = tokenizer.ontext;
  tokenizer.onclosetag = (name) => {
    if (aside > 0) {
      aside -= 1;
      return;
    }
    const closed = stack.pop();
    if (closed?.isText === true) {
      const value = deepest === 0 ? document.restore(text) : markupOf(closed);
      if (value !== '') ontext(value);
      text = '';
      deepest = 0;
    }
    onclosetag(name);
    top = stack[stack.length - 1] ?? null;
  };

  return seen;

  function markupOf({ start, scope }: Open): string {
    // Nested so deep, it is no text for anybody, and HTML parsers would labour over it.
    if (deepest > FEED_LIMITS.depth) return '';
    const source = document.source.slice(start, tokenizer.startTagPosition - 1);
    return MARKUP_MARK + markupToHtml(source, document, scope);
  }
}

/** The scope within an element. Attributes beyond the limit are dropped on the way. */
function scopeWithin(node: TokenizerTag, outer: NamespaceScope): NamespaceScope {
  let count = 0;
  let declares = false;
  for (const key in node.attributes) {
    count += 1;
    declares ||= key.startsWith('xmlns');
  }
  if (count > FEED_LIMITS.attributes) {
    node.attributes = Object.fromEntries(Object.entries(node.attributes).slice(0, FEED_LIMITS.attributes));
  }
  return declares ? outer.within(node.attributes) : outer;
}

/** True for the white space that stands between elements; looks at no more than 64 characters. */
function isBlank(text: string): boolean {
  if (text.length > 64) return false;
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 32) return false;
  return true;
}
