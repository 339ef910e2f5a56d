/** Alerts as people read them: one entry a story, with everybody who is in it and the sentence that says most. */
import type { ReasonKind } from '#match/match.ts';
import type { Alert, AlertArticle } from './alert.ts';

/** An actor of an entry and the parts it has in it, the most telling first. */
interface EntryActor {
  readonly slug: string;
  readonly name: string;
  readonly parts: readonly ReasonKind[];
}

export interface Entry {
  readonly article: AlertArticle;
  /** Other articles of the same story. */
  readonly others: readonly AlertArticle[];
  readonly actors: readonly EntryActor[];
  /** What to read after the title; empty when there is nothing more than it. */
  readonly sentence: string;
}

/** The most telling first. */
const ORDER: readonly ReasonKind[] = ['RAISING', 'INVESTING', 'SPEAKING', 'SPOKEN_ABOUT', 'MENTIONED'];
const rank = (kind: ReasonKind): number => ORDER.indexOf(kind);

function actorsOf(alerts: readonly Alert[]): EntryActor[] {
  const groups = Map.groupBy(alerts, ({ actor }) => actor.slug);
  const actors = [...groups].map(([slug, group]) => {
    const kinds = new Set(group.flatMap(({ reasons }) => reasons.map(({ kind }) => kind)));
    return { slug, name: group[0]!.actor.name, parts: ORDER.filter((kind) => kinds.has(kind)) };
  });
  return actors.sort((a, b) => rank(a.parts[0] ?? 'MENTIONED') - rank(b.parts[0] ?? 'MENTIONED'));
}

function sentenceOf(alerts: readonly Alert[], { title, summary }: AlertArticle): string {
  const best = alerts
    .flatMap(({ reasons }) => reasons)
    .filter(({ field, sentence }) => field === 'TEXT' && sentence !== '')
    .reduce<{ kind: ReasonKind; sentence: string } | null>(
      (found, reason) => (found === null || rank(reason.kind) < rank(found.kind) ? reason : found),
      null,
    );
  const text = best?.sentence ?? summary;
  return text === title ? '' : text;
}

/** Groups alerts by story, in the order in which the stories came. */
export function groupAlerts(alerts: readonly Alert[]): Entry[] {
  return [...Map.groupBy(alerts, ({ storyId }) => storyId).values()].map((group) => {
    const articles = [...new Map(group.map(({ article }) => [article.id, article])).values()];
    const [article, ...others] = articles as [AlertArticle, ...AlertArticle[]];
    return { article, others, actors: actorsOf(group), sentence: sentenceOf(group, article) };
  });
}

/** Money first, then words, then names; the newest first among equals. */
export function sortEntries(entries: readonly Entry[]): Entry[] {
  const weight = ({ actors }: Entry): number => rank(actors[0]?.parts[0] ?? 'MENTIONED');
  return entries.toSorted(
    (a, b) => weight(a) - weight(b) || b.article.publishedAt.getTime() - a.article.publishedAt.getTime(),
  );
}
