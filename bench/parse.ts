/**
 * How fast feeds are read: bytes to items through `parseFeed`, beside plain rss-parser `parseString` on the same bytes decoded. One
 * thread, rounds interleaved, medians of the rounds.
 */
import Parser from 'rss-parser';
import { parseFeed } from '#article/parse.ts';

/** One measured figure. */
export interface BenchRow {
  readonly bench: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** The same figure of what it is held against; null when there is nothing to hold it against. */
  readonly baseline: number | null;
  readonly ratio: number | null;
}

export interface ParseBenchOptions {
  /** Rounds per feed; the median counts. Default 15. */
  readonly rounds?: number;
  /** Bytes parsed in one round, at least. Default 4,000,000. */
  readonly bytesPerRound?: number;
}

const WORDS =
  'la jeune pousse parisienne annonce une levée de fonds de cent cinq millions d’euros menée par un fonds américain afin de recruter des chercheurs et d’ouvrir un centre de calcul près de Lyon selon son cofondateur qui salue « un pas décisif » pour la recherche européenne'.split(
    ' ',
  );

/** French words enough for `length` characters, the same every time. */
function prose(length: number, seed: number): string {
  const words: string[] = [];
  let size = 0;
  for (let i = 0; size < length; i += 1) {
    const word = WORDS[(i * 7 + seed * 13 + ((i * i) % 11)) % WORDS.length] ?? '';
    words.push(word);
    size += word.length + 1;
  }
  return words.join(' ');
}

type Dialect = 'cdata' | 'escaped' | 'atom-xhtml' | 'summaries';

/** A feed as newspapers write them: per item a summary of 300 characters and, but for `summaries`, a text of 4,000. */
function feedOf(dialect: Dialect, items: number): string {
  const date = (i: number) => new Date(Date.UTC(2026, 0, 1) + i * 3_600_000);
  const paragraphs = (i: number) =>
    [0, 1, 2, 3, 4, 5, 6, 7]
      .map((p) => `<p>${prose(490, i + p)} <a href="https://exemple.fr/${i}/${p}">ici</a></p>`)
      .join('\n');
  const escape = (html: string) =>
    html.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const rows = Array.from({ length: items }, (_, i) => {
    const title = `Titre ${i} : ${prose(60, i)}`;
    const url = `https://exemple.fr/articles/${i}.html`;
    if (dialect === 'atom-xhtml') {
      return `<entry><title>${title}</title><id>tag:exemple.fr,2026:${i}</id><link rel="alternate" href="${url}"/><published>${date(i).toISOString()}</published><author><name>A. Martin</name></author><category term="IA"/><summary>${prose(300, i)}</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${paragraphs(i)}</div></content></entry>`;
    }
    const body =
      dialect === 'summaries'
        ? ''
        : `<content:encoded>${dialect === 'cdata' ? `<![CDATA[${paragraphs(i)}]]>` : escape(paragraphs(i))}</content:encoded>`;
    return `<item><title>${title}</title><link>${url}</link><guid isPermaLink="false">exemple-${i}</guid><pubDate>${date(i).toUTCString()}</pubDate><dc:creator>A. Martin</dc:creator><category>IA</category><category>Start-up</category><description>${prose(300, i)}</description>${body}</item>`;
  });
  if (dialect === 'atom-xhtml') {
    return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Exemple</title><id>tag:exemple.fr,2026:feed</id><updated>2026-01-01T00:00:00Z</updated><link href="https://exemple.fr/"/>\n${rows.join('\n')}\n</feed>`;
  }
  return `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Exemple</title><link>https://exemple.fr/</link><description>Un journal</description><language>fr</language>\n${rows.join('\n')}\n</channel></rss>`;
}

/** Measures and hands each row to `emit`. */
export async function run(emit: (row: BenchRow) => void, options: ParseBenchOptions = {}): Promise<void> {
  const { rounds = 15, bytesPerRound = 4_000_000 } = options;
  const now = new Date('2026-02-01T00:00:00Z');
  const cases: readonly (readonly [Dialect, number])[] = [
    ['cdata', 50],
    ['cdata', 1_000],
    ['escaped', 50],
    ['atom-xhtml', 50],
    ['summaries', 30],
  ];
  for (const [dialect, items] of cases) {
    const body = new TextEncoder().encode(feedOf(dialect, items));
    const repeats = Math.max(1, Math.round(bytesPerRound / body.byteLength));
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = -2; round < rounds; round += 1) {
      const own = cpu();
      for (let i = 0; i < repeats; i += 1) {
        const parsed = parseFeed(body, 'application/xml; charset=utf-8', {
          url: 'https://exemple.fr/feed',
          now,
        });
        if (!parsed.ok || parsed.items.length !== items) throw new Error(`bench: ${dialect} was not read`);
      }
      const ownTime = own();
      const plain = cpu();
      for (let i = 0; i < repeats; i += 1) {
        const parsed = await new Parser().parseString(new TextDecoder().decode(body));
        if (parsed.items.length !== items) throw new Error(`bench: rss-parser did not read ${dialect}`);
      }
      const plainTime = plain();
      // The first two rounds warm the engine up.
      if (round < 0) continue;
      ours.push((body.byteLength * repeats) / ownTime);
      theirs.push((body.byteLength * repeats) / plainTime);
    }
    const name = `${dialect}, ${items} items, ${(body.byteLength / 1e6).toFixed(2)} MB`;
    const value = median(ours);
    const baseline = median(theirs);
    emit({
      bench: 'parse',
      metric: `throughput (${name})`,
      value,
      unit: 'MB/s',
      baseline,
      ratio: value / baseline,
    });
    const perSecond = (value * 1e6) / body.byteLength;
    emit({
      bench: 'parse',
      metric: `feeds (${name})`,
      value: perSecond,
      unit: 'feeds/s',
      baseline: (baseline * 1e6) / body.byteLength,
      ratio: value / baseline,
    });
  }
}

/** Microseconds of CPU from now on: unlike the clock, it does not count what other processes do. */
function cpu(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
