/**
 * The register's actors in an article: the longest spelling wins, an ambiguous one only when the article speaks for it.
 */
import type { RegisterActor } from '#actor/actor.ts';
import { tokenize } from '#text/tokenize.ts';
import { ActorIndex, type IndexHit, type Searched } from './actor-index.ts';
import { type Setting, weighAmbiguous } from './ambiguity.ts';
import {
  createEntity,
  createPage,
  type Entity,
  NAMED,
  type Naming,
  NO_ACTOR,
  namingBefore,
  type Page,
  place,
} from './cast.ts';
import { NON_ACTORS } from './lexicon/non-actors.ts';
import { LONG_PLACES } from './lexicon/places.ts';
import { type Topic, topicOf } from './topic.ts';
import { classesOf, FIRST_NAME } from './word-classes.ts';
import { isCapitalised, JOINING, type Words } from './words.ts';

const CERTAIN = 0.95;
/** Ambiguous spellings judged in one article; a text that holds more is no article, and the rest of them do not count. */
const MAX_JUDGED = 1500;

/** The register made ready: spellings, ties between actors, context words. */
export class RegisterNames {
  readonly register: readonly RegisterActor[];
  readonly index: ActorIndex;
  /** For each actor the actors it is tied to, either way. */
  readonly #ties = new Map<number, number[]>();
  readonly #contexts = new Map<number, ReadonlySet<string>>();

  constructor(register: readonly RegisterActor[]) {
    this.register = register;
    this.index = new ActorIndex(register);
    const numbers = new Map(register.map((actor, number) => [actor.slug, number]));
    register.forEach((actor, number) => {
      for (const { organization } of actor.affiliations) {
        const other = numbers.get(organization);
        if (other === undefined) continue;
        this.#tie(number, other);
        this.#tie(other, number);
      }
      if (actor.context.length > 0)
        this.#contexts.set(
          number,
          new Set(actor.context.flatMap((text) => tokenize(text).map((t) => t.folded))),
        );
    });
  }

  #tie(from: number, to: number): void {
    const list = this.#ties.get(from);
    if (list === undefined) this.#ties.set(from, [to]);
    else list.push(to);
  }

  tiesOf(actor: number): readonly number[] {
    return this.#ties.get(actor) ?? [];
  }

  contextOf(actor: number): ReadonlySet<string> {
    return this.#contexts.get(actor) ?? NO_WORDS;
  }
}

const NO_WORDS: ReadonlySet<string> = new Set();

/** Names of several words that are no actors, in the same kind of index. Single words are classes of their own. */
const NON_ACTOR_NAMES: readonly string[] = [...Object.values(NON_ACTORS).flat(), ...LONG_PLACES].filter(
  (name) => tokenize(name).length > 1,
);
const NON_ACTOR_INDEX = new ActorIndex(
  NON_ACTOR_NAMES.map((name, number) => ({
    slug: String(number),
    name,
    kind: 'ORGANIZATION',
    aliases: [],
    affiliations: [],
    context: [],
    wikidata: null,
  })),
);
const NON_ACTOR_CAPITALS = NON_ACTOR_NAMES.map((name) =>
  tokenize(name).map((token) => token.shape !== 'LOWER'),
);

/** An ambiguous spelling that waits for the rest of the article. */
interface Deferred {
  readonly page: Page;
  readonly hit: IndexHit;
  /** Shorter spellings at the same place, longest first. */
  readonly shorter: readonly IndexHit[];
}

/** What the register knows of the article: pages with the namings on them, and the entities by position in the register. */
export interface Recognised {
  readonly pages: readonly Page[];
  readonly entities: Map<number, Entity>;
  readonly topic: Topic;
}

/** Finds the register's actors in the fields of one article. */
export function recognise(names: RegisterNames, fields: readonly Words[]): Recognised {
  const entities = new Map<number, Entity>();
  const deferred: Deferred[] = [];
  const homonyms: Deferred[] = [];
  const pages = fields.map((words) => {
    const page = createPage(words);
    settle(names, page, entities, deferred, homonyms);
    return page;
  });
  for (const { page, hit, shorter } of homonyms) {
    const all = [hit, ...shorter];
    const best = all.find((one) => names.tiesOf(one.actor).some((tie) => entities.has(tie))) ?? hit;
    put(names, page, entities, best, 0.8);
  }
  let organizations = 0;
  for (const { kind } of entities.values())
    if (kind === 'COMPANY' || kind === 'LAB' || kind === 'INVESTOR') organizations++;
  const topic = topicOf(fields, organizations);
  judge(names, deferred, pages, entities, topic === 'FIELD');
  return { pages, entities, topic };
}

function searchable({ tokens, gaps, text }: Words): Searched {
  const joins = new Uint8Array(tokens.length);
  for (let i = 1; i < tokens.length; i++) {
    if (JOINING.has(gaps[i]!)) joins[i] = 1;
    else {
      const end = tokens[i - 1]!.end;
      const between = tokens[i]!.start - end;
      if (between <= 2 && text.charCodeAt(end) !== 10 && text.charCodeAt(end + between - 1) !== 10)
        joins[i] = 2;
    }
  }
  return { tokens, joins };
}

function settle(
  names: RegisterNames,
  page: Page,
  entities: Map<number, Entity>,
  deferred: Deferred[],
  homonyms: Deferred[],
): void {
  const searched = searchable(page.words);
  const hits = names.index.find(searched).filter((hit) => !isAnotherPerson(names, page.words, hit));
  const others = NON_ACTOR_INDEX.find(searched).filter((hit) => isWritten(page.words, hit));
  let other = 0;
  let end = 0;
  for (let i = 0; i < hits.length || other < others.length; ) {
    const from = Math.min(hits[i]?.from ?? Infinity, others[other]?.from ?? Infinity);
    const here: IndexHit[] = [];
    while (hits[i]?.from === from) here.push(hits[i++]!);
    let past = 0;
    while (others[other]?.from === from) past = Math.max(past, others[other++]!.to);
    if (from < end) continue;
    here.sort((a, b) => b.to - a.to);
    const longest = here[0];
    if (longest === undefined || past > longest.to || (past === longest.to && longest.ambiguous)) {
      page.taken.fill(NO_ACTOR, from, past);
      end = past;
      continue;
    }
    end = longest.to;
    const same = here.filter((hit) => hit.to === longest.to);
    const shorter = here.filter((hit) => hit.to < longest.to);
    if (same.length > 1) {
      const plain = same.filter((hit) => !hit.ambiguous);
      if (plain.length > 1) homonyms.push({ page, hit: plain[0]!, shorter: plain.slice(1) });
      else if (plain.length === 1) put(names, page, entities, plain[0]!, CERTAIN);
      else for (const hit of same) deferred.push({ page, hit, shorter });
    } else if (longest.ambiguous) deferred.push({ page, hit: longest, shorter });
    else if (isFirstName(page.words, longest)) deferred.push({ page, hit: longest, shorter });
    else put(names, page, entities, longest, CERTAIN);
  }
}

/** "Anne Martin-Duval" is not Anne Martin. */
function isAnotherPerson(
  { register }: RegisterNames,
  { tokens, gaps }: Words,
  { actor, from, to }: IndexHit,
): boolean {
  const next = gaps[to] === 'HYPHEN' && to - from > 1 ? tokens[to] : undefined;
  return next !== undefined && isCapitalised(next) && register[actor]!.kind === 'PERSON';
}

/** "Thalès Moreau": a name that is also a first name, before another capital, waits for what the article says. */
function isFirstName({ tokens, gaps }: Words, { from, to }: IndexHit): boolean {
  if (to - from > 1 || (classesOf(tokens[from]!.folded) & FIRST_NAME) === 0) return false;
  const next = tokens[to];
  return next !== undefined && gaps[to] === 'SPACE' && isCapitalised(next);
}

/** A name that is no actor counts only as it is written: "le monde" is no newspaper. */
function isWritten({ tokens }: Words, { actor, from, to }: IndexHit): boolean {
  const capitals = NON_ACTOR_CAPITALS[actor]!;
  if (capitals.length !== to - from) return false;
  for (let i = 0; i < capitals.length; i++)
    if (capitals[i] && tokens[from + i]!.shape === 'LOWER') return false;
  return true;
}

function put(
  { register }: RegisterNames,
  page: Page,
  entities: Map<number, Entity>,
  { actor: number, from, to }: IndexHit,
  confidence: number,
): void {
  let entity = entities.get(number);
  if (entity === undefined) {
    const { name, kind } = register[number]!;
    entity = createEntity(number, name, kind, confidence);
    entities.set(number, entity);
  }
  entity.confidence = Math.max(entity.confidence, confidence);
  place(page, from, to, entity, confidence);
}

function judge(
  names: RegisterNames,
  deferred: readonly Deferred[],
  pages: readonly Page[],
  entities: Map<number, Entity>,
  onTopic: boolean,
): void {
  const certain = new Set(entities.keys());
  let articleWords: Set<string> | null = null;
  const inArticle = (context: ReadonlySet<string>): number => {
    if (context.size === 0) return 0;
    if (articleWords === null) {
      articleWords = new Set();
      for (const { words } of pages) for (const { folded } of words.tokens) articleWords.add(folded);
    }
    let count = 0;
    for (const word of context) if (articleWords.has(word)) count++;
    return count;
  };
  const pending = new Map(pages.map((page) => [page, new Uint8Array(page.words.tokens.length)]));
  for (const { page, hit } of deferred) pending.get(page)![hit.from] = 1;
  let waiting = deferred.slice(0, MAX_JUDGED);
  // A second look, now that other spellings of the article are settled.
  for (const round of [1, 2]) {
    const left: Deferred[] = [];
    for (const item of waiting) {
      const { page, hit } = item;
      if (isTaken(page, hit)) continue;
      const context = names.contextOf(hit.actor);
      const setting: Setting = {
        isNamed: certain.has(hit.actor),
        ties: names.tiesOf(hit.actor).filter((tie) => certain.has(tie)).length,
        inList: isBesideOrganization(page, hit),
        kind: names.register[hit.actor]!.kind,
        onTopic,
        context,
        contextInArticle: inArticle(context) + (round === 2 && entities.has(hit.actor) ? 3 : 0),
        isTaken: (token) => page.taken[token] !== 0 || pending.get(page)![token] === 1,
      };
      const weight = weighAmbiguous(page.words, hit.from, hit.to, setting);
      if (weight > 0) put(names, page, entities, hit, Math.min(0.9, 0.6 + weight * 0.06));
      else left.push(item);
    }
    waiting = left;
  }
  for (const { page, hit, shorter } of waiting) {
    if (isTaken(page, hit)) continue;
    page.rejected[hit.from] = 1;
    const plain = shorter.find((one) => !one.ambiguous);
    if (plain !== undefined) put(names, page, entities, plain, CERTAIN);
  }
}

function isTaken(page: Page, { from, to }: IndexHit): boolean {
  for (let i = from; i < to; i++) if (page.taken[i] !== 0) return true;
  return false;
}

const LINKS = new Set('a et ou and ainsi que le la les l de d du des comme'.split(' '));
const CONJUNCTIONS = new Set(['et', 'ou', 'and', 'que']);

/** "Iliad, Orange et Thales": next to an organisation that is settled, with only a comma or "et" between. */
function isBesideOrganization(page: Page, { from, to }: IndexHit): boolean {
  const { taken, namings, words } = page;
  const { tokens, gaps } = words;
  let linked = gaps[from] === 'COMMA';
  let before = from - 1;
  while (
    before >= 0 &&
    from - before <= 3 &&
    LINKS.has(tokens[before]!.folded) &&
    gaps[before + 1] !== 'STOP'
  ) {
    if (CONJUNCTIONS.has(tokens[before]!.folded) || gaps[before] === 'COMMA') linked = true;
    before--;
  }
  if (linked && before >= 0 && taken[before] === NAMED && isOrganization(namingBefore(page, before + 1)))
    return true;
  linked = gaps[to] === 'COMMA';
  let after = to;
  while (
    after < tokens.length &&
    after - to < 3 &&
    LINKS.has(tokens[after]!.folded) &&
    gaps[after] !== 'STOP'
  ) {
    if (CONJUNCTIONS.has(tokens[after]!.folded)) linked = true;
    after++;
  }
  return linked && isOrganization(namings.get(after) ?? null);
}

function isOrganization(naming: Naming | null): boolean {
  return naming !== null && naming.entity.kind !== 'PERSON';
}
