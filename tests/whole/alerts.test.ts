/** From a newspaper's feed to a subscriber, through everything: real HTTP, real Postgres, official clients. */
import { describe, expect, test } from 'vitest';
import type { Press } from '../../demo/press.ts';
import { subscribe, TRANSPORTS } from '../support/subscriber.ts';
import { ask, configFor, pollThroughApi, usePress, useRole } from '../support/vigie.ts';

interface Alert {
  readonly matches: {
    readonly cursor: string;
    readonly actor: { readonly slug: string };
    readonly article: { readonly title: string; readonly url: string };
    readonly reasons: readonly {
      readonly kind: string;
      readonly field: string;
      readonly start: number;
      readonly end: number;
    }[];
  };
}

const ALERTS = `subscription ($filter: MatchFilterInput, $after: Cursor) {
  matches(filter: $filter, after: $after) {
    cursor
    actor { slug }
    article { title url }
    reasons { kind field start end }
  }
}`;

const LOG = `query ($filter: MatchFilterInput, $after: Cursor) {
  matches(filter: $filter, first: 100, after: $after) { nodes { cursor article { url } actor { slug } } }
}`;

const WATCHED = { actors: ['mistral-ai', 'kyutai'] };

/** Publishes and has the feed polled, until `count` more matches for the watched actors are in the log. */
async function publishUntil(
  endpoint: string,
  press: Press,
  after: string | null,
  count: number,
): Promise<string[]> {
  for (;;) {
    const { matches } = await ask<{ matches: { nodes: { cursor: string }[] } }>(endpoint, LOG, {
      filter: WATCHED,
      after,
    });
    if (matches.nodes.length >= count) return matches.nodes.map(({ cursor }) => cursor);
    const published = press.publishNext();
    if (published === null) throw new Error('the press has nothing more to publish');
    await pollThroughApi(endpoint, published.feedUrl);
  }
}

describe.each(TRANSPORTS)('a subscriber over %s', (transport) => {
  test('is told of a watched actor as soon as its article is out, and of no other', async () => {
    const { press, database } = await usePress();
    const endpoint = await useRole('serve', configFor(press), database);
    await pollThroughApi(endpoint);
    await using subscriber = await subscribe<Alert>(endpoint, transport, ALERTS, { filter: WATCHED });
    const newest = await ask<{ matches: { pageInfo: { endCursor: string | null } } }>(
      endpoint,
      '{ matches(last: 1) { pageInfo { endCursor } } }',
    );
    const cursors = await publishUntil(endpoint, press, newest.matches.pageInfo.endCursor, 3);
    const alerts = await subscriber.until(3);
    expect(alerts.map(({ matches }) => matches.cursor)).toEqual(cursors);
    for (const { matches } of alerts) {
      expect(WATCHED.actors).toContain(matches.actor.slug);
      expect(matches.reasons.length).toBeGreaterThan(0);
      expect(matches.article.url.startsWith(press.url)).toBe(true);
    }
  });

  test('who disconnects, misses three and returns with its cursor gets exactly those three, in order, and then live', async () => {
    const { press, database } = await usePress();
    const endpoint = await useRole('serve', configFor(press), database);
    await pollThroughApi(endpoint);
    const start = await subscribe<Alert>(endpoint, transport, ALERTS, { filter: WATCHED });
    await publishUntil(endpoint, press, (await newestCursor(endpoint)) ?? null, 1);
    const [first] = await start.until(1);
    await start[Symbol.asyncDispose]();
    const last = start.received.at(-1)!.matches.cursor ?? first!.matches.cursor;

    const missed = await publishUntil(endpoint, press, last, 3);
    await using back = await subscribe<Alert>(endpoint, transport, ALERTS, { filter: WATCHED, after: last });
    const replayed = await back.until(3);
    expect(replayed.map(({ matches }) => matches.cursor)).toEqual(missed.slice(0, 3));

    const all = await publishUntil(endpoint, press, last, missed.length + 1);
    expect((await back.until(all.length)).map(({ matches }) => matches.cursor)).toEqual(all);
  });

  test('a cursor that is none is refused in words, and so is an unknown actor', async () => {
    const { press, database } = await usePress();
    const endpoint = await useRole('api', configFor(press), database);
    await using bad = await subscribe(endpoint, transport, ALERTS, { after: 'nonsense' });
    await expect(bad.until(1)).rejects.toThrow(/cursor/i);
    await using unknown = await subscribe(endpoint, transport, ALERTS, {
      filter: { actors: ['nobody-at-all'] },
    });
    await expect(unknown.until(1)).rejects.toThrow('nobody-at-all');
  });
});

async function newestCursor(endpoint: string): Promise<string | null> {
  const { matches } = await ask<{ matches: { pageInfo: { endCursor: string | null } } }>(
    endpoint,
    '{ matches(last: 1) { pageInfo { endCursor } } }',
  );
  return matches.pageInfo.endCursor;
}

describe('the press as a whole', () => {
  test('every article of every site is stored once, copies in the stories of their originals, accents right', async () => {
    const { press, database } = await usePress();
    const endpoint = await useRole('serve', configFor(press), database);
    await pollThroughApi(endpoint);
    while (press.publishNext() !== null);
    await pollThroughApi(endpoint);
    await pollThroughApi(endpoint);
    const articles = await database.db.article.findMany({ include: { body: true } });
    expect(new Set(articles.map(({ url }) => url)).size).toBe(articles.length);
    expect(articles.length).toBeGreaterThan(50);
    expect(articles.every(({ url }) => !url.includes('utm_'))).toBe(true);
    for (const { body, title } of articles) {
      // What a wrong charset leaves behind.
      expect(`${title} ${body!.text}`).not.toMatch(/Ã©|Ã¨|â€™|\uFFFD/u);
      expect(body!.text.length).toBeGreaterThan(200);
    }
    const entries = await database.db.feedEntry.count();
    expect(entries).toBeGreaterThanOrEqual(articles.length);
    const stories = await database.db.story.count();
    expect(stories).toBeLessThan(articles.length);
  });
});
