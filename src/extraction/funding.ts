/**
 * Who raised how much from whom: an article's funding facts.
 *
 *   amounts ─▶ verdict (which word governs, is it funding) ─▶ parties ─▶ kind, status, date ─▶ one fact per deal
 *           ─▶ investors and valuations that other sentences add
 */
import type { FoundAmount } from '#text/amounts.ts';
import { addDecimals } from '#text/numbers.ts';
import type { FoundActors } from './actors.ts';
import type { Money, ReadActor, ReadableArticle, ReadFunding } from './extraction.ts';
import { type Cue, findCues } from './funding-cues.ts';
import { dateOf } from './funding-date.ts';
import { type Draft, isClose, isRound, isStage, joinDrafts } from './funding-facts.ts';
import { findInvestors } from './funding-investors.ts';
import { findStages, kindOf } from './funding-kind.ts';
import type { Clause, Latest, Neighbour } from './funding-links.ts';
import { layOut, type Page, type PageAmount } from './funding-page.ts';
import { findParties } from './funding-recipient.ts';
import { createScene, employerOf, type Scene } from './funding-scene.ts';
import { statusOf } from './funding-status.ts';
import { judge } from './funding-verdict.ts';
import { attachValuations, type Worth } from './valuation.ts';

/** Finds the funding facts of an article, in the order of the text, one for each deal. Linear time; never throws. */
export function findFunding(article: ReadableArticle, found: FoundActors): readonly ReadFunding[] {
  const text = layOut('TEXT', article.text, found);
  const title = layOut('TITLE', article.title, found);
  if (text.amounts.length + title.amounts.length === 0) return [];
  const scene = createScene(title, text, found);
  const currencies = new CurrencyGuess([text, title]);
  const worths: Worth[] = [];
  const drafts: Draft[] = [];
  for (const page of [text, title]) readPage(scene, page, article.publishedAt, currencies, drafts, worths);
  const facts = joinDrafts(drafts);
  const parts = findParts(facts);
  for (const page of [text, title]) {
    spreadStages(page, facts);
    gatherInvestors(scene, page, facts, parts);
  }
  shareInvestors(facts);
  passOnPayers(facts);
  attachValuations(
    worths,
    facts.filter((f) => !parts.has(f)),
  );
  return facts.map(toFunding);
}

function readPage(
  scene: Scene,
  page: Page,
  published: Date | null,
  currencies: CurrencyGuess,
  drafts: Draft[],
  worths: Worth[],
): void {
  const cues = new Map<number, Cue[]>();
  for (const cue of findCues(page)) {
    const sentence = page.sentenceOf[cue.from]!;
    const list = cues.get(sentence);
    if (list) list.push(cue);
    else cues.set(sentence, [cue]);
  }
  let before: Neighbour | null = null;
  let latest: Latest | null = null;
  let plan: Clause['plan'] = null;
  let gift: Neighbour | null = null;
  for (const amount of page.amounts) {
    if (before && before.amount.sentence !== amount.sentence) before = null;
    const verdict = judge(scene, page, amount, cues);
    if (verdict.type === 'NOT') continue;
    const money = currencies.moneyOf(page, amount);
    if (verdict.type === 'WORTH') {
      worths.push({ page, at: amount, money });
      continue;
    }
    if (page.field === 'TITLE' && verdict.cost > 10) continue;
    const parties = findParties({ scene, page, amount, verdict, before, latest, plan, gift });
    if (!parties) continue;
    before = { amount, verdict, parties };
    if (verdict.type === 'GIVE') gift = before;
    const kind = kindOf({
      page,
      amount,
      governments: verdict.governments,
      cue: verdict.cue,
      type: verdict.type,
      recipient: parties.recipient,
      investor: parties.investors[0]?.actor ?? null,
      state: parties.state,
      publicNear: isPublicNear(cues, amount.sentence),
    });
    const recipient = kind === 'PUBLIC_PLAN' ? null : parties.recipient;
    plan = kind === 'PUBLIC_PLAN' ? { parties, sentence: amount.sentence } : null;
    if (recipient) {
      scene.recipients.push({ ref: recipient.ref, sentence: amount.sentence });
      latest = { recipient, sentence: amount.sentence };
    }
    for (const { actor } of parties.investors) if (actor.ref !== recipient?.ref) scene.payers.add(actor.ref);
    drafts.push({
      page,
      at: amount,
      cue: verdict.cue,
      money,
      same: amount.amount.same,
      precision: amount.amount.precision,
      kind,
      status: statusOf(
        page,
        amount,
        verdict.cue,
        kind,
        recipient !== null,
        published ? published.getUTCFullYear() : null,
      ),
      recipient,
      investors: new Map(
        parties.investors.filter((i) => i.actor.ref !== recipient?.ref).map((i) => [i.actor.ref, i.lead]),
      ),
      valuation: null,
      date: dateOf(page, amount, published),
      confidence: Math.max(
        0.4,
        Math.min(0.95, 0.95 - verdict.cost * 0.025 - (recipient || kind === 'PUBLIC_PLAN' ? 0 : 0.1)),
      ),
    });
  }
}

function isPublicNear(cues: ReadonlyMap<number, readonly Cue[]>, sentence: number): boolean {
  for (let s = sentence - 3; s <= sentence + 1; s++) {
    if (
      cues.get(s)?.some((c) => (c.type === 'GRANT' && c.weight === 3) || /^(?:appel|laureat)/.test(c.lemma))
    )
      return true;
  }
  return false;
}

/** The currency of an amount that names none: that of the same sum elsewhere, else the last one named, else the euro. */
class CurrencyGuess {
  private readonly bySum = new Map<string, string>();
  private readonly common: string;

  constructor(pages: readonly Page[]) {
    const counts = new Map<string, number>();
    for (const page of pages) {
      for (const { amount } of page.amounts) {
        if (!amount.currency) continue;
        counts.set(amount.currency, (counts.get(amount.currency) ?? 0) + 1);
        if (!this.bySum.has(amount.amount)) this.bySum.set(amount.amount, amount.currency);
      }
    }
    this.common = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'EUR';
  }

  moneyOf(page: Page, amount: PageAmount): Money {
    const { amount: value, currency } = amount.amount;
    if (currency) return { amount: value, currency };
    return {
      amount: value,
      currency:
        this.bySum.get(value) ??
        (saysAmerica(page, amount) ? 'USD' : null) ??
        this.near(page, amount) ??
        this.common,
    };
  }

  private near(page: Page, { from, sentence }: PageAmount): string | null {
    let last: FoundAmount | null = null;
    for (const other of page.amounts) {
      if (other.from >= from) break;
      if (other.amount.currency && sentence - other.sentence <= 2) last = other.amount;
    }
    return last?.currency ?? null;
  }
}

/** "Les États-Unis ont Stargate (500 milliards)": dollars, though nobody says so. */
function saysAmerica(page: Page, { from, sentence }: PageAmount): boolean {
  const start = Math.max(page.sentences[sentence]!.from + 1, from - 12);
  for (let i = start; i < from; i++) {
    if (page.words[i]!.folded === 'unis' && page.words[i - 1]!.folded.endsWith('tats')) return true;
  }
  return false;
}

/** "cette série B", said after a round without a stage, gives it its stage. */
function spreadStages(page: Page, facts: readonly Draft[]): void {
  const rounds = facts.filter((f) => f.page === page && f.kind === 'ROUND');
  if (rounds.length === 0) return;
  const withAmount = new Set(facts.filter((f) => f.page === page).map((f) => f.at.sentence));
  page.sentences.forEach((sentence, s) => {
    if (withAmount.has(s)) return;
    for (const stage of findStages(page, sentence.from, sentence.to)) {
      if (!isDefinite(page, stage.at) || facts.some((f) => f.kind === stage.kind)) continue;
      const round =
        rounds.findLast((f) => f.at.sentence < s && f.kind === 'ROUND' && f.status !== 'PLANNED') ??
        rounds.find((f) => f.kind === 'ROUND');
      if (round && Math.abs(round.at.sentence - s) <= 8) round.kind = stage.kind;
    }
  });
}

function isDefinite(page: Page, at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 4; i--) {
    if (/^(?:cette|ce|sa|son|la|le)$/.test(page.words[i]!.folded)) return true;
    if (/^(?:une|un|precedente|precedent|derniere|premiere)$/.test(page.words[i]!.folded)) return false;
  }
  return false;
}

/** Sentences between a round and a list of its investors. */
const REACH = 14;

function gatherInvestors(scene: Scene, page: Page, facts: readonly Draft[], parts: ReadonlySet<Draft>): void {
  const rounds = facts.filter((f) => f.page === page && takesInvestors(f) && !parts.has(f));
  if (rounds.length === 0) return;
  page.sentences.forEach((sentence, s) => {
    const own = rounds.filter((f) => f.at.sentence === s);
    if (own.length > 0) {
      own.forEach((fact, k) => {
        const from = k === 0 ? sentence.from : own[k - 1]!.at.to;
        const to = k + 1 < own.length ? own[k + 1]!.at.from : sentence.to;
        addInvestors(scene, page, fact, from, to, true);
      });
      return;
    }
    const before = lastRound(rounds, s);
    const after = before
      ? undefined
      : rounds.find((f) => isRound(f.kind) && f.at.sentence > s && f.at.sentence - s <= 2);
    const fact = before ?? after;
    const told = facts.some(
      (f) => f.page === page && f.at.sentence === s && !parts.has(f) && f.kind !== 'INVESTMENT',
    );
    if (fact && !told) addInvestors(scene, page, fact, sentence.from, sentence.to, false);
  });
}

/** The round that a later sentence speaks of: the last one told, a closed one rather than one that is only hoped for. */
function lastRound(rounds: readonly Draft[], sentence: number): Draft | undefined {
  const near = rounds.filter(
    (f) =>
      f.at.sentence < sentence &&
      sentence - f.at.sentence <= (isRound(f.kind) ? REACH : 4) &&
      f.kind !== 'GRANT',
  );
  const last = near.at(-1);
  if (last?.status === 'PLANNED')
    return near.findLast((f) => f.status === 'CLOSED' && f.recipient?.ref === last.recipient?.ref) ?? last;
  return last;
}

function takesInvestors(fact: Draft): boolean {
  return isRound(fact.kind) || fact.kind === 'ENDOWMENT' || fact.kind === 'DEBT' || fact.kind === 'GRANT';
}

function addInvestors(scene: Scene, page: Page, fact: Draft, from: number, to: number, told: boolean): void {
  const people = peopleOf(scene, page, fact.recipient);
  const excluded = (actor: ReadActor): boolean => actor.ref === fact.recipient?.ref || people.has(actor.ref);
  for (const { actor, lead, at } of findInvestors(page, { from, to, excluded, told })) {
    if (page.quoted[at] === 1) continue;
    fact.investors.set(actor.ref, lead || (fact.investors.get(actor.ref) ?? false));
  }
}

/** Founders and managers of the recipient: they do not invest in it just by being named. */
function peopleOf(scene: Scene, page: Page, recipient: ReadActor | null): ReadonlySet<number> {
  const people = new Set<number>();
  if (!recipient) return people;
  for (const tie of scene.found.affiliations) if (tie.organization === recipient.ref) people.add(tie.person);
  for (const m of page.mentions) {
    if (
      m.actor.kind === 'PERSON' &&
      !people.has(m.actor.ref) &&
      employerOf(scene, page, m)?.ref === recipient.ref
    )
      people.add(m.actor.ref);
  }
  return people;
}

/** Two facts told together whose sum was told before are its parts ("600 millions", "468 en capital et 132 de dette"). */
function findParts(facts: readonly Draft[]): ReadonlySet<Draft> {
  const parts = new Set<Draft>();
  for (let i = 1; i < facts.length; i++) {
    const a = facts[i - 1]!;
    const b = facts[i]!;
    if (a.page !== b.page || b.at.sentence - a.at.sentence > 1 || a.money.currency !== b.money.currency)
      continue;
    if (!isPortion(a) || !isPortion(b)) continue;
    const sum = addDecimals(a.money.amount, b.money.amount);
    const whole = facts
      .slice(0, i - 1)
      .findLast(
        (f) => f.page === a.page && f.money.currency === a.money.currency && isClose(f.money.amount, sum, 1),
      );
    if (!whole) continue;
    for (const part of [a, b]) {
      parts.add(part);
      part.recipient ??= whole.recipient;
    }
  }
  return parts;
}

/** Equity, debt or subsidy: what a package is made of. */
function isPortion({ kind }: Draft): boolean {
  return isRound(kind) || kind === 'DEBT' || kind === 'GRANT';
}

/** A grant under a programme comes from whoever pays for the programme. */
function passOnPayers(facts: readonly Draft[]): void {
  facts.forEach((fact, i) => {
    if (fact.kind !== 'GRANT' || fact.investors.size > 0) return;
    const plan = facts.slice(0, i).findLast((f) => f.kind === 'PUBLIC_PLAN' && f.status === 'PLANNED');
    if (plan) for (const [ref, lead] of plan.investors) fact.investors.set(ref, lead);
  });
}

/** Whoever has a stated share of a round is an investor of the round too. */
function shareInvestors(facts: readonly Draft[]): void {
  for (const share of facts) {
    if (share.kind !== 'INVESTMENT' || !share.recipient || share.investors.size === 0) continue;
    const round = facts.find(
      (f) =>
        isRound(f.kind) &&
        f.page === share.page &&
        f.recipient?.ref === share.recipient?.ref &&
        f.status === share.status &&
        Math.abs(f.at.sentence - share.at.sentence) <= 2,
    );
    if (round)
      for (const [ref, lead] of share.investors)
        round.investors.set(ref, lead || (round.investors.get(ref) ?? false));
  }
}

function toFunding(fact: Draft): ReadFunding {
  const { start, end } = fact.at.amount;
  return {
    field: fact.page.field,
    start,
    end,
    kind: fact.kind,
    status: fact.status,
    money: fact.money,
    precision: fact.precision,
    recipient: fact.recipient?.ref ?? null,
    investors: [...fact.investors].map(([actor, lead]) => ({ actor, lead })),
    valuation: isStage(fact.kind) || isRound(fact.kind) || fact.kind === 'INVESTMENT' ? fact.valuation : null,
    date: fact.date,
    confidence: Math.round(fact.confidence * 100) / 100,
  };
}
