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
  'dc:creator',
  'itunes:summary',
  'itunes:subtitle',
  'media:description',
  'media:title',
]);

/** The tokenizer, by as much of its surface as is used here. Its handlers are the tree builder's until they are replaced. */
export interface Tokenizer {
  readonly position: number;
  readonly startTagPosition: number;
  onopentag(tag: TokenizerTag): void;
  onclosetag(name: string): void;
  /** The tree builder's gives back the element that the text was added to. */
  ontext(text: string): GrowingElement | undefined;
  oncdata(text: string): void;
  onerror(error: Error): void;
  guide?: TreeGuide;
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

/** Stands between the tokenizer and the tree builder of one document. */
export class TreeGuide {
  /** The name under which the next element enters the tree. */
  name = '';
  /** The root is a single Atom entry. */
  isEntry = false;
  /** The document was cut at a limit. */
  isCut = false;
  readonly #tokenizer: Tokenizer;
  readonly #document: CondensedDocument;
  readonly #build: Pick<Tokenizer, 'onopentag' | 'onclosetag' | 'ontext'>;
  readonly #stack: Open[] = [];
  #top: Open | null = null;
  /** Text of the leaf or text field at hand. */
  #text = '';
  /** Elements open inside a text field, or below a limit: they do not enter the tree. */
  #aside = 0;
  #deepest = 0;
  #elements = 0;
  #items = 0;
  #names = new Map<string, ElementName>();
  #namesScope: NamespaceScope | null = null;

  constructor(tokenizer: Tokenizer, document: CondensedDocument) {
    const { onopentag, onclosetag, ontext } = tokenizer;
    this.#tokenizer = tokenizer;
    this.#document = document;
    this.#build = { onopentag, onclosetag, ontext };
    tokenizer.guide = this;
    // The same functions for every tokenizer: a closure for each would have the engine make a hidden class for each.
    tokenizer.onopentag = onOpenTag;
    tokenizer.onclosetag = onCloseTag;
    tokenizer.ontext = onText;
    tokenizer.oncdata = onText;
    tokenizer.onerror = onError;
  }

  /** A start tag. */
  open(tag: TokenizerTag): void {
    this.#elements += 1;
    if (this.#elements > FEED_LIMITS.elements) this.#finish();
    const parent = this.#top;
    if (parent === null) {
      this.#openRoot(tag);
      return;
    }
    if (this.#aside > 0 || parent.isText || this.#stack.length >= FEED_LIMITS.depth) {
      this.#aside += 1;
      if (this.#aside > this.#deepest) this.#deepest = this.#aside;
      if (this.#aside > TOO_DEEP) throw new Error('elements nested without end');
      return;
    }
    const hasAttributes = boundAttributes(tag);
    const scope = hasAttributes ? parent.scope.within(tag.attributes) : parent.scope;
    const { name, isText, isItem } = this.#nameIn(scope, tag.name);
    if (isItem) {
      this.#items += 1;
      if (this.#items > FEED_LIMITS.items) this.#finish();
    } else {
      parent.children += 1;
      if (parent.children > FEED_LIMITS.children) {
        this.#aside += 1;
        return;
      }
    }
    if (parent.node === null) this.#enter(parent, { name: '', attributes: {} });
    const start = isText ? this.#tokenizer.position : 0;
    const element: Open = { name, scope, start, isText, node: null, children: 0 };
    this.#top = element;
    this.#stack.push(element);
    this.#text = '';
    this.#deepest = 0;
    if (hasAttributes) this.#enter(element, tag);
  }

  /** Text or CDATA. */
  add(piece: string): void {
    const top = this.#top;
    if (this.#aside > 0 || top === null) return;
    if (top.isText || top.node === null) this.#text = this.#text === '' ? piece : this.#text + piece;
    // White space between fields is of no use to anybody.
    else if (!isBlank(piece)) this.#build.ontext(this.#document.restore(piece));
  }

  /** An end tag. */
  close(): void {
    if (this.#aside > 0) this.#aside -= 1;
    else this.#closeTop();
    // The tree is complete; whatever follows the root is nobody's business.
    if (this.#top === null && this.#document.source.length - this.#tokenizer.position > SHORT_TAIL)
      throw FINISHED;
  }

  #openRoot(tag: TokenizerTag): void {
    const written = this.#document.nameOf(tag.name);
    boundAttributes(tag);
    const scope = NamespaceScope.empty.within(tag.attributes).atHome(written);
    const local = written.slice(written.indexOf(':') + 1).toLowerCase();
    const root: Open = {
      name: ROOTS[local] ?? local,
      scope,
      start: 0,
      isText: false,
      node: null,
      children: 0,
    };
    this.isEntry = local === 'entry';
    this.#top = root;
    this.#stack.push(root);
    this.#enter(root, tag);
  }

  /** Hands an element over to the tree builder, with the text that it has so far. */
  #enter(element: Open, tag: TokenizerTag): void {
    const text = this.#text;
    this.name = element.name;
    this.#build.onopentag(tag);
    element.node =
      this.#build.ontext(element.isText || isBlank(text) ? '' : this.#document.restore(text)) ?? {};
  }

  #closeTop(): void {
    const closed = this.#stack.pop();
    const parent = this.#stack[this.#stack.length - 1] ?? null;
    if (closed !== undefined && (closed.isText || closed.node === null)) {
      const value = this.#deepest === 0 ? this.#document.restore(this.#text) : this.#markupOf(closed);
      if (closed.node === null && parent?.node) add(parent.node, closed.name, isBlank(value) ? '' : value);
      else if (value !== '') this.#build.ontext(value);
      this.#text = '';
      this.#deepest = 0;
    }
    if (closed?.node !== null) this.#build.onclosetag('');
    this.#top = parent;
  }

  /** Closes everything that is open, so that the tree of what has been read so far is built. */
  #finish(): never {
    this.isCut = true;
    // The field at hand is not whole.
    this.#text = '';
    this.#deepest = 0;
    while (this.#stack.length > 0) this.#closeTop();
    throw FINISHED;
  }

  #markupOf({ start, scope }: Open): string {
    // Nested so deep, it is no text for anybody, and HTML parsers would labour over it.
    if (this.#deepest > FEED_LIMITS.depth) return '';
    const source = this.#document.source.slice(start, this.#tokenizer.startTagPosition - 1);
    return MARKUP_MARK + markupToHtml(source, this.#document, scope);
  }

  #nameIn(scope: NamespaceScope, written: string): ElementName {
    if (scope !== this.#namesScope) {
      this.#namesScope = scope;
      this.#names = new Map();
    }
    const known = this.#names.get(written);
    if (known !== undefined) return known;
    const name = scope.canonical(this.#document.nameOf(written));
    const element = { name, isText: TEXT_FIELDS.has(name), isItem: name === 'item' || name === 'entry' };
    this.#names.set(written, element);
    return element;
  }
}

function onOpenTag(this: Tokenizer, tag: TokenizerTag): void {
  this.guide?.open(tag);
}

function onCloseTag(this: Tokenizer): void {
  this.guide?.close();
}

function onText(this: Tokenizer, text: string): undefined {
  this.guide?.add(text);
}

function onError(error: Error): never {
  throw error;
}

/** What the tree builder does with an element that closes. */
function add(parent: GrowingElement, name: string, value: string): void {
  const siblings = parent[name];
  if (Array.isArray(siblings)) siblings.push(value);
  else parent[name] = [value];
}

/** Whether an element has attributes; those beyond the limit are dropped. */
function boundAttributes(tag: TokenizerTag): boolean {
  let count = 0;
  for (const _ in tag.attributes) count += 1;
  if (count > FEED_LIMITS.attributes) {
    tag.attributes = Object.fromEntries(Object.entries(tag.attributes).slice(0, FEED_LIMITS.attributes));
  }
  return count > 0;
}

/** True for the white space that stands between elements; looks at no more than 64 characters. */
function isBlank(text: string): boolean {
  if (text.length > 64) return false;
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 32) return false;
  return true;
}
