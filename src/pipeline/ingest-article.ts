/**
 * From an incoming article to the match log, in one transaction:
 *
 *   read (pure, before the lock) ─▶ lock ─▶ new, revised or unchanged? ─▶ story ─▶ article, mentions, claims, funding
 *                                                                          └─▶ facts new to the story ─▶ matches ─▶ commit
 *
 * Running it again with the same article, register and reader changes nothing.
 */
import { type Register, resolveActors, saveMentions } from '#actor/actor.store.ts';
import {
  type ArticleDetails,
  findArticle,
  type IncomingArticle,
  insertArticle,
  loadStoryCandidates,
  reviseArticle,
  type StoredArticle,
  saveEntry,
} from '#article/article.store.ts';
import { contentHash } from '#article/identity.ts';
import { decideRevision } from '#article/revise.ts';
import { chooseStory } from '#article/story.ts';
import { storySignature } from '#article/story-signature.ts';
import { saveClaims } from '#claim/claim.store.ts';
import type { Extraction, Reader } from '#extraction/extraction.ts';
import { readingHash } from '#extraction/reading-hash.ts';
import { saveFunding } from '#funding/funding.store.ts';
import { appendMatches, loadAlertedFacts, loadLoggedActors, recordFacts } from '#match/match.store.ts';
import { decideMatches, findFacts } from '#match/reasons.ts';
import type { Clock } from '#platform/clock.ts';
import type { Db, Tx } from '#platform/database.ts';
import { lockLog } from '#platform/log-lock.ts';

/** The register and the reader built on it, at one version. */
export interface Reading {
  readonly register: Register;
  readonly reader: Reader;
}

export interface IngestContext {
  readonly db: Db;
  readonly clock: Clock;
  /** The current reading; loads the register anew when it has changed. */
  reading(): Promise<Reading>;
}

/** What became of an incoming article. */
export interface Ingested {
  readonly outcome: 'NEW' | 'REVISED' | 'UNCHANGED';
  readonly articleId: number;
  /** Lines it added to the match log. */
  readonly matches: number;
}

/** Stores an article and everything it says, or finds that there is nothing new. */
export async function ingestArticle(context: IngestContext, given: IncomingArticle): Promise<Ingested> {
  const { register, reader } = await context.reading();
  const now = context.clock.now();
  const publishedAt = given.publishedAt ?? now;
  const read = ({ title, text }: IncomingArticle) => reader.read({ title, text, publishedAt });
  const readGiven = read(given);
  const hash = contentHash(given.title, given.text);
  const givenSignature = storySignature(given.title, given.text);

  return await context.db.$transaction(async (tx) => {
    await lockLog(tx);
    const stored = await findArticle(tx, given);
    const decision = decideRevision(stored, { ...given, contentHash: hash });
    if (stored !== null && decision.outcome === 'UNCHANGED') {
      if (given.source) await saveEntry(tx, given.source, stored.id, now);
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
    let article: ArticleInStory;
    if (stored !== null && decision.outcome === 'REVISED') {
      await reviseArticle(tx, stored, incoming, { ...details, changed: decision.changed });
      article = stored;
      if (incoming.source) await saveEntry(tx, incoming.source, article.id, now);
    } else {
      article = await insertIntoStory(tx, incoming, details);
    }
    const isNew = decision.outcome === 'NEW';
    const matches = await saveReading(tx, { article, incoming, extraction, now, isNew });
    return { outcome: decision.outcome, articleId: article.id, matches };
  });
}

type ArticleInStory = Pick<StoredArticle, 'id' | 'storyId' | 'publishedAt'>;

/** Stores a new article in the story it belongs to, or in one of its own. */
async function insertIntoStory(
  tx: Tx,
  incoming: IncomingArticle,
  details: ArticleDetails,
): Promise<ArticleInStory> {
  const { signature, publishedAt, now } = details;
  const candidates = await loadStoryCandidates(tx, { bands: signature.bands, publishedAt });
  const story = chooseStory(
    { outlet: incoming.outlet, profile: signature.profile, publishedAt },
    candidates,
    now,
  );
  const stored = await insertArticle(tx, incoming, {
    ...details,
    story: story && { id: story.storyId, independent: story.independent },
  });
  return { ...stored, publishedAt };
}

/**
 * What a reading alerts of: every fact that its story has not told yet (news); only actors of whom the log has no line of
 * this story (an article read again, which told of the others before); nothing. What alerts nobody is taken as told.
 */
export type Telling = 'NEW_FACTS' | 'NEW_ACTORS' | 'NOTHING';

/** Stores what was read of an article and logs the matches it brings; returns how many. Call only under `lockLog`. */
export async function saveReading(
  tx: Tx,
  {
    article,
    incoming,
    extraction,
    now,
    telling = 'NEW_FACTS',
    isNew = false,
  }: {
    readonly article: ArticleInStory;
    readonly incoming: Pick<IncomingArticle, 'title' | 'text'>;
    readonly extraction: Extraction;
    readonly now: Date;
    readonly telling?: Telling;
    /** True for an article of which nothing is stored yet but itself. */
    readonly isNew?: boolean;
  },
): Promise<number> {
  const place = { ...article, isNew };
  const actors = await resolveActors(tx, extraction.actors, now);
  const idOf = (ref: number | null): number | null => (ref === null ? null : (actors[ref]?.id ?? null));

  await saveMentions(
    tx,
    place,
    extraction.mentions.flatMap(({ actor, ...mention }) => {
      const actorId = idOf(actor);
      return actorId === null ? [] : [{ ...mention, actorId }];
    }),
    extraction.affiliations.flatMap(({ person, organization, ...affiliation }) => {
      const [actorId, organizationId] = [idOf(person), idOf(organization)];
      const isTie = actorId !== null && organizationId !== null && actorId !== organizationId;
      return isTie ? [{ ...affiliation, actorId, organizationId }] : [];
    }),
  );
  await saveClaims(
    tx,
    place,
    extraction.claims.map((claim) => ({
      claim,
      speakerId: idOf(claim.speaker),
      aboutIds: claim.about.flatMap((ref) => idOf(ref) ?? []),
    })),
  );
  const events = await saveFunding(
    tx,
    place,
    extraction.funding.map((report) => ({
      report,
      recipientId: idOf(report.recipient),
      investors: joinInvestors(
        report.investors.flatMap(({ actor, lead }) => {
          const id = idOf(actor);
          return id === null ? [] : [{ id, lead }];
        }),
      ),
    })),
  );

  // Candidates are no members of the register: nobody watches them, and they alert nobody. From here on an actor is its id:
  // two names of an article may have been merged into one actor.
  const facts = findFacts(extraction, incoming, (report) => events.get(report)!).flatMap((fact) => {
    const actor = actors[fact.actor];
    return actor?.confirmed ? [{ ...fact, actor: actor.id }] : [];
  });
  const known = await loadAlertedFacts(tx, article.storyId, facts);
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
