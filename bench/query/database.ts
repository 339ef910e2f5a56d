/** A database of the size that `bench -- query` asks: rows written straight into the tables, the same at every run. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#platform/embedded.ts';
import { migrate } from '#platform/migrate.ts';

export interface Size {
  readonly feeds: number;
  readonly articles: number;
  readonly actors: number;
  readonly mentions: number;
  readonly claims: number;
  readonly fundingEvents: number;
}

/** What the figures are given for. */
export const SIZE: Size = {
  feeds: 100,
  articles: 20_000,
  actors: 500,
  mentions: 80_000,
  claims: 40_000,
  fundingEvents: 2_000,
};

/** Letters of an article's text. */
const TEXT_LENGTH = 3_000;
/** Texts that differ: finding the words of one is most of writing it. */
const TEXTS = 2_000;
/** Texts written by one statement. */
const BATCH = 500;

const SYLLABLES = 'ba bre ca cor da dri el fa gen hy in ka lu mo na pra qua ri so ta ul vo xa ze'.split(' ');
/** Some 3,000 words; the first ones stand in most texts, the last in few. */
const WORDS = [
  'souveraineté',
  'calcul',
  'modèle',
  'levée',
  ...Array.from({ length: 3_000 }, (_, i) =>
    [i % 24, Math.floor(i / 24) % 24, Math.floor(i / 576) % 24].map((n) => SYLLABLES[n]).join(''),
  ),
];

/** A text of its own for each number, with words as unevenly frequent as in a language. */
function textOf(number: number): string {
  let state = (number + 1) * 2_654_435_761;
  const words: string[] = [];
  for (let length = 0; length < TEXT_LENGTH; ) {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    const word = WORDS[Math.floor((state / 4_294_967_296) ** 3 * WORDS.length)]!;
    words.push(words.length % 12 === 11 ? `${word}.` : word);
    length += word.length + 1;
  }
  return words.join(' ');
}

/** The moment from which articles count backward, one every six minutes. */
export const NEWEST = '2026-03-12T12:00:00Z';

/** Articles of one story, by two outlets. */
const STORY = 2;
/** One article in so many reports funding. */
const REPORTS = 20;

/** Does what writes many rows that are known to be right: words are taken as they are given, and their indexes built at the end. */
async function withoutTriggers(
  client: pg.Client,
  tables: readonly string[],
  write: () => Promise<unknown>,
): Promise<void> {
  await client.query(`set session_replication_role = replica; set maintenance_work_mem = '512MB'`);
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
      where schemaname = 'public' and indexdef like '% USING gin %' and tablename = any($1)`,
    [tables],
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await write();
  for (const { definition } of indexes) await client.query(definition);
  await client.query('reset session_replication_role');
}

/** Starts a Postgres that goes with `stack`, and fills a database in it; its address. */
export async function openFilled(stack: AsyncDisposableStack): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'vigie-bench-'));
  const { url } = stack.use(await startEmbedded({ dir, persistent: false }));
  await migrate(url);
  console.error(`filling the database: ${SIZE.articles} articles`);
  await fillDatabase(url);
  return url;
}

/** Fills an empty, migrated database. */
async function fillDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { feeds, articles, actors, mentions, claims, fundingEvents } = SIZE;
  try {
    await client.query('set synchronous_commit = off');
    await client.query(
      `insert into feed (url, outlet, title, topics, next_poll_at)
       select 'https://outlet-' || n || '.example/rss', 'Outlet ' || n, 'Outlet ' || n, '{}', '${NEWEST}' from generate_series(1, $1::int) n`,
      [feeds],
    );
    await client.query(
      `insert into actor (slug, name, kind, context)
       select 'actor-' || n, 'Actor ' || n, (case n % 3 when 0 then 'PERSON' when 1 then 'COMPANY' else 'INVESTOR' end)::"ActorKind", '{}'
         from generate_series(1, $1::int) n`,
      [actors],
    );
    await client.query(
      `insert into story (title, first_seen_at, article_count, independent_texts)
       select 'Title of article ' || $2 * n, timestamptz '${NEWEST}' - $2 * n * interval '6 minutes', $2, $2 from generate_series(1, $1::int / $2::int) n`,
      [articles, STORY],
    );
    await client.query(
      `insert into article (url, title, summary, outlet, authors, language, published_at, fetched_at, content_hash, reader, feed_id, story_id)
       select 'https://outlet-' || (1 + n % $2) || '.example/articles/' || n, 'Title of article ' || n, repeat('summary ' || n || ' ', 12),
              'Outlet ' || (1 + n % $2), array['Someone'], 'fr', timestamptz '${NEWEST}' - n * interval '6 minutes',
              timestamptz '${NEWEST}' - n * interval '6 minutes', md5(n::text), '1', 1 + n % $2, 1 + (n - 1) / $3::int
         from generate_series(1, $1::int) n`,
      [articles, feeds, STORY],
    );
    for (let from = 1; from <= TEXTS; from += BATCH) {
      const ids = Array.from({ length: BATCH }, (_, i) => from + i);
      await client.query(
        'insert into article_body (article_id, text) select * from unnest($1::int[], $2::text[])',
        [ids, ids.map(textOf)],
      );
    }
    await withoutTriggers(client, ['article_body'], () =>
      client.query(
        `insert into article_body (article_id, text, search)
         select article_id + k * ${TEXTS}, text, search from article_body cross join generate_series(1, $1::int / ${TEXTS} - 1) k`,
        [articles],
      ),
    );
    // Few actors are named often, most seldom.
    await client.query(
      `insert into mention (article_id, actor_id, field, start, "end", surface, confidence, published_at)
       select a.id, 1 + (floor(power(((n * 7919) % 10007) / 10007.0, 2) * $3))::int, 'TEXT', 100 * (n / $2), 100 * (n / $2) + 8, 'Actor', 0.9, a.published_at
         from generate_series(0, $1::int - 1) n join article a on a.id = 1 + n % $2 on conflict do nothing`,
      [mentions, articles, actors],
    );
    await client.query(
      `insert into claim (article_id, speaker_id, speaker_name, kind, status, quote, verb, topics, field, start, "end", confidence, fingerprint, published_at)
       select a.id, 1 + (n * 31) % $3, 'Speaker ' || n, 'DIRECT', 'ASSERTED', 'Nous voulons former nos modèles en Europe, et rester maîtres du calcul ' || n,
              'explique', array['calcul'], 'TEXT', 500 + 100 * (n / $2), 580 + 100 * (n / $2), 0.9, md5(n::text), a.published_at
         from generate_series(0, $1::int - 1) n join article a on a.id = 1 + n % $2`,
      [claims, articles, actors],
    );
    await client.query(
      `insert into funding_event (recipient_id, kind, status, amount, currency, amount_eur, date)
       select 1 + (n * 17) % $2, 'SERIES_A', 'CLOSED', 1000000 + n * 1000, 'EUR', 1000000 + n * 1000, timestamptz '${NEWEST}' - n * interval '1 hour'
         from generate_series(0, $1::int - 1) n`,
      [fundingEvents, actors],
    );
    await client.query(
      `insert into funding_participation (event_id, investor_id, lead)
       select e.id, 1 + (e.id * 5 + k * 37) % $1, k = 0 from funding_event e, generate_series(0, 1) k on conflict do nothing`,
      [actors],
    );
    await client.query(
      `insert into funding_report (article_id, event_id, recipient_id, kind, status, amount, currency, precision, field, start, "end", confidence, published_at)
       select a.id, e.id, e.recipient_id, e.kind, e.status, e.amount, e.currency, 'EXACT', 'TEXT', 0, 20, 0.9, a.published_at
         from article a join funding_event e on e.id = 1 + (a.id / $1::int) % $2 where a.id % $1::int = 0`,
      [REPORTS, fundingEvents],
    );
    // Far from zero, so that what came before has room.
    await client.query(
      `insert into match (seq, article_id, actor_id, story_id, reasons, created_at)
       select ${FIRST_SEQ} + row_number() over (order by m.published_at, m.id), m.article_id, m.actor_id, a.story_id,
              jsonb_build_array(jsonb_build_object('kind', 'MENTIONED', 'field', 'TEXT', 'start', m.start, 'end', m."end", 'text', m.surface, 'sentence', a.title)),
              m.published_at
         from mention m join article a on a.id = m.article_id`,
    );
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** The log's first line. */
const FIRST_SEQ = 1_000_000_000;

/** What a copy of a row differs in, by table: a copy is the `k`th archive before, and its keys follow the last archive's. */
const COPIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  story: { id: 'id + k * $stories', first_seen_at: 'first_seen_at - k * $span' },
  article: {
    id: 'id + k * $articles',
    url: "url || '?' || k",
    published_at: 'published_at - k * $span',
    fetched_at: 'fetched_at - k * $span',
    story_id: 'story_id + k * $stories',
  },
  article_body: { article_id: 'article_id + k * $articles' },
  mention: {
    id: 'id + k * $mentions',
    article_id: 'article_id + k * $articles',
    published_at: 'published_at - k * $span',
  },
  claim: {
    id: 'id + k * $claims',
    article_id: 'article_id + k * $articles',
    fingerprint: 'md5(fingerprint || k)',
    published_at: 'published_at - k * $span',
  },
  funding_event: { id: 'id + k * $events', date: 'date - k * $span' },
  funding_participation: { event_id: 'event_id + k * $events' },
  funding_report: {
    id: 'id + k * $articles',
    article_id: 'article_id + k * $articles',
    event_id: 'event_id + k * $events',
    published_at: 'published_at - k * $span',
  },
  match: {
    seq: 'seq - k * $mentions',
    article_id: 'article_id + k * $articles',
    story_id: 'story_id + k * $stories',
    created_at: 'created_at - k * $span',
  },
};
/** Tables that grow with the archive. */
export const LARGE: ReadonlySet<string> = new Set(Object.keys(COPIES));

const SPAN = `interval '${SIZE.articles * 6} minutes'`;

/**
 * Makes a filled database `times` as large: the archive goes on into the past, as it is.
 */
export async function growDatabase(url: string, times: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const values: Readonly<Record<string, string>> = {
    $stories: String(SIZE.articles / STORY),
    $articles: String(SIZE.articles),
    $mentions: String(SIZE.mentions),
    $claims: String(SIZE.claims),
    $events: String(SIZE.fundingEvents),
    $span: SPAN,
  };
  try {
    await client.query('set synchronous_commit = off');
    await withoutTriggers(client, Object.keys(COPIES), async () => {
      for (const [table, changes] of Object.entries(COPIES)) {
        const { rows } = await client.query<{ name: string }>(
          `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1`,
          [table],
        );
        const columns = rows.map(({ name }) => client.escapeIdentifier(name));
        const copies = rows.map(({ name }) =>
          (changes[name] ?? client.escapeIdentifier(name)).replace(/\$[a-z]+/g, (key) => values[key]!),
        );
        await client.query(
          `insert into ${table} (${columns.join()}) select ${copies.join()} from ${table} cross join generate_series(1, ${times - 1}) k`,
        );
      }
    });
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}
