/**
 * rss-parser, held to what it does well: it recognises the root, reads the XML and hands out channel and items. Its own fields are not
 * used (they lose most namespaces, XHTML, and a whole feed to one bad date); ours are taken from the tree. Between its tokenizer and its
 * tree stands `guide`, which
 *  - gives every element its canonical name, whatever prefix the feed declares,
 *  - keeps markup inside a text field as source, instead of a tree that has lost the order of its nodes,
 *  - carries CDATA sections around the tokenizer, which reads character by character (most of a feed's bytes are in them),
 *  - ends the parse at the first syntax error, and at the limit of items.
 */
import Parser from 'rss-parser';
import { CarriedText } from './carried-text.ts';
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
  readonly tags: readonly { readonly name: string }[];
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

class ItemLimitError extends Error {
  override readonly name = 'ItemLimitError';
  /** The document up to the first item too many, with what was open closed. */
  readonly shortened: string;

  constructor(shortened: string) {
    super(`more than ${FEED_LIMITS.items} items`);
    this.shortened = shortened;
  }
}

type Tree = Readonly<Record<string, XmlNode>>;

/** rss-parser with its field code replaced by a note of where channel and items are. */
class TreeParser extends Parser {
  declare readonly xmlParser: {
    readonly saxParser: Tokenizer;
    on(event: 'error', listener: (error: Error) => void): void;
  };
  found: Omit<XmlFeed, 'cut'> | null = null;

  buildAtomFeed(tree: Tree) {
    const root = tree.feed ?? '';
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
    this.found = { kind, root, channel, items };
    return { items: [] };
  }
}

/** Reads well-formed XML into a feed's tree. `text` begins with "<", after any byte order mark. */
export function readXmlFeed(text: string): XmlReading {
  try {
    return readWhole(text, false);
  } catch (error) {
    if (error instanceof ItemLimitError) return readWhole(error.shortened, true);
    throw error;
  }
}

function readWhole(text: string, cut: boolean): XmlReading {
  let name = '';
  const parser = new TreeParser({
    defaultRSS: 2,
    xml2js: { tagNameProcessors: [() => name], attrNameProcessors: [(key: string) => key.toLowerCase()] },
  });
  let failure: Error | null = null;
  parser.xmlParser.on('error', (error) => {
    failure = error;
  });
  const carried = CarriedText.from(text);
  guide(parser.xmlParser.saxParser, carried, (canonical) => {
    name = canonical;
  });
  // The tree is built before parseString returns; its promise only repeats what was noted here.
  parser.parseString(carried.source).catch((error: Error) => {
    failure ??= error;
  });
  const error = failure as Error | null;
  if (error instanceof ItemLimitError) throw error;
  if (parser.found !== null) return { ok: true, feed: { ...parser.found, cut } };
  if (error !== null) return { ok: false, wellFormed: false, message: firstLine(error.message) };
  return { ok: false, wellFormed: true, message: 'no RSS, RDF or Atom root' };
}

function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? '').slice(0, 200);
}

/** Names under which rss-parser knows the roots. */
const ROOTS: Readonly<Record<string, string>> = { feed: 'feed', rss: 'rss', rdf: 'rdf:RDF', channel: 'rss' };

interface Open {
  readonly name: string;
  readonly scope: NamespaceScope;
  /** Where the element's content begins in the source. */
  readonly start: number;
  readonly isText: boolean;
}

/** Stands between tokenizer and tree; `rename` sets the name under which the next element enters the tree. */
function guide(tokenizer: Tokenizer, carried: CarriedText, rename: (name: string) => void): void {
  const { onopentag, onclosetag, ontext } = tokenizer;
  const stack: Open[] = [];
  let top: Open | null = null;
  let text = '';
  /** Elements open inside a text field, or below the depth limit: they do not enter the tree. */
  let aside = 0;
  let hasMarkup = false;
  let items = 0;

  tokenizer.onerror = (error) => {
    throw error;
  };
  tokenizer.onopentag = (node) => {
    if (aside > 0 || top?.isText === true || stack.length >= FEED_LIMITS.depth) {
      aside += 1;
      if (top?.isText === true) hasMarkup = true;
      return;
    }
    let scope = (top?.scope ?? Scope.empty).within(node.attributes);
    let name: string;
    if (top === null) {
      scope = scope.atHome(node.name);
      const local = node.name.slice(node.name.indexOf(':') + 1).toLowerCase();
      name = ROOTS[local] ?? local;
    } else {
      name = scope.canonical(node.name);
      // The tree keeps its own notes under these two names.
      if (name === '_' || name === 'cdata') name = `other:${name}`;
      if (name === 'item' || name === 'entry') {
        items += 1;
        if (items > FEED_LIMITS.items) throw new ItemLimitError(shorten(tokenizer, carried));
      }
    }
    const attributes = Object.keys(node.attributes);
    if (attributes.length > FEED_LIMITS.attributes) {
      const kept = attributes
        .slice(0, FEED_LIMITS.attributes)
        .map((key) => [key, node.attributes[key] ?? '']);
      node.attributes = Object.fromEntries(kept);
    }
    rename(name);
    onopentag(node);
    top = { name, scope, start: tokenizer.position, isText: top !== null && TEXT_FIELDS.has(name) };
    stack.push(top);
    text = '';
    hasMarkup = false;
  };
  tokenizer.ontext = (piece) => {
    if (aside > 0) return;
    if (top?.isText === true) text += piece;
    else if (top !== null) ontext(carried.restore(piece));
  };
  tokenizer.oncdata = tokenizer.ontext;
  tokenizer.onclosetag = (name) => {
    if (aside > 0) {
      aside -= 1;
      return;
    }
    const closed = stack.pop();
    if (closed?.isText === true) {
      const markup = hasMarkup
        ? MARKUP_MARK +
          markupToHtml(
            carried.source.slice(closed.start, tokenizer.startTagPosition - 1),
            carried,
            closed.scope,
          )
        : carried.restore(text);
      if (markup !== '') ontext(markup);
      text = '';
      hasMarkup = false;
    }
    onclosetag(name);
    top = stack[stack.length - 1] ?? null;
  };
}

function shorten(tokenizer: Tokenizer, carried: CarriedText): string {
  // The tag of the item too many is already among the open ones.
  const open = tokenizer.tags.slice(0, -1).map(({ name }) => `</${name}>`);
  return (
    carried.restoreSource(carried.source.slice(0, tokenizer.startTagPosition - 1)) + open.reverse().join('')
  );
}
