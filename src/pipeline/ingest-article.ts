/**
 * From an incoming article to the match log, in one transaction:
 *
 *   read (pure, before the lock) ─▶ lock ─▶ new, revised or unchanged? ─▶ story ─▶ article, mentions, claims, funding
 *                                                                             ├─▶ told once more? ─▶ what it told before, again
 *                                                                             └─▶ facts new to the story ─▶ matches ─▶ commit
 *
 * Under the lock the register's version is looked at: where it is not the reading's any more, the article is read again.
 * Running it again with the same article, register and reader changes nothing.
 */
import {
  loadRegisterVersion,
  type Register,
  type ResolvedActor,
  resolveActors,
  saveMentions,
} from '#actor/actor.store.ts';
import {
  type ArticleDetails,
  findArticle,
  type IncomingArticle,
  insertArticle,
  moveArticle,
  reviseArticle,
  type StoredArticle,
  saveEntry,
} from '#article/article.store.ts';
import { contentHash } from '#article/identity.ts';
import { decideRevision } from '#article/revise.ts';
import { loadStoryCandidates } from '#article/story.store.ts';
import { chooseStory, type StoryCandidate } from '#article/story.ts';
import { storySignature } from '#article/story-signature.ts';
import { saveClaims } from '#claim/claim.store.ts';
import type { Extraction, Reader } from '#extraction/extraction.ts';
import { readingHash } from '#extraction/reading-hash.ts';
import { saveFunding } from '#funding/funding.store.ts';
import { appendCorroborations } from '#match/corroboration.store.ts';
import { appendMatches, loadAlertedFacts, loadLoggedActors, recordFacts } from '#match/match.store.ts';
import { decideMatches, findFacts } from '#match/reasons.ts';
import type { Clock } from '#platform/clock.ts';
import { lockLog } from '#platform/log-lock.ts';
import type { Statements, Write } from '#platform/writer.ts';

/** The register and the reader built on it, at one version. */
export interface Reading {
  readonly register: Register;
  readonly reader: Reader;
}

export interface IngestContext {
  readonly write: Write;
  readonly clock: Clock;
  /** The current reading, the register loaded anew when it has changed; or one of the version `least` or later. */
  reading(least?: bigint): Promise<Reading>;
}

/** What became of an incoming article. */
export interface Ingested {
  readonly outcome: 'NEW' | 'REVISED' | 'UNCHANGED';
  readonly articleId: number;
  /** Lines of something new that it added to the match log. */
  readonly matches: number;
}

/** Stores an article and everything it says, or finds that there is nothing new. */
export async function ingestArticle(context: IngestContext, given: IncomingArticle): Promise<Ingested> {
  // Whether it is the register's present version is asked under the lock, on the way.
  let reading = await context.reading(0n);
  for (;;) {
    const ingested = await ingestRead(context, reading, given);
    if (ingested !== null) return ingested;
    reading = await context.reading();
  }
}

/** The same with one reading; null when the register has changed since. */
async function ingestRead(
  context: IngestContext,
  { register, reader }: Reading,
  given: IncomingArticle,
): Promise<Ingested | null> {
  const now = context.clock.now();
  const publishedAt = given.publishedAt ?? now;
  const read = ({ title, text }: IncomingArticle) => reader.read({ title, text, publishedAt });
  const readGiven = read(given);
  const hash = contentHash(given.title, given.text);
  const givenSignature = storySignature(given.title, given.text);

  return await context.write(async (tx) => {
    // Sent together: whatever the article is, one way to Postgres and back tells.
    const [, version, stored, candidates] = await Promise.all([
      lockLog(tx),
      loadRegisterVersion(tx),
      findArticle(tx, given),
      loadStoryCandidates(tx, { bands: givenSignature.bands, publishedAt }),
    ]);
    if (version !== register.version) return null;
    const decision = decideRevision(stored, { ...given, contentHash: hash });
    if (stored !== null && decision.outcome === 'UNCHANGED') {
      await Promise.all([
        given.source === null ? null : saveEntry(tx, given.source, stored.id, now),
        given.url === stored.url ? null : moveArticle(tx, stored.id, given.url),
      ]);
      return { outcome: 'UNCHANGED', articleId: stored.id, matches: 0 };
    }
    // A feed that now gives only the gist does not take the whole text away; the rest of what it says counts.
    const keeps = stored !== null && decision.outcome === 'REVISED' && decision.keepText;
    const incoming = keeps ? { ...given, text: stored.text, html: null } : given;
    const extraction = keeps ? read(incoming) : readGiven;
    const details = {
      contentHash: keeps ? contentHash(incoming.title, incoming.text) : hash,
      reader: extraction.reader,
      registerVersion: register.version,
      readingHash: readingHash(extraction),
      publishedAt,
      signature: keeps ? storySignature(incoming.title, incoming.text) : givenSignature,
      now,
    };
    const isNew = decision.outcome === 'NEW';
    const [article, actors] = await Promise.all([
      stored !== null && decision.outcome === 'REVISED'
        ? reviseInStory(tx, stored, incoming, { ...details, changed: decision.changed })
        : insertIntoStory(tx, incoming, { ...details, candidates }),
      resolveActors(tx, extraction.actors, now),
    ]);
    const matches = await saveReading(tx, { article, incoming, extraction, actors, now, isNew });
    return { outcome: decision.outcome, articleId: article.id, matches };
  });
}

type ArticleInStory = Pick<StoredArticle, 'id' | 'storyId' | 'publishedAt'>;

/** Stores what an article says now; it stays in its story. */
async function reviseInStory(
  tx: Statements,
  stored: StoredArticle,
  incoming: IncomingArticle,
  details: ArticleDetails & { readonly changed: readonly string[] },
): Promise<ArticleInStory> {
  await Promise.all([
    reviseArticle(tx, stored, incoming, details),
    incoming.source === null ? null : saveEntry(tx, incoming.source, stored.id, details.now),
  ]);
  return stored;
}

/** Stores a new article in the story it belongs to, or in one of its own. */
async function insertIntoStory(
  tx: Statements,
  incoming: IncomingArticle,
  { candidates, ...details }: ArticleDetails & { readonly candidates: readonly StoryCandidate[] },
): Promise<ArticleInStory> {
  const { signature, publishedAt, now } = details;
  const story = chooseStory(
    { outlet: incoming.outlet, profile: signature.profile, publishedAt },
    candidates,
    now,
  );
  const stored = await insertArticle(tx, incoming, {
    ...details,
    story: story && { id: story.storyId, independent: story.independent },
  });
  if (story?.independent === true) await appendCorroborations(tx, stored.storyId, now);
  return { ...stored, publishedAt };
}

/**
 * What a reading alerts of: every fact that its story has not told yet (news); only actors of whom the log has no line of
 * this story (an article read again, which told of the others before); nothing. What alerts nobody is taken as told.
 */
export type Telling = 'NEW_FACTS' | 'NEW_ACTORS' | 'NOTHING';

/** Stores what was read of an article and logs the matches it brings; returns how many. Call only under `lockLog`. */
export async function saveReading(
  tx: Statements,
  {
    article,
    incoming,
    extraction,
    actors,
    now,
    telling = 'NEW_FACTS',
    isNew = false,
  }: {
    readonly article: ArticleInStory;
    readonly incoming: Pick<IncomingArticle, 'title' | 'text'>;
    readonly extraction: Extraction;
    /** Those of the extraction, as `resolveActors` found them. */
    readonly actors: readonly (ResolvedActor | null)[];
    readonly now: Date;
    readonly telling?: Telling;
    /** True for an article of which nothing is stored yet but itself. */
    readonly isNew?: boolean;
  },
): Promise<number> {
  const place = { ...article, isNew };
  const idOf = (ref: number | null): number | null => (ref === null ? null : (actors[ref]?.id ?? null));
  const mentions = extraction.mentions.flatMap(({ actor, ...mention }) => {
    const actorId = idOf(actor);
    return actorId === null ? [] : [{ ...mention, actorId }];
  });
  const affiliations = extraction.affiliations.flatMap(({ person, organization, ...affiliation }) => {
    const [actorId, organizationId] = [idOf(person), idOf(organization)];
    const isTie = actorId !== null && organizationId !== null && actorId !== organizationId;
    return isTie ? [{ ...affiliation, actorId, organizationId }] : [];
  });
  const claims = extraction.claims.map((claim) => ({
    claim,
    speakerId: idOf(claim.speaker),
    aboutIds: claim.about.flatMap((ref) => idOf(ref) ?? []),
  }));
  const funding = extraction.funding.map((report) => ({
    report,
    recipientId: idOf(report.recipient),
    investors: joinInvestors(
      report.investors.flatMap(({ actor, lead }) => {
        const id = idOf(actor);
        return id === null ? [] : [{ id, lead }];
      }),
    ),
  }));
  const findTold = async () => {
    const events = await saveFunding(tx, place, funding);
    // Candidates are no members of the register: nobody watches them, and they alert nobody. From here on an actor is its id:
    // two names of an article may have been merged into one actor.
    const facts = findFacts(extraction, incoming, (report) => events.get(report)!).flatMap((fact) => {
      const actor = actors[fact.actor];
      return actor?.confirmed ? [{ ...fact, actor: actor.id }] : [];
    });
    return { facts, known: await loadAlertedFacts(tx, article.storyId, facts) };
  };
  const [{ facts, known }] = await Promise.all([
    findTold(),
    saveMentions(tx, place, mentions, affiliations),
    saveClaims(tx, place, claims),
  ]);
  const logged = telling === 'NEW_ACTORS' ? await loadLoggedActors(tx, article.storyId) : new Set();
  const isUntold = (actor: number): boolean => telling === 'NEW_ACTORS' && !logged.has(actor);
  // To whom nothing was ever told, everything is new, whatever was taken as told.
  const fresh = decideMatches(facts, (actor, fact) => known.has(`${actor} ${fact}`) && !isUntold(actor)).map(
    ({ actor, ...match }) => ({
      ...match,
      actorId: actor,
      articleId: article.id,
      storyId: article.storyId,
    }),
  );
  const alerts = ({ actorId }: { readonly actorId: number }): boolean =>
    telling === 'NEW_FACTS' || isUntold(actorId);
  const [matches, quiet] = [fresh.filter(alerts), fresh.filter((match) => !alerts(match))];
  await recordFacts(tx, quiet);
  await appendMatches(tx, matches, now, incoming);
  return matches.length;
}

/** Two names of one actor are one investor, which leads if either does. */
function joinInvestors(
  investors: readonly { readonly id: number; readonly lead: boolean }[],
): { readonly id: number; readonly lead: boolean }[] {
  const leads = new Map<number, boolean>();
  for (const { id, lead } of investors) leads.set(id, lead || (leads.get(id) ?? false));
  return [...leads].map(([id, lead]) => ({ id, lead }));
}
