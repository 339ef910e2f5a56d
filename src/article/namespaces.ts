/** XML namespaces by what they mean, so that a field is found under whatever prefix a feed declares. */

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  '': [
    'http://backend.userland.com/rss',
    'http://backend.userland.com/rss2',
    'http://backend.userland.com/rss091',
    'http://blogs.law.harvard.edu/tech/rss',
    'http://cyber.law.harvard.edu/rss/rss.html',
    'http://purl.org/rss/1.0/',
    'http://purl.org/rss/1.0',
    'http://purl.org/net/rss1.1#',
    'http://my.netscape.com/rdf/simple/0.9/',
    'http://channel.netscape.com/rdf/simple/0.9/',
    'http://my.netscape.com/publish/formats/rss-0.91.dtd',
    'http://example.com/newformat#',
  ],
  atom: [
    'http://www.w3.org/2005/atom',
    'https://www.w3.org/2005/atom',
    'http://purl.org/atom/ns#',
    'http://purl.org/atom/ns',
    'http://purl.org/echo/',
    'http://purl.org/pie/',
    'http://example.com/necho',
    'uri/of/echo/namespace#',
  ],
  content: ['http://purl.org/rss/1.0/modules/content/', 'http://purl.org/rss/1.0/modules/content'],
  dc: [
    'http://purl.org/dc/elements/1.1/',
    'http://purl.org/dc/elements/1.1',
    'http://purl.org/dc/elements/1.0/',
  ],
  dcterms: ['http://purl.org/dc/terms/'],
  feedburner: ['http://rssnamespace.org/feedburner/ext/1.0'],
  pheedo: ['http://www.pheedo.com/namespace/pheedo'],
  itunes: ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'http://example.com/dtds/podcast-1.0.dtd'],
  media: [
    'http://search.yahoo.com/mrss',
    'http://search.yahoo.com/mrss/',
    'http://video.search.yahoo.com/mrss',
    'http://video.search.yahoo.com/mrss/',
    'http://tools.search.yahoo.com/mrss/',
  ],
  rdf: ['http://www.w3.org/1999/02/22-rdf-syntax-ns#'],
  sy: ['http://purl.org/rss/1.0/modules/syndication/'],
  l: ['http://purl.org/rss/1.0/modules/link/'],
  googleplay: ['http://www.google.com/schemas/play-podcasts/1.0'],
  wfw: ['http://wellformedweb.org/commentapi/'],
  xhtml: ['http://www.w3.org/1999/xhtml'],
  prism: ['http://prismstandard.org/namespaces/basic/2.0/', 'http://prismstandard.org/namespaces/1.2/basic/'],
};

/** Namespaces are compared without regard to case, `https` and a slash at the end: feeds get all three wrong. */
function plainUri(uri: string): string {
  return uri
    .trim()
    .toLowerCase()
    .replace(/^https:/, 'http:')
    .replace(/\/$/, '');
}

const PREFIX_BY_URI = new Map<string, string>();
for (const [prefix, uris] of Object.entries(FAMILIES))
  for (const uri of uris) PREFIX_BY_URI.set(plainUri(uri), prefix);

/** Dublin Core's terms include its elements, under the same names. */
const DUBLIN_CORE = new Set(
  'contributor creator date description identifier language subject title'.split(' '),
);

/** Declarations in one scope beyond this number are ignored. */
const MAX_DECLARATIONS = 500;

/** The declarations in force at a place of the document, and the canonical names they give. */
export class NamespaceScope {
  readonly #uris: ReadonlyMap<string, string>;
  readonly #home: string | null;
  readonly #names = new Map<string, string>();

  private constructor(uris: ReadonlyMap<string, string>, home: string | null) {
    this.#uris = uris;
    this.#home = home;
  }

  /** Before the root: nothing is declared. */
  static readonly empty = new NamespaceScope(new Map(), null);

  /** The scope within an element; the same one if the element declares nothing. */
  within(attributes: Readonly<Record<string, string>>): NamespaceScope {
    let uris: Map<string, string> | null = null;
    for (const key in attributes) {
      if (!key.startsWith('xmlns') || (key.length > 5 && key[5] !== ':')) continue;
      uris ??= new Map(this.#uris);
      const uri = plainUri(attributes[key] ?? '');
      // A prefix cannot be declared empty (Namespaces in XML §2.2); it stays what it is.
      if (uri === '' && key.length > 6) uris.delete(key.slice(6));
      else if (uris.size < MAX_DECLARATIONS) uris.set(key.slice(6), uri);
    }
    return uris === null ? this : new NamespaceScope(uris, this.#home);
  }

  /** The same scope in a document whose own vocabulary is that of `root`, in whatever version: its names lose their prefix. */
  atHome(root: string): NamespaceScope {
    const colon = root.indexOf(':');
    const prefix = colon < 0 ? '' : root.slice(0, colon);
    const uri = this.#uris.get(prefix) ?? '';
    // A prefix that nobody declares is the document's own, but for RDF's, which has other names than RSS.
    if (uri === '' && prefix !== '' && !/^rdf$/i.test(prefix))
      return new NamespaceScope(new Map([...this.#uris, [prefix, '']]), '');
    return new NamespaceScope(this.#uris, PREFIX_BY_URI.get(uri) ?? uri);
  }

  /**
   * A name in lower case, under the customary prefix of its namespace: `dc:creator` for whatever is bound to Dublin Core, no prefix for
   * RSS and for the root's own vocabulary. An unknown namespace leaves the prefix as written, or `other:` where there is none.
   */
  canonical(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const resolved = this.#resolve(name);
    // The tree keeps its own notes under these two names.
    const canonical = resolved === '_' || resolved === 'cdata' ? `other:${resolved}` : resolved;
    if (this.#names.size < 1_000) this.#names.set(name, canonical);
    return canonical;
  }

  /** True when the element is XHTML, by namespace. */
  isXhtml(name: string): boolean {
    const colon = name.indexOf(':');
    return PREFIX_BY_URI.get(this.#uris.get(colon < 0 ? '' : name.slice(0, colon)) ?? '') === 'xhtml';
  }

  #resolve(name: string): string {
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    const local = name.slice(colon + 1).toLowerCase();
    const uri = this.#uris.get(prefix);
    if (uri === undefined) return prefix === '' ? local : `${prefix.toLowerCase()}:${local}`;
    const family = PREFIX_BY_URI.get(uri);
    if (family === 'dcterms' && DUBLIN_CORE.has(local)) return `dc:${local}`;
    if (uri === '' || family === '' || (family ?? uri) === this.#home) return local;
    return `${family ?? (prefix === '' ? 'other' : prefix.toLowerCase())}:${local}`;
  }
}
