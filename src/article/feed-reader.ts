/**
 * rss-parser, held to what it does well: it recognises the root, reads the XML and hands out channel and items. Its own fields are not
 * used (they lose most namespaces, XHTML, and a whole feed to one bad date); ours are taken from the tree. Between its tokenizer and its
 * tree stands a `TreeGuide`, which
 *  - gives every element its canonical name, whatever prefix the feed declares,
 *  - keeps markup inside a text field as source, instead of a tree that has lost the order of its nodes,
 *  - gives it a condensed document and puts text and names back,
 *  - ends the parse at the first syntax error, at the end of the root, and at the limits of items and elements.
 */
import Parser from 'rss-parser';
import { CondensedDocument } from './condensed.ts';
import { type Tokenizer, TreeGuide } from './tree-guide.ts';
import { child, children, type XmlNode } from './xml-node.ts';

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

type Tree = Readonly<Record<string, XmlNode>>;

/** rss-parser with its field code replaced by a note of where channel and items are. */
class TreeParser extends Parser {
  declare readonly xmlParser: {
    readonly saxParser: Tokenizer;
    on(event: 'error', listener: (error: Error) => void): void;
  };
  found: Omit<XmlFeed, 'cut'> | null = null;
  guide: TreeGuide | null = null;

  buildAtomFeed(tree: Tree) {
    const root = tree.feed ?? '';
    // A document may be a single entry (RFC 4287 §2).
    if (this.guide?.isEntry === true) return this.#note('ATOM', '', '', [root]);
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
  const document = CondensedDocument.from(text);
  if (document.isBroken) {
    return { ok: false, wellFormed: false, message: 'a tag, a comment or a section does not end' };
  }
  const parser = new TreeParser({
    defaultRSS: 2,
    xml2js: {
      tagNameProcessors: [() => guide.name],
      attrNameProcessors: [(key: string) => key.toLowerCase()],
    },
  });
  const guide = new TreeGuide(parser.xmlParser.saxParser, document);
  parser.guide = guide;
  let failure: Error | null = null;
  parser.xmlParser.on('error', (error) => {
    failure = error;
  });
  // The tree is built before parseString returns; its promise would only repeat what was noted on the way.
  parser.parseString(document.source).catch(ignore);
  const error = failure as Error | null;
  if (parser.found !== null) return { ok: true, feed: { ...parser.found, cut: guide.isCut } };
  if (error !== null) return { ok: false, wellFormed: false, message: firstLine(error.message) };
  return { ok: false, wellFormed: true, message: 'no RSS, RDF or Atom root' };
}

/** Outside of `readXmlFeed`, so that a promise that waits for its turn does not hold on to a whole document. */
function ignore(): void {}

function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? '').slice(0, 200);
}
