/**
 * How fast feeds are read: bytes to items through `parseFeed`, beside plain rss-parser `parseString` on the same bytes decoded. Each
 * in a thread of its own, one at a time, rounds interleaved; CPU time, medians of the rounds.
 */
import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import Parser from 'rss-parser';
import { parseFeed } from '#article/parse.ts';

/** Rounds that do not count: a service parses for weeks, and the engine takes some hundred feeds to see what is worth compiling. */
const WARM_UP = 8;

/** One figure, beside that of plain rss-parser in the same run. */
interface ParseRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  readonly baselineName: string;
  readonly ratio: number;
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
  const escaped = (html: string) =>
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
        : `<content:encoded>${dialect === 'cdata' ? `<![CDATA[${paragraphs(i)}]]>` : escaped(paragraphs(i))}</content:encoded>`;
    return `<item><title>${title}</title><link>${url}</link><guid isPermaLink="false">exemple-${i}</guid><pubDate>${date(i).toUTCString()}</pubDate><dc:creator>A. Martin</dc:creator><category>IA</category><category>Start-up</category><description>${prose(300, i)}</description>${body}</item>`;
  });
  if (dialect === 'atom-xhtml') {
    return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Exemple</title><id>tag:exemple.fr,2026:feed</id><updated>2026-01-01T00:00:00Z</updated><link href="https://exemple.fr/"/>\n${rows.join('\n')}\n</feed>`;
  }
  return `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Exemple</title><link>https://exemple.fr/</link><description>Un journal</description><language>fr</language>\n${rows.join('\n')}\n</channel></rss>`;
}

/** One round of one contender, done in its own thread: two parsers that share an XML tokenizer slow each other down in one. */
interface Round {
  readonly body: Uint8Array;
  readonly items: number;
  readonly repeats: number;
}

type Contender = 'vigie' | 'rss-parser';

async function parseRound(contender: Contender, { body, items, repeats }: Round): Promise<void> {
  const now = new Date('2026-02-01T00:00:00Z');
  for (let i = 0; i < repeats; i += 1) {
    // Both are awaited, as they are in service: rss-parser's promise is settled in either case.
    const read = await (contender === 'vigie'
      ? parseFeed(body, 'application/xml; charset=utf-8', { url: 'https://exemple.fr/feed', now })
      : new Parser().parseString(new TextDecoder().decode(body)));
    const count = 'items' in read ? read.items.length : 0;
    if (count !== items) throw new Error(`bench: ${contender} read ${count} items of ${items}`);
  }
}

if (parentPort !== null && (workerData as { readonly bench?: string } | null)?.bench === 'parse') {
  const { contender } = workerData as { readonly contender: Contender };
  parentPort.on('message', async (round: Round) => {
    await parseRound(contender, round);
    parentPort?.postMessage('done');
  });
}

/** A contender in its thread; `round` gives the microseconds of CPU that a round took. */
function startContender(contender: Contender) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { bench: 'parse', contender } });
  return {
    async round(round: Round): Promise<number> {
      const start = process.cpuUsage();
      worker.postMessage(round);
      await once(worker, 'message');
      // CPU time, not the clock: it does not count what other processes do.
      const { user, system } = process.cpuUsage(start);
      return user + system;
    },
    close: () => worker.terminate(),
  };
}

/**
 * Measures and hands each row to `emit`. Options: `rounds` (11; the median counts) and `bytes` parsed in a round (8,000,000, at least one
 * feed).
 */
export async function run(
  emit: (row: ParseRow) => void,
  options: Readonly<Record<string, string>> = {},
): Promise<void> {
  const rounds = Number(options.rounds ?? 11);
  const bytesPerRound = Number(options.bytes ?? 8_000_000);
  const baselineName = 'rss-parser parseString';
  const cases: readonly (readonly [Dialect, number])[] = [
    ['cdata', 50],
    ['cdata', 1_000],
    ['escaped', 50],
    ['atom-xhtml', 50],
    ['summaries', 30],
  ];
  const vigie = startContender('vigie');
  const plain = startContender('rss-parser');
  for (const [dialect, items] of cases) {
    const body = new TextEncoder().encode(feedOf(dialect, items));
    const repeats = Math.max(1, Math.round(bytesPerRound / body.byteLength));
    const bytes = body.byteLength * repeats;
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = -WARM_UP; round < rounds; round += 1) {
      const [ourTime, theirTime] = [
        await vigie.round({ body, items, repeats }),
        await plain.round({ body, items, repeats }),
      ];
      if (round < 0) continue;
      ours.push(bytes / ourTime);
      theirs.push(bytes / theirTime);
    }
    const name = `${dialect}, ${items} items, ${(body.byteLength / 1e6).toFixed(2)} MB`;
    const [value, baseline] = [median(ours), median(theirs)];
    const perFeed = 1e6 / body.byteLength;
    const ratio = value / baseline;
    emit({ metric: `throughput (${name})`, value, unit: 'MB/s', baseline, baselineName, ratio });
    emit({
      metric: `feeds (${name})`,
      value: value * perFeed,
      unit: 'feeds/s',
      baseline: baseline * perFeed,
      baselineName,
      ratio,
    });
  }
  await Promise.all([vigie.close(), plain.close()]);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
