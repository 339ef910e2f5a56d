/** A match log in memory, for schedules of reading and writing by the thousand. */
import type { LogSource } from '#delivery/stream.ts';
import { passesFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';
import type { Random } from './random.ts';

export const SLUGS = ['mistral-ai', 'kyutai', 'dust'];

function matchAt(seq: bigint, slug: string): LoggedMatch {
  return {
    seq,
    articleId: Number(seq),
    actorId: SLUGS.indexOf(slug),
    storyId: Number(seq),
    createdAt: new Date(0),
    reasons: [{ kind: 'MENTIONED', field: 'TITLE', start: 0, end: 1, text: 'x', sentence: 'x.' }],
    actorSlug: slug,
    actorSlugs: [slug],
    actorKind: 'COMPANY',
    outlet: 'Le Sémaphore',
    words: null,
    independentTexts: 1,
    corroborates: null,
  };
}

/** Lets a random number of turns pass, like something outside the process. */
export async function someTurns(random: Random, most: number): Promise<void> {
  for (let i = random.below(most); i > 0; i -= 1) await Promise.resolve();
}

/** A log whose reads take a random number of turns, like a database's; `fails` makes some of them fail. */
export function createMemoryLog(random: Random, fails: () => boolean = () => false) {
  const rows: LoggedMatch[] = [];
  let seq = 0n;
  const source: LogSource = {
    async newestSeq() {
      return rows.at(-1)?.seq ?? 0n;
    },
    async read({ after, limit, filter }) {
      await someTurns(random, 4);
      if (fails()) throw new Error('no database');
      const found: LoggedMatch[] = [];
      const from = rows.findLastIndex(({ seq }) => seq <= after) + 1;
      for (let i = from; i < rows.length && found.length < limit; i += 1)
        if (filter === undefined || passesFilter(rows[i]!, filter)) found.push(rows[i]!);
      await someTurns(random, 4);
      return found;
    },
  };
  return {
    rows,
    source,
    append(slug = SLUGS[random.below(SLUGS.length)]!) {
      // Sequences have gaps: a transaction that rolls back has drawn its number.
      seq += BigInt(1 + random.below(3));
      rows.push(matchAt(seq, slug));
    },
  };
}
