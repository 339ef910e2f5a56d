/** A filter as SQL: the same verdict as `passesFilter`, which a test holds against it. */
import { Prisma } from '#generated/prisma/client.ts';
import { isGiven, oneOf } from '#graphql/columns.ts';
import { CLAIM_REASONS, type MatchFilter, MONEY_REASONS, narrowed } from './filter.ts';
import type { ReasonKind } from './match.ts';
import { anchorsOf, compileWordQuery, type WordQuery } from './word-query.ts';

type Sql = Prisma.Sql;
const { sql } = Prisma;

/** One of the line's reasons is of one of these kinds, said so that an index on the reasons can answer it. */
function anyReason(kinds: readonly ReasonKind[]): Sql {
  if (kinds.length === 0) return sql`false`;
  const each = kinds.map((kind) => sql`t.reasons @> ${JSON.stringify([{ kind }])}::jsonb`);
  return sql`(${Prisma.join(each, ' or ')})`;
}

/** One reason of these kinds meets all of this, said of it as `r`. */
function oneReason(kinds: readonly ReasonKind[], conditions: readonly Sql[]): Sql[] {
  if (conditions.length === 0) return [];
  const all = [sql`r->>'kind' = any(${[...kinds]}::text[])`, ...conditions];
  // What an index can answer stands beside it.
  return [
    anyReason(kinds),
    sql`exists (select from jsonb_array_elements(t.reasons) r where ${Prisma.join(all, ' and ')})`,
  ];
}

function holdsWords(query: WordQuery): Sql {
  if (query.op === 'WORDS') return sql`strpos(w.words, ${query.words}) > 0`;
  if (query.op === 'NOT') return sql`not ${holdsWords(query.of)}`;
  return sql`(${Prisma.join(query.of.map(holdsWords), query.op === 'AND' ? ' and ' : ' or ')})`;
}

function wordConditions(source: string): Sql[] {
  const query = compileWordQuery(source);
  const anchors = anchorsOf(query)?.map((anchor) => anchor.trim().split(' ')) ?? null;
  // The longest word of a phrase stands for it in the index.
  const longest = anchors?.map((words) => words.reduce((a, b) => (b.length > a.length ? b : a)));
  const indexed =
    longest === undefined ? sql`true` : sql`string_to_array(w.words, ' ') && ${longest}::text[]`;
  return [
    sql`t.logged_text_id in (select w.id from logged_text w where ${indexed} and ${holdsWords(query)})`,
  ];
}

/** Conditions on a line `t` of the log that a filter stands for. */
export function matchConditions(filter: MatchFilter): Sql[] {
  const { actors, spokespeople, actorKinds, outlets, reasons } = filter;
  const { words, minimumEur, fundingStatuses, claimStatuses, minimumIndependentTexts: told } = filter;
  // An actor answers to its slug and to those of the actors that were merged into it; so do its lines and theirs.
  const isOf = (slugs: readonly string[]): Sql =>
    sql`t.actor_id in (
      select a.id from actor n join actor a on coalesce(n.merged_into_id, n.id) in (a.id, a.merged_into_id)
       where n.slug = any(${[...slugs]}::text[]))`;
  const speaking = isGiven(spokespeople)
    ? sql`${isOf(spokespeople)} and ${anyReason(['SPEAKING'])}`
    : sql`false`;
  return [
    isGiven(told)
      ? sql`(t.independent_texts = ${told} or (t.independent_texts > ${told} and t.corroborates is null))`
      : sql`t.corroborates is null`,
    ...(isGiven(actors) ? [sql`(${isOf(actors)} or ${speaking})`] : []),
    ...oneOf(sql`coalesce(m.kind, a.kind)`, actorKinds, 'ActorKind').map(
      (kind) => sql`exists (
        select from actor a left join actor m on m.id = a.merged_into_id where a.id = t.actor_id and ${kind})`,
    ),
    ...oneOf(sql`a.outlet`, outlets).map(
      (outlet) => sql`exists (select from article a where a.id = t.article_id and ${outlet})`,
    ),
    ...(isGiven(reasons) ? [anyReason(reasons)] : []),
    ...oneReason(narrowed(MONEY_REASONS, filter), [
      ...(isGiven(minimumEur) ? [sql`(r->>'amountEur')::numeric >= ${String(minimumEur)}::numeric`] : []),
      ...oneOf(sql`r->>'fundingStatus'`, fundingStatuses),
    ]),
    ...oneReason(narrowed(CLAIM_REASONS, filter), oneOf(sql`r->>'claimStatus'`, claimStatuses)),
    ...(isGiven(words) ? wordConditions(words) : []),
  ];
}
