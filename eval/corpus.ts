/**
 * The project's own labelled articles: one JSON file a case in tests/corpus/.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { ACTOR_KINDS } from '#actor/actor.ts';
import { CLAIM_KINDS, FUNDING_KINDS, FUNDING_STATUSES } from '#extraction/extraction.ts';

const Case = z.strictObject({
  title: z.string(),
  text: z.string().min(1),
  published: z.iso.date().nullable(),
  /** True for the third of the cases that the reader is not developed on. */
  heldOut: z.boolean().default(false),
  /** True where somebody wrote and labelled it who had not seen the reader, and nobody has looked at what the reader makes of it. */
  unseen: z.boolean().default(false),
  /** What the case is hard for, in a few words. */
  about: z.string().optional(),
  gold: z.strictObject({
    actors: z.array(
      z.strictObject({ name: z.string(), kind: z.enum(ACTOR_KINDS), mentions: z.array(z.string()).min(1) }),
    ),
    claims: z.array(
      z.strictObject({ speaker: z.string().nullable(), quote: z.string().min(1), kind: z.enum(CLAIM_KINDS) }),
    ),
    funding: z.array(
      z.strictObject({
        recipient: z.string().nullable(),
        amount: z.number().positive(),
        currency: z.string().length(3),
        kind: z.enum(FUNDING_KINDS),
        status: z.enum(FUNDING_STATUSES),
        investors: z.array(z.string()),
        valuation: z.strictObject({ amount: z.number(), currency: z.string() }).nullable().default(null),
        evidence: z.string().optional(),
      }),
    ),
  }),
});

/** One labelled article, by the name of its file. */
export type CorpusCase = z.infer<typeof Case> & { readonly slug: string };

const FOLDER = new URL('../tests/corpus/', import.meta.url);

/** Reads every case, in order of name. Throws for a file that does not hold one, or labels what its text does not say. */
export function loadCorpus(): CorpusCase[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const parsed = Case.safeParse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')));
      if (!parsed.success) throw new Error(`corpus: ${name}: ${z.prettifyError(parsed.error)}`);
      const { title, text, gold } = parsed.data;
      const said = `${title}\n${text}`;
      const spans = [
        ...gold.actors.flatMap((actor) => actor.mentions),
        ...gold.claims.map((claim) => claim.quote),
        ...gold.funding.flatMap(({ evidence }) => evidence ?? []),
      ];
      const absent = spans.find((span) => !said.includes(span));
      if (absent !== undefined) throw new Error(`corpus: ${name}: the article does not hold "${absent}"`);
      return { slug: name.slice(0, -'.json'.length), ...parsed.data };
    });
}
