/** A database of the size that `bench -- query` asks: rows written straight into the tables, the same at every run. */
import pg from 'pg';

export interface Size {
  readonly feeds: number;
  readonly articles: number;
  readonly actors: number;
  readonly mentions: number;
  readonly claims: number;
  readonly fundingEvents: number;
}

/** What the figures are given for; `articles` and what hangs on them can be multiplied. */
export const SIZE: Size = {
  feeds: 100,
  articles: 20_000,
  actors: 500,
  mentions: 80_000,
  claims: 40_000,
  fundingEvents: 2_000,
};

export const sizeTimes = (factor: number): Size => ({
  ...SIZE,
  articles: SIZE.articles * factor,
  mentions: SIZE.mentions * factor,
  claims: SIZE.claims * factor,
  fundingEvents: SIZE.fundingEvents * factor,
});

/** Letters of an article's text. */
const TEXT_LENGTH = 3_000;
/** Articles written by one statement. */
const BATCH = 1_000;

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

/** A text of its own for each article, with words as unevenly frequent as in a language. */
function textOf(article: number): string {
  let state = (article + 1) * 2_654_435_761;
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
const NEWEST = '2026-03-12T12:00:00Z';

/** Fills an empty, migrated database. */
export async function fillDatabase(url: string, size: Size): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { feeds, articles, actors, mentions, claims, fundingEvents } = size;
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
      `insert into story (title, first_seen_at) select 'Title of article ' || n, timestamptz '${NEWEST}' - n * interval '6 minutes' from generate_series(1, $1::int) n`,
      [articles],
    );
    await client.query(
      `insert into article (url, title, summary, outlet, authors, language, published_at, fetched_at, content_hash, reader, feed_id, story_id)
       select 'https://outlet-' || (1 + n % $2) || '.example/articles/' || n, 'Title of article ' || n, repeat('summary ' || n || ' ', 12),
              'Outlet ' || (1 + n % $2), array['Someone'], 'fr', timestamptz '${NEWEST}' - n * interval '6 minutes',
              timestamptz '${NEWEST}' - n * interval '6 minutes', md5(n::text), '1', 1 + n % $2, n
         from generate_series(1, $1::int) n`,
      [articles, feeds],
    );
    for (let from = 1; from <= articles; from += BATCH) {
      const ids = Array.from({ length: Math.min(BATCH, articles - from + 1) }, (_, i) => from + i);
      await client.query(
        'insert into article_body (article_id, text) select * from unnest($1::int[], $2::text[])',
        [ids, ids.map(textOf)],
      );
    }
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
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}
