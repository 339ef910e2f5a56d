/**
 * What ties the parties of a clause to its money: agents ("par X"), sources ("de X"), lists, datives, brackets.
 */
import type { ReadActor } from './extraction.ts';
import { isAside } from './funding-lists.ts';
import type { Page, PageAmount, PageMention } from './funding-page.ts';
import { findOwner, type Party } from './funding-parties.ts';
import { governorOf } from './funding-phrases.ts';
import { canReceive, employerOf, isVenture, resolve, type Scene } from './funding-scene.ts';
import type { Verdict } from './funding-verdict.ts';
import { FUND_NOUNS } from './lexicon/funding-parties.ts';

/** The parties to a fact. */
export interface Parties {
  readonly recipient: ReadActor | null;
  readonly investors: readonly Investor[];
  /** True when a state, ministry or programme pays, named or not. */
  readonly state: boolean;
  /** What the deal is after all, where the parties tell: "a convaincu X et Y de lui apporter" is a raise. */
  readonly as?: 'RAISE' | 'GIVE';
}

export interface Investor {
  readonly actor: ReadActor;
  readonly lead: boolean;
}

/** The fact read just before in the same sentence. */
export interface Neighbour {
  readonly amount: PageAmount;
  readonly verdict: Verdict;
  readonly parties: Parties;
}

/** The last fact read that has a recipient, the sentence it stands in, and whether it was a raise. */
export interface Latest {
  readonly recipient: ReadActor;
  readonly sentence: number;
  readonly raise: boolean;
}

/** All that finding the parties of one amount needs. */
export interface Clause {
  readonly scene: Scene;
  readonly page: Page;
  readonly amount: PageAmount;
  readonly verdict: Verdict;
  readonly before: Neighbour | null;
  readonly latest: Latest | null;
  /** The last fact read of money paid in. */
  readonly gift: Neighbour | null;
  /** The last fact read, if a public plan. */
  readonly plan: { readonly parties: Parties; readonly sentence: number } | null;
}

/** True when the cue is a participle whose subject undergoes it: "financée par", "105 millions investis". */
export function isPassive({ page, amount, verdict }: Clause): boolean {
  const { cue } = verdict;
  if (!cue?.participle) return false;
  if (cue.from >= amount.to || /^(?:COMMA|OPEN)$/.test(page.breaks[cue.from]!)) return true;
  for (let i = cue.from - 1; i >= 0 && i >= cue.from - 4; i--) {
    const { folded } = page.words[i]!;
    if (/^(?:a|ont|avait|avaient|ayant|avoir|aurait|aura)$/.test(folded)) return false;
    if (/^(?:est|sont|ete|etre|etait|sera|seront|fut|serait|etaient)$/.test(folded))
      return page.words[i - 1]?.folded !== 's';
  }
  return true;
}

/** The first mention that "par" introduces between two words. */
export function findAgent(page: Page, from: number, to: number): PageMention | null {
  for (let i = from; i < to; i++) {
    if (page.words[i]!.folded === 'par' && page.amountAt[i] === -1) {
      const owner = findOwner(page, i, () => true);
      if (owner?.kind === 'ACTOR') return owner.mention;
    }
    if (page.breaks[i] === 'SEMICOLON') return null;
  }
  return null;
}

/** True where "par l'État", "du gouvernement" stands between two words without being a known actor. */
export function isPaidByState(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to - 1 && i < from + 14; i++) {
    if (page.amountAt[i] !== -1) return false;
    if (!/^(?:par|de|d|du)$/.test(page.words[i]!.folded)) continue;
    for (let k = i + 1; k <= i + 2 && k < to; k++) {
      if (page.mentionAt[k] === -1 && STATES.test(page.words[k]!.folded)) return true;
    }
  }
  return false;
}

const STATES = /^(?:etat|gouvernement|region|departement|bercy|commission|ministere)$/;

/** "3 millions d'euros du Conseil européen de l'innovation", "auprès de la BPI": where the money comes from. */
export function findSource(page: Page, from: number, to: number): PageMention | null {
  for (let i = from; i < to && i < from + 14; i++) {
    const { folded } = page.words[i]!;
    if (page.amountAt[i] !== -1 || page.breaks[i] === 'SEMICOLON') return null;
    if (folded !== 'de' && folded !== 'd' && folded !== 'du' && folded !== 'par') continue;
    const owner = findOwner(page, i, (a) => a.kind !== 'LAB');
    // "(cofondateur de Datadog)" says who somebody is.
    if (owner?.kind === 'ACTOR' && !isAside(page, owner.mention)) return owner.mention;
  }
  return null;
}

const LINKING =
  /^(?:et|a|au|aupres|de|d|du|le|la|l|les|par|ainsi|que|fonds|groupe|geant|avec|sa|son|ses|filiale)$/;

/** A mention and those joined to it on its right: "A, B et C". */
export function listFrom(page: Page, first: PageMention): Investor[] {
  const list = [{ actor: first.actor, lead: false }];
  let last = first;
  for (let place = page.mentionAt[first.from]! + 1; place < page.mentions.length; place++) {
    const next = page.mentions[place]!;
    if (!isJoined(page, last, next)) break;
    list.push({ actor: next.actor, lead: false });
    last = next;
  }
  return list;
}

/** A mention and those joined to it on its left. */
export function listBack(page: Page, last: PageMention): Investor[] {
  const list = [{ actor: last.actor, lead: false }];
  const governed = governorOf(page, last) >= 0;
  let first = last;
  for (let place = page.mentionAt[last.from]! - 1; place >= 0; place--) {
    const before = page.mentions[place]!;
    if (!isJoined(page, before, first) || (!governed && governorOf(page, before) >= 0)) break;
    list.unshift({ actor: before.actor, lead: false });
    first = before;
  }
  return list;
}

function isJoined(page: Page, a: PageMention, b: PageMention): boolean {
  if (b.from - a.to > 5 || page.sentenceOf[a.from] !== page.sentenceOf[b.from]) return false;
  let joined = page.breaks[a.to] === 'COMMA';
  for (let i = a.to; i < b.from; i++) {
    const { folded, shape } = page.words[i]!;
    // "et le fonds émirati MGX": an adjective may stand between its noun and the name.
    const adjective = FUND_NOUNS.has(page.words[i - 1]!.folded) && shape === 'LOWER' && i === b.from - 1;
    if (!LINKING.test(folded) && !adjective) return false;
    if (folded === 'et') joined = true;
  }
  return joined;
}

/** The place of "lui", "leur" or "y" before a verb, or -1. */
export function findDative(page: Page, at: number, from: number): number {
  for (let i = at - 1; i >= from && i >= at - 6; i--) {
    if (page.breaks[i + 1] !== 'NONE') return -1;
    const { folded } = page.words[i]!;
    // "y investit", "y a déjà investi"
    const place =
      folded === 'y' &&
      (i === at - 1 || /^(?:a|ont|avait|avaient|aura|aurait)$/.test(page.words[i + 1]!.folded));
    // "quant à lui", "à leur tour"
    const stressed = page.words[i - 1]?.folded === 'a' || page.words[i + 1]?.folded === 'tour';
    if ((folded === 'lui' || folded === 'leur' || place) && !stressed) return i;
  }
  return -1;
}

/** "Cohere (500 millions levés)": the name right before the bracket that holds the amount. */
export function findBracketed(page: Page, amount: PageAmount): PageMention | null {
  if (page.breaks[amount.from] !== 'OPEN' || amount.from === 0) return null;
  const place = page.mentionAt[amount.from - 1]!;
  return place === -1 ? null : page.mentions[place]!;
}

/** "DeepMind, racheté 400 millions": the name right before the comma of a participle. */
export function findParticipleSubject({ page, verdict }: Clause): Party | null {
  const { cue } = verdict;
  if (!cue?.participle || cue.from === 0 || page.breaks[cue.from] !== 'COMMA') return null;
  const place = page.mentionAt[cue.from - 1]!;
  return place === -1 ? null : { kind: 'ACTOR', mention: page.mentions[place]!, at: cue.from - 1 };
}

/** "Racheté 37 millions par Sonos, Snips …": the subject that follows an opening participle, after a comma. */
export function findFollowing(page: Page, from: number, to: number): Party | null {
  let comma = false;
  for (let i = from; i < to; i++) {
    if (page.breaks[i] === 'COMMA') comma = true;
    if (!comma) continue;
    const place = page.mentionAt[i]!;
    if (place !== -1) {
      const mention = page.mentions[place]!;
      if (governorOf(page, mention) < 0) return { kind: 'ACTOR', mention, at: i };
      i = mention.to - 1;
    } else if (/^(?:elle|il)$/.test(page.words[i]!.folded))
      return { kind: 'ANAPHOR', kinds: ['COMPANY', 'LAB', 'ORGANIZATION'], at: i };
  }
  return null;
}

/** Who a party is as a receiver of money: a person stands for their organisation, an anaphor for whom it recalls. */
export function asReceiver(scene: Scene, page: Page, party: Party | null, except = -1): ReadActor | null {
  if (party?.kind === 'ANAPHOR') return recall(scene, page, party, except);
  if (party?.kind !== 'ACTOR') return null;
  const { actor } = party.mention;
  if (canReceive(actor)) return actor;
  if (actor.kind !== 'PERSON') return null;
  const employer = employerOf(scene, page, party.mention);
  return employer && canReceive(employer) ? employer : resolve(scene, page, party.at, isVenture);
}

function recall(
  scene: Scene,
  page: Page,
  { kinds, at }: Extract<Party, { kind: 'ANAPHOR' }>,
  except: number,
): ReadActor | null {
  // "Nous visons", between quotation marks: as a rule whom the article is about.
  if (page.words[at]!.folded === 'nous' && scene.main && canReceive(scene.main) && scene.main.ref !== except)
    return scene.main;
  const owner = ownerOf(scene, page, at);
  if (owner && owner.ref !== except && kinds.includes(owner.kind)) return owner;
  if (kinds[0] === 'INVESTOR') {
    const filled = scene.recipients.findLast(
      (r) => scene.found.actors.find((a) => a.ref === r.ref)?.kind === 'INVESTOR',
    );
    if (filled) return scene.found.actors.find((a) => a.ref === filled.ref) ?? null;
  }
  const only =
    kinds[0] === 'COMPANY' && kinds.length > 1
      ? null
      : resolve(scene, page, at, (a) => a.kind === kinds[0] && a.ref !== except);
  return (
    only ??
    resolve(scene, page, at, (a) => kinds.includes(a.kind) && a.ref !== except) ??
    resolve(scene, page, at, (a) => canReceive(a) && a.ref !== except)
  );
}

/** "la société de Sam Altman": the one its person works for. */
function ownerOf(scene: Scene, page: Page, at: number): ReadActor | null {
  for (let i = at + 1; i < at + 4 && i < page.words.length; i++) {
    if (!/^de?$/.test(page.words[i]!.folded)) continue;
    const place = page.mentionAt[i + 1] ?? -1;
    if (place === -1 || page.mentions[place]!.actor.kind !== 'PERSON') return null;
    return employerOf(scene, page, page.mentions[place]!);
  }
  return null;
}

export function isState(party: Party | null): boolean {
  return party?.kind === 'PUBLIC' || (party?.kind === 'ACTOR' && party.mention.actor.kind === 'GOVERNMENT');
}
