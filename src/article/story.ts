/**
 * Which story an article belongs to. A story is one piece of news told by several outlets:
 *
 * - **copies**: a dispatch elsewhere, whole or cut, retitled, with lines added;
 * - **rewrites**: the same report with its sentences reordered, merged or shortened;
 * - **own reports** of the same event by another newsroom, out within a day and a half: independent texts.
 *
 * Other news of the same company, follow-ups, reactions, a rumour and what came of it, one line of a digest, and columns
 * and templates that come back are other stories.
 *
 * The thresholds were measured on the labelled pairs of `tests/article/story-pairs.json`; `npm run eval` writes how well they do
 * into docs/extraction.md; docs/feeds.md says how they did at first sight. What fails is own reports told from other news of the same
 * day, which is why these need proof beyond resemblance.
 */
import { PROFILE_VERSION, type StoryProfile, WEIGHTS } from './story-profile.ts';

/** Articles further apart than this are never of one story: the window in which to look for candidates. */
export const STORY_WINDOW_HOURS = 96;

/** How one text was made from another, if it was. */
export type TextRelation = 'COPY' | 'REWRITE' | 'INDEPENDENT';

/** What deciding needs of an article. */
export interface StoryArticle {
  readonly profile: StoryProfile;
  readonly outlet: string;
  /** Null when the feed gives no date: it then counts as published now. */
  readonly publishedAt: Date | null;
}

/** An article that is already in a story and shares a band with the one that comes in. */
export interface StoryCandidate extends StoryArticle {
  readonly storyId: number;
}

/** The story found. */
export interface ChosenStory {
  readonly storyId: number;
  /** True when the text is neither copy nor rewrite of any of the story's candidates: one more independent text. */
  readonly independent: boolean;
}

/** Titles must meet the other text: two articles behind one paywall notice have the same body and nothing else. */
const COPY = { contained: 0.75, head: 0.45, titles: 0.3 };
/** A text so wholly taken over that a contradiction in the titles does not count. */
const VERBATIM = 0.95;
/** The more of the text was kept, the less the titles must agree. */
const REWRITE = {
  contained: 0.25,
  shared: 5,
  head: 0.55,
  tiers: [
    { contained: 0.4, titles: 0.15 },
    { contained: 0.25, titles: 0.4 },
    { contained: 0.12, titles: 0.5 },
  ],
  hours: 72,
} as const;
/** An item of a line or two: too few shingles to count, so its whole head must be in the other. */
const BRIEF = { shingles: 25, head: 0.8, titles: 0.75, titleOnly: 0.7, hours: 48 };
const OWN = { head: 0.2, namesTitles: 0.5, figures: 2, sumTitles: 0.3, sumMeanTitles: 0.5, hours: 36 };
/** Of reports of half a day, what stands below the titles proves something too. */
const SAME_DAY = { hours: 12, names: 4, allNames: 0.5, words: 0.3, figures: 2, sumHead: 0.4, sumTitles: 0.5 };
/** An outlet reworks its own report within half a day; what looks alike later is a template, under one title a column. */
const TEMPLATE = { hours: 12, contained: COPY.contained, titles: 0.8, columnContained: 0.95 };
/** Sums that differ by less are the same sum rounded; in different currencies, by exchange rates of recent years. */
const ROUNDING = 1e6 * Math.log(1.04);
const EXCHANGE = 1e6 * Math.log(1.25);

/**
 * The story that an article joins, or null when it opens its own. `candidates` come from the look-up by bands; those of
 * another profile version are passed over. Of several stories the one with the closest text wins, the
 * earlier one when two are equal. An own report must agree with
 * at least half of a story's articles, so that stories do not grow by chains of resemblance.
 */
export function chooseStory(
  incoming: StoryArticle,
  candidates: readonly StoryCandidate[],
  now: Date,
): ChosenStory | null {
  const stories = new Map<number, Verdict[]>();
  for (const candidate of candidates) {
    const verdict = compare(incoming, candidate, now);
    if (!verdict) continue;
    const verdicts = stories.get(candidate.storyId);
    if (verdicts) verdicts.push(verdict);
    else stories.set(candidate.storyId, [verdict]);
  }
  let chosen: ChosenStory | null = null;
  let closest = 0;
  for (const [storyId, verdicts] of stories) {
    const agreeing = verdicts.filter(({ same }) => same);
    const independent = verdicts.every(({ relation }) => relation === 'INDEPENDENT');
    if (agreeing.length === 0 || (independent && 2 * agreeing.length < verdicts.length)) continue;
    const closeness = Math.max(...agreeing.map((verdict) => verdict.closeness));
    const further = closeness < closest || (closeness === closest && storyId > (chosen?.storyId ?? storyId));
    if (chosen && further) continue;
    chosen = { storyId, independent };
    closest = closeness;
  }
  return chosen;
}

/** Whether one text was copied or reworked from the other, whoever was first. Says nothing of the event. */
export function textRelation(a: StoryProfile, b: StoryProfile): TextRelation {
  return relate(measure(a, b));
}

interface Verdict {
  readonly same: boolean;
  readonly relation: TextRelation;
  readonly closeness: number;
}

function compare(a: StoryArticle, b: StoryArticle, now: Date): Verdict | null {
  if (a.profile.version !== PROFILE_VERSION || b.profile.version !== PROFILE_VERSION) return null;
  const hours = Math.abs(publication(a, now) - publication(b, now)) / 3_600_000;
  if (hours > STORY_WINDOW_HOURS) return null;
  const likeness = measure(a.profile, b.profile);
  const same = isSameStory(likeness, a, b, hours);
  const { contained, evenness, head, titles } = likeness;
  const closeness = contained * (1 + evenness) + head + titles;
  return { same, relation: relate(likeness), closeness };
}

function publication({ publishedAt }: StoryArticle, now: Date): number {
  return Math.min(publishedAt?.getTime() ?? now.getTime(), now.getTime());
}

function isSameStory(likeness: Likeness, a: StoryArticle, b: StoryArticle, hours: number): boolean {
  const { contained, shared, head, titles, titleOverlap, brief, titleOnly } = likeness;
  const sameOutlet = a.outlet === b.outlet;
  if (sameOutlet && hours >= TEMPLATE.hours) {
    const column = titleOverlap >= TEMPLATE.titles;
    if (contained < (column ? TEMPLATE.columnContained : TEMPLATE.contained)) return false;
  }
  const conflict = contradicts(a.profile, b.profile);
  if (contained >= COPY.contained && head >= COPY.head) {
    if (titles < COPY.titles) return false;
    return !conflict || (!sameOutlet && contained >= VERBATIM);
  }
  if (conflict) return false;
  if (titleOnly) return titleOverlap >= BRIEF.titleOnly && hours <= BRIEF.hours;
  const tier = REWRITE.tiers.find((each) => contained >= each.contained);
  if (tier && shared >= REWRITE.shared && head >= REWRITE.head && titles >= tier.titles) {
    return hours <= REWRITE.hours;
  }
  if (brief && head >= BRIEF.head && titles >= BRIEF.titles) return hours <= BRIEF.hours;
  return !sameOutlet && hours <= OWN.hours && isSameEvent(likeness, a.profile, b.profile, hours);
}

/**
 * Own words, one event. Either head tells what the other's title says, and there is proof beyond that: the sum in a title
 * is in the other article, or both titles carry the same two names and none that the other article lacks (unless they
 * agree in figures); within half a day also half of the shorter article's names together with words, figures or a sum,
 * or a sum that both know and titles that say the same. One name in
 * common is no proof: the same body often makes two announcements in a day. What one title only reports as talk, or as what
 * came afterwards, and the other as done are two events.
 */
function isSameEvent(
  { head, words, titles, meanTitles }: Likeness,
  a: StoryProfile,
  b: StoryProfile,
  hours: number,
): boolean {
  if (head < OWN.head || a.aside !== b.aside) return false;
  const both = common(a.titleNames, b.titleNames).length;
  const unknown = lacksOne(a.titleNames, b.names) || lacksOne(b.titleNames, a.names);
  if (both >= 2 && (!unknown || common(a.figures, b.figures).length >= OWN.figures)) {
    return titles >= OWN.namesTitles;
  }
  const named = common(a.titleNames, b.names).length + common(b.titleNames, a.names).length > 0;
  const sum = hasSum(a.titleSums, b.sums) || hasSum(b.titleSums, a.sums);
  if (named && sum && titles >= OWN.sumTitles && meanTitles >= OWN.sumMeanTitles) return true;
  if (hours > SAME_DAY.hours) return false;
  const names = common(a.names, b.names).length;
  if (names >= SAME_DAY.names && names >= SAME_DAY.allNames * Math.min(a.names.length, b.names.length)) {
    const figures = common(a.figures, b.figures).length;
    if (words >= SAME_DAY.words || figures >= SAME_DAY.figures || hasSum(a.sums, b.sums)) return true;
  }
  return head >= SAME_DAY.sumHead && titles >= SAME_DAY.sumTitles && names > 0 && hasSum(a.sums, b.sums);
}

/**
 * Two reports that cannot be of one event: each title names somebody, or gives a figure, that the other article knows
 * nothing of (one side alone proves nothing: a rewrite may add to its title); or both titles give a sum, and one of the
 * articles does not know the other's.
 */
function contradicts(a: StoryProfile, b: StoryProfile): boolean {
  const strangers = lacksOne(a.titleNames, b.names) && lacksOne(b.titleNames, a.names);
  const figures = lacksAll(a.titleFigures, b.figures) && lacksAll(b.titleFigures, a.figures);
  const bothSums = a.titleSums.length > 0 && b.titleSums.length > 0;
  const sums = bothSums && !(hasSum(a.titleSums, b.sums) && hasSum(b.titleSums, a.sums));
  return strangers || figures || sums;
}

function lacksOne(wanted: readonly number[], there: readonly number[]): boolean {
  return common(wanted, there).length < wanted.length;
}

function lacksAll(wanted: readonly number[], there: readonly number[]): boolean {
  return wanted.length > 0 && common(wanted, there).length === 0;
}

function common(a: readonly number[], b: readonly number[]): number[] {
  return a.filter((each) => b.includes(each));
}

/** One of the sums of a title is in an article. */
function hasSum(title: readonly number[], article: readonly number[]): boolean {
  for (let i = 0; i < title.length; i += 2) {
    for (let j = 0; j < article.length; j += 2) {
      const [currency, other] = [title[i + 1] ?? 0, article[j + 1] ?? 0];
      const tolerance = currency !== 0 && other !== 0 && currency !== other ? EXCHANGE : ROUNDING;
      if (Math.abs((title[i] ?? 0) - (article[j] ?? 0)) <= tolerance) return true;
    }
  }
  return false;
}

/** What two profiles have in common; shares run from 0 to 1. */
interface Likeness {
  /** Share of the shorter text's three-word runs that the longer one has. */
  readonly contained: number;
  /** Runs of the shorter text, of those of the longer one. */
  readonly evenness: number;
  /** About how many runs both have. */
  readonly shared: number;
  /** Share of the lighter head's weight that the other head has. */
  readonly head: number;
  /** The same of words that are no names. */
  readonly words: number;
  /** How much of either title is found in the other's head; the lower of the two. */
  readonly titles: number;
  /** The mean of the two. */
  readonly meanTitles: number;
  /** Words common to both titles, of all their words. */
  readonly titleOverlap: number;
  /** One of them is an item of a line or two. */
  readonly brief: boolean;
  /** One of them has no text. */
  readonly titleOnly: boolean;
}

function measure(a: StoryProfile, b: StoryProfile): Likeness {
  const [shorter, longer] = a.shingleCount <= b.shingleCount ? [a, b] : [b, a];
  const contained = containment(shorter, longer);
  const heads = [wordsOf(a.head), wordsOf(b.head)] as const;
  const plain = [a.head.filter(isPlain), b.head.filter(isPlain)] as const;
  const titles = [found(a.title, heads[1]), found(b.title, heads[0])] as const;
  const titleA = wordsOf(a.title);
  const titleB = wordsOf(b.title);
  const inBoth = titleA.intersection(titleB).size;
  return {
    contained,
    evenness: longer.shingleCount === 0 ? 1 : shorter.shingleCount / longer.shingleCount,
    shared: contained * shorter.shingleCount,
    head: Math.max(found(a.head, heads[1]), found(b.head, heads[0])),
    words: Math.max(found(plain[0], heads[1]), found(plain[1], heads[0])),
    titles: Math.min(...titles),
    meanTitles: (titles[0] + titles[1]) / 2,
    titleOverlap: inBoth / Math.max(1, titleA.size + titleB.size - inBoth),
    brief: shorter.shingleCount < BRIEF.shingles,
    titleOnly: shorter.shingleCount === 0,
  };
}

function relate({ contained, shared, head, titleOverlap, brief, titleOnly }: Likeness): TextRelation {
  if (titleOnly) return titleOverlap >= BRIEF.titleOnly ? 'COPY' : 'INDEPENDENT';
  if (contained >= COPY.contained) return 'COPY';
  if (contained >= REWRITE.contained && shared >= REWRITE.shared) return 'REWRITE';
  return brief && head >= BRIEF.head ? 'REWRITE' : 'INDEPENDENT';
}

/**
 * Share of the shorter text's runs that the longer one has. Exact while the longer one has no more runs than a sample
 * holds; beyond, counted among the hashes up to the sample's end, where both samples are complete.
 */
function containment(shorter: StoryProfile, longer: StoryProfile): number {
  const end = Math.min(sampleEnd(shorter), sampleEnd(longer));
  let looked = 0;
  let both = 0;
  let at = 0;
  // Both samples are ascending.
  for (const run of shorter.shingles) {
    if (run > end) break;
    looked += 1;
    while (at < longer.shingles.length && longer.shingles[at]! < run) at += 1;
    if (longer.shingles[at] === run) both += 1;
  }
  return looked === 0 ? 0 : both / looked;
}

function sampleEnd({ shingles, shingleCount }: StoryProfile): number {
  return shingles.length < shingleCount ? (shingles.at(-1) ?? 0) : Number.POSITIVE_INFINITY;
}

/** Share of the weight of `words` that stands in `there` too. A word weighs what it weighs where it is looked for. */
function found(words: readonly number[], there: ReadonlySet<number>): number {
  let all = 0;
  let met = 0;
  for (const word of words) {
    const weight = WEIGHTS[(word & 3) as 0 | 1 | 2 | 3];
    all += weight;
    if (there.has(wordOf(word))) met += weight;
  }
  return all === 0 ? 0 : met / all;
}

function wordsOf(hashes: readonly number[]): Set<number> {
  const words = new Set<number>();
  for (const each of hashes) words.add(wordOf(each));
  return words;
}

/** A word or figure, no name and not generic. */
function isPlain(hash: number): boolean {
  return (hash & 3) === 1 || (hash & 3) === 2;
}

function wordOf(hash: number): number {
  return hash & ~3;
}
