/** What stands between the tokenizer and the tree of rss-parser's XML reader: see `feed-reader.ts`. */
import type { CondensedDocument } from './condensed.ts';
import { NamespaceScope } from './namespaces.ts';
import { FEED_LIMITS } from './parsed-feed.ts';
import { markupToHtml } from './xhtml.ts';
import { MARKUP_MARK } from './xml-node.ts';

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

/** The tokenizer, by as much of its surface as is used here. Its handlers are the tree builder's until they are replaced. */
export interface Tokenizer {
  readonly position: number;
  readonly startTagPosition: number;
  onopentag(node: TokenizerTag): void;
  onclosetag(name: string): void;
  /** The tree builder's gives back the element that the text was added to. */
  ontext(text: string): GrowingElement | undefined;
  oncdata(text: string): void;
  onerror(error: Error): void;
}

interface TokenizerTag {
  readonly name: string;
  attributes: Record<string, string>;
}

/** An element of the tree while it is open: lists of children by name. */
type GrowingElement = Record<string, unknown>;

/** Ends the tokenizer once the tree is complete. Made once: it is thrown for its effect, not for its stack. */
const FINISHED = new Error('the tree is complete');
/** What may follow the root without its being worth an exception. */
const SHORT_TAIL = 64;

/** Elements within a text field, one in the other: more than this is an attack, and ends the parse. */
const TOO_DEEP = 10_000;

/** Names under which rss-parser knows the roots. */
const ROOTS: Readonly<Record<string, string>> = {
  feed: 'feed',
  entry: 'feed',
  rss: 'rss',
  channel: 'rss',
  rdf: 'rdf:RDF',
};

interface Open {
  readonly name: string;
  readonly scope: NamespaceScope;
  /** Where the element's content begins in the source; of text fields only. */
  readonly start: number;
  readonly isText: boolean;
  /**
   * The element in the tree; null while it has neither attributes nor children. Such a leaf, and most elements are, enters its parent
   * as a string when it closes, which spares the tree builder two thirds of its work.
   */
  node: GrowingElement | null;
  /** Elements within it, but for items. */
  children: number;
}

/** What a tag's name as written means in one scope. */
interface ElementName {
  readonly name: string;
  readonly isText: boolean;
  readonly isItem: boolean;
}

/**
 * Puts itself between tokenizer and tree. `rename` sets the name under which the next element enters the tree. What is returned tells,
 * once the document has been read, whether it was cut at a limit.
 */
export function guideTree(
  tokenizer: Tokenizer,
  document: CondensedDocument,
  rename: (name: string, isEntry: boolean) => void,
): { readonly cut: boolean } {
  const { onopentag, onclosetag, ontext } = tokenizer;
  const stack: Open[] = [];
  let top: Open | null = null;
  /** Text of the leaf or text field at hand. */
  let text = '';
  /** Elements open inside a text field, or below a limit: they do not enter the tree. */
  let aside = 0;
  let deepest = 0;
  let elements = 0;
  let items = 0;
  let names = new Map<string, ElementName>();
  let namesScope: NamespaceScope | null = null;
  const state = { cut: false };

  tokenizer.onerror = (error) => {
    throw error;
  };
  tokenizer.onopentag = (tag) => {
    elements += 1;
    if (elements > FEED_LIMITS.elements) finish();
    if (aside > 0 || top?.isText === true || stack.length >= FEED_LIMITS.depth) {
      aside += 1;
      if (aside > deepest) deepest = aside;
      if (aside > TOO_DEEP) throw new Error('elements nested without end');
      return;
    }
    if (top === null) {
      openRoot(tag);
      return;
    }
    const [scope, hasAttributes] = lookAt(tag, top.scope);
    const { name, isText, isItem } = nameIn(scope, tag.name);
    if (isItem) {
      items += 1;
      if (items > FEED_LIMITS.items) finish();
    } else {
      top.children += 1;
      if (top.children > FEED_LIMITS.children) {
        aside += 1;
        return;
      }
    }
    if (top.node === null) enter(top, { name: '', attributes: {} });
    top = { name, scope, start: isText ? tokenizer.position : 0, isText, node: null, children: 0 };
    stack.push(top);
    text = '';
    deepest = 0;
    if (hasAttributes) enter(top, tag);
  };
  tokenizer.ontext = (piece) => {
    if (aside > 0 || top === null) return undefined;
    if (top.isText || top.node === null) text = text === '' ? piece : text + piece;
    // White space between fields is of no use to anybody.
    else if (!isBlank(piece)) ontext(document.restore(piece));
    return undefined;
  };
  tokenizer.oncdata = tokenizer.ontext;
  tokenizer.onclosetag = () => {
    if (aside > 0) aside -= 1;
    else close();
    // The tree is complete; whatever follows the root is nobody's business.
    if (top === null && document.source.length - tokenizer.position > SHORT_TAIL) throw FINISHED;
  };
  return state;

  function openRoot(tag: TokenizerTag): void {
    const written = document.nameOf(tag.name);
    const [scope] = lookAt(tag, NamespaceScope.empty);
    const local = written.slice(written.indexOf(':') + 1).toLowerCase();
    const name = ROOTS[local] ?? local;
    top = { name, scope: scope.atHome(written), start: 0, isText: false, node: null, children: 0 };
    stack.push(top);
    rename(name, local === 'entry');
    onopentag(tag);
    top.node = ontext('') ?? {};
  }

  /** Hands an element over to the tree builder, with the text that it has so far. */
  function enter(element: Open, tag: TokenizerTag): void {
    rename(element.name, false);
    onopentag(tag);
    element.node = ontext(element.isText || isBlank(text) ? '' : document.restore(text)) ?? {};
  }

  function close(): void {
    const closed = stack.pop();
    const parent = stack[stack.length - 1] ?? null;
    if (closed !== undefined && (closed.isText || closed.node === null)) {
      const value = deepest === 0 ? document.restore(text) : markupOf(closed);
      if (closed.node === null && parent?.node) add(parent.node, closed.name, isBlank(value) ? '' : value);
      else if (value !== '') ontext(value);
      text = '';
      deepest = 0;
    }
    if (closed?.node !== null) onclosetag('');
    top = parent;
  }

  /** Closes everything that is open, so that the tree of what has been read so far is built. */
  function finish(): never {
    state.cut = true;
    // The field at hand is not whole.
    text = '';
    deepest = 0;
    while (stack.length > 0) close();
    throw FINISHED;
  }

  function markupOf({ start, scope }: Open): string {
    // Nested so deep, it is no text for anybody, and HTML parsers would labour over it.
    if (deepest > FEED_LIMITS.depth) return '';
    const source = document.source.slice(start, tokenizer.startTagPosition - 1);
    return MARKUP_MARK + markupToHtml(source, document, scope);
  }

  function nameIn(scope: NamespaceScope, written: string): ElementName {
    if (scope !== namesScope) {
      namesScope = scope;
      names = new Map();
    }
    const known = names.get(written);
    if (known !== undefined) return known;
    const name = scope.canonical(document.nameOf(written));
    const element = { name, isText: TEXT_FIELDS.has(name), isItem: name === 'item' || name === 'entry' };
    names.set(written, element);
    return element;
  }
}

/** What the tree builder does with an element that closes. */
function add(parent: GrowingElement, name: string, value: string): void {
  const siblings = parent[name];
  if (Array.isArray(siblings)) siblings.push(value);
  else parent[name] = [value];
}

/** The scope within an element, and whether it has attributes. Those beyond the limit are dropped on the way. */
function lookAt(tag: TokenizerTag, outer: NamespaceScope): [scope: NamespaceScope, hasAttributes: boolean] {
  let count = 0;
  let declares = false;
  for (const key in tag.attributes) {
    count += 1;
    declares ||= key.startsWith('xmlns');
  }
  if (count > FEED_LIMITS.attributes) {
    tag.attributes = Object.fromEntries(Object.entries(tag.attributes).slice(0, FEED_LIMITS.attributes));
  }
  return [declares ? outer.within(tag.attributes) : outer, count > 0];
}

/** True for the white space that stands between elements; looks at no more than 64 characters. */
function isBlank(text: string): boolean {
  if (text.length > 64) return false;
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 32) return false;
  return true;
}
