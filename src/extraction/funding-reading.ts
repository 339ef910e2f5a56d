/**
 * Reads one page amount by amount: verdict, parties, kind, status and date make a draft of a fact.
 */
import { type Cue, findCues } from './funding-cues.ts';
import { isCumulative } from './funding-cumulative.ts';
import type { CurrencyGuess } from './funding-currency.ts';
import { dateOf } from './funding-date.ts';
import type { Draft } from './funding-facts.ts';
import { kindOf } from './funding-kind.ts';
import { laurelsOf } from './funding-laurels.ts';
import type { Clause, Latest, Neighbour } from './funding-links.ts';
import type { Page, PageAmount } from './funding-page.ts';
import { governorOf } from './funding-phrases.ts';
import { findParties } from './funding-recipient.ts';
import type { Scene } from './funding-scene.ts';
import { statusOf } from './funding-status.ts';
import type { CueMap } from './funding-tests.ts';
import { recipientByTopic } from './funding-topic.ts';
import { judge, type Verdict } from './funding-verdict.ts';
import type { Worth } from './valuation.ts';

/** The drafts and the valuations of one page. */
export interface PageReading {
  readonly drafts: readonly Draft[];
  readonly worths: readonly Worth[];
}

/** A headline is short on context: it needs better evidence. */
const HEADLINE_COST = 10;

/** Reads the amounts of a page in order; what has been read is kept in the scene for those that follow. */
export function readPage(
  scene: Scene,
  page: Page,
  published: Date | null,
  currencies: CurrencyGuess,
): PageReading {
  const cues = groupCues(page);
  if (page === scene.text) scene.civic = isCivic(page, cues);
  const drafts: Draft[] = [];
  const worths: Worth[] = [];
  let before: Neighbour | null = null;
  let latest: Latest | null = null;
  let plan: Clause['plan'] = null;
  let gift: Neighbour | null = null;
  for (const amount of page.amounts) {
    if (before && before.amount.sentence !== amount.sentence) before = null;
    const verdict: Verdict =
      implied(amount, before) ?? gapped(page, amount, before, cues) ?? judge(scene, page, amount, cues);
    if (verdict.type === 'NOT') continue;
    const money = currencies.moneyOf(page, amount);
    if (verdict.type === 'WORTH') {
      worths.push({ page, at: amount, money });
      continue;
    }
    if (page.field === 'TITLE' && verdict.cost > HEADLINE_COST) continue;
    const clause: Clause = { scene, page, amount, verdict, before, latest, plan, gift };
    const found = findParties(clause);
    if (!found) continue;
    const parties = found.recipient ? found : { ...found, recipient: recipientByTopic(clause, found) };
    before = { amount, verdict, parties };
    if (verdict.type === 'GIVE') gift = before;
    const kind = kindOf({
      page,
      amount,
      governments: verdict.governments,
      cue: verdict.cue,
      type: parties.as ?? verdict.type,
      recipient: parties.recipient,
      investor: parties.investors[0]?.actor ?? null,
      investors: parties.investors.length,
      state: parties.state,
      callNear: isNear(cues, amount.sentence, (c) => /^(?:appel|laureat)/.test(c.lemma)),
      publicNear: isNear(
        cues,
        amount.sentence,
        (c) => (c.type === 'GRANT' && c.weight === 3) || /^(?:appel|laureat)/.test(c.lemma),
      ),
      planNear: isNear(cues, amount.sentence, (c) => c.type === 'PLAN'),
    });
    const recipient = kind === 'PUBLIC_PLAN' ? null : parties.recipient;
    plan = kind === 'PUBLIC_PLAN' ? { parties, sentence: amount.sentence } : null;
    if (recipient) {
      scene.recipients.push({ ref: recipient.ref, sentence: page === scene.text ? amount.sentence : -1 });
      latest = { recipient, sentence: amount.sentence, raise: verdict.type === 'RAISE' };
    }
    const programme =
      kind === 'GRANT' && recipient && parties.investors.length === 0
        ? laurelsOf(page, amount.sentence, amount.from)
        : null;
    const investors = programme
      ? [{ actor: programme, lead: false }]
      : parties.investors.filter((i) => i.actor.ref !== recipient?.ref);
    for (const { actor } of investors) scene.payers.add(actor.ref);
    const status = statusOf({
      page,
      amount,
      cue: verdict.cue,
      kind,
      received: recipient !== null,
      year: published?.getUTCFullYear() ?? null,
    });
    drafts.push({
      page,
      at: amount,
      cue: verdict.cue,
      // "pourrait lever au total 40 milliards" is a round to come.
      total: status === 'CLOSED' && isTotal(page, amount),
      cumulative: kind === 'ROUND' && status === 'CLOSED' && isCumulative(page, amount),
      money,
      same: amount.amount.same,
      precision: amount.amount.precision,
      kind,
      status,
      recipient,
      investors: new Map(investors.map((i) => [i.actor.ref, i.lead])),
      valuation: null,
      date: dateOf(page, amount, published),
      confidence: confidenceOf(verdict.cost, recipient !== null || kind === 'PUBLIC_PLAN'),
    });
  }
  return { drafts, worths };
}

/** More of plans, programmes and public bodies than of rounds. */
function isCivic(page: Page, cues: CueMap): boolean {
  let state = 0;
  let raise = 0;
  for (const list of cues.values()) {
    for (const cue of list) {
      if (cue.type === 'PLAN') state += cue.weight === 3 ? 2 : 1;
      if (cue.type === 'RAISE' && cue.weight === 3) raise += 2;
    }
  }
  // The public bank takes part in rounds as funds do.
  for (const { actor } of page.mentions)
    if (actor.kind === 'GOVERNMENT' && actor.name !== 'Bpifrance') state++;
  return state > raise;
}

/** "105 millions d'abord, 385 ensuite": what takes its unit from the amount before takes its sense from it too. */
function implied(amount: PageAmount, before: Neighbour | null): Verdict | null {
  return before && amount.amount.implied && before.verdict.cue
    ? { ...before.verdict, cost: before.verdict.cost + 1 }
    : null;
}

/** "Digital Realty, 5 milliards ; Equinix, 630 millions": the verb is not said again. */
function gapped(page: Page, amount: PageAmount, before: Neighbour | null, cues: CueMap): Verdict | null {
  if (!before || amount.from - before.amount.to > GAP || before.verdict.cue === null) return null;
  if (before.verdict.cue.from >= before.amount.to) return null;
  const own = cues.get(amount.sentence)?.some((c) => c.from >= before.amount.to && c.from < amount.to + 3);
  if (own) return null;
  const between = page.mentions.filter((m) => m.from >= before.amount.to && m.to <= amount.from);
  const name = between.at(-1);
  if (!name || name.to < amount.from - 1 || governorOf(page, name) >= 0) return null;
  return { ...before.verdict, cost: before.verdict.cost + 2 };
}

const GAP = 14;

function groupCues(page: Page): CueMap {
  const cues = new Map<number, Cue[]>();
  for (const cue of findCues(page)) {
    const sentence = page.sentenceOf[cue.from]!;
    const list = cues.get(sentence);
    if (list) list.push(cue);
    else cues.set(sentence, [cue]);
  }
  return cues;
}

function isNear(cues: CueMap, sentence: number, fits: (cue: Cue) => boolean): boolean {
  for (let s = sentence - 3; s <= sentence + 1; s++) if (cues.get(s)?.some(fits)) return true;
  return false;
}

/** "au total", "depuis sa création", "en treize ans": a sum over several rounds. */
function isTotal(page: Page, { from, to, sentence }: PageAmount): boolean {
  const { from: first, to: last } = page.sentences[sentence]!;
  for (let i = Math.max(first, from - 14); i < Math.min(last, to + 8); i++) {
    if (i >= to && page.breaks[i] === 'COMMA') return false;
    const { folded } = page.words[i]!;
    const next = page.words[i + 1]?.folded ?? '';
    if (folded === 'au' && next === 'total') return true;
    if (folded === 'en' && (next === 'tout' || /^(?:ans|annees)$/.test(page.words[i + 2]?.folded ?? '')))
      return true;
    if (folded === 'depuis' && /^(?:sa|son|ses|leur|20\d\d)$/.test(next)) return true;
    if (folded === 'a' && next === 'ce' && page.words[i + 2]?.folded === 'jour') return true;
    // "portant le montant total levé à 140 millions"; "pour un montant total de 140 millions" is one sum.
    const sum = page.words[i - 1]?.folded === 'montant' && !/^(?:leve|leves|collecte|recolte)$/.test(next);
    if (/^(?:cumule|cumules|total|totalise)$/.test(folded) && !sum) return true;
  }
  return false;
}

function confidenceOf(cost: number, complete: boolean): number {
  return Math.max(0.4, Math.min(0.95, 0.95 - cost * 0.025 - (complete ? 0 : 0.1)));
}
