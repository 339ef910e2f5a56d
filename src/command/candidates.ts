/** `vigie candidates list|confirm|merge|reject`: what the operator decides on actors that the register does not hold. */
import { ACTOR_KINDS, type ActorKind } from '#actor/actor.ts';
import { checkActor } from '#actor/actor-input.ts';
import { confirmCandidate, type Decision, listCandidates, rejectCandidate } from '#actor/candidate.store.ts';
import { exampleSentence } from '#actor/candidate-example.ts';
import { mergeActor } from '#actor/merge-actor.store.ts';
import type { Db } from '#platform/database.ts';
import { openConfiguredDatabase } from '#platform/open.ts';
import { withoutCommands } from '#text/terminal.ts';
import { type CommandContext, CommandError } from './command.ts';

const LIMIT_MAX = 1000;
const EXAMPLE_MAX = 160;
/** Longer slugs push their own line only. */
const SLUG_WIDTH_MAX = 32;

function readKind(text: string): ActorKind {
  const kind = ACTOR_KINDS.find((each) => each === text.toUpperCase());
  if (kind === undefined) {
    throw new CommandError(`candidates: no kind is called "${text}"; there are ${ACTOR_KINDS.join(', ')}`);
  }
  return kind;
}

function readCount(option: string, text: string, max: number): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= 1 && count <= max)) {
    throw new CommandError(`candidates: ${option} takes a whole number from 1 to ${max}`);
  }
  return count;
}

/** The candidates, most mentioned first: how many articles, the last day, what it is, and a sentence that names it. */
export async function listAllCandidates(
  context: CommandContext,
  options: { readonly minArticles: string; readonly kind?: string; readonly limit: string },
): Promise<void> {
  const wanted = {
    minArticles: readCount('--min-articles', options.minArticles, 1_000_000),
    kind: options.kind === undefined ? null : readKind(options.kind),
    limit: readCount('--limit', options.limit, LIMIT_MAX),
  };
  await using database = await openConfiguredDatabase(context.config());
  const { candidates, total } = await listCandidates(database.db, wanted);
  const width = Math.min(SLUG_WIDTH_MAX, Math.max(...candidates.map(({ slug }) => slug.length), 0));
  for (const { slug, name, kind, articleCount, lastSeenAt, example } of candidates) {
    const sentence = exampleSentence(example.text, example, EXAMPLE_MAX);
    const day = lastSeenAt.toISOString().slice(0, 10);
    const count = String(articleCount).padStart(5);
    context.stdout.write(
      `${count}  ${day}  ${kind.toLowerCase().padEnd(12)}  ${slug.padEnd(width)}  ${withoutCommands(name)}\n` +
        `${' '.repeat(7)}${withoutCommands(`${example.outlet}: ${sentence}`)}\n`,
    );
  }
  const shown = total > candidates.length ? `, the first ${candidates.length} shown` : '';
  context.stdout.write(`${total} candidate${total === 1 ? '' : 's'}${shown}\n`);
}

async function findId(db: Db, slug: string): Promise<number> {
  const actor = await db.actor.findUnique({ where: { slug }, select: { id: true } });
  if (actor === null) throw new CommandError(`candidates: no actor has the slug "${slug}"`);
  return actor.id;
}

function expectDone(decision: Decision): void {
  if (decision.outcome === 'CONFLICT') throw new CommandError(`candidates: ${decision.reason}`);
  if (decision.outcome === 'NOT_FOUND') throw new CommandError('candidates: the actor is gone');
}

/** Makes a candidate a member of the register. */
export async function confirm(
  context: CommandContext,
  slug: string,
  options: { readonly name?: string; readonly kind?: string },
): Promise<void> {
  const kind = options.kind === undefined ? undefined : readKind(options.kind);
  const checked = checkActor({ name: options.name ?? slug, slug, kind: kind ?? 'COMPANY' });
  if (!checked.ok) throw new CommandError(`candidates: ${checked.field}: ${checked.problem}`);
  await using database = await openConfiguredDatabase(context.config());
  const name = options.name === undefined ? undefined : checked.actor.name;
  expectDone(await confirmCandidate(database.db, await findId(database.db, slug), { name, kind }));
  context.stdout.write(`"${slug}" is a member of the register. "vigie reread" finds it in older articles.\n`);
}

/** Makes one actor another name of a member of the register. */
export async function merge(context: CommandContext, slug: string, into: string): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  const { db } = database;
  const decision = await mergeActor(db, await findId(db, slug), await findId(db, into));
  expectDone(decision);
  context.stdout.write(`"${slug}" is another name of "${into}" from now on.\n`);
}

/** Says of candidates that they are no actors; stops at the first that is none. */
export async function reject(context: CommandContext, slugs: readonly string[]): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  for (const slug of slugs) {
    expectDone(await rejectCandidate(database.db, await findId(database.db, slug)));
    context.stdout.write(`"${slug}" is no actor; its name is passed over from now on.\n`);
  }
}
