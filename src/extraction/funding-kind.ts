/** What kind of funding a governed amount is. */
import { compareDecimals } from '#text/numbers.ts';
import type { FundingKind, ReadActor } from './extraction.ts';
import type { Cue, Government } from './funding-cues.ts';
import type { Page, PageAmount } from './funding-page.ts';

const STAGE_WORDS: ReadonlyMap<string, FundingKind> = new Map([
  ['amorcage', 'SEED'],
  ['seed', 'SEED'],
  ['preseed', 'SEED'],
  ['preamorcage', 'SEED'],
  ['growth', 'GROWTH'],
]);
const SERIES: ReadonlyMap<string, FundingKind> = new Map([
  ['a', 'SERIES_A'],
  ['b', 'SERIES_B'],
  ['c', 'SERIES_C'],
  ['d', 'SERIES_D_PLUS'],
  ['e', 'SERIES_D_PLUS'],
  ['f', 'SERIES_D_PLUS'],
  ['g', 'SERIES_D_PLUS'],
  ['h', 'SERIES_D_PLUS'],
]);

/** A stage named in the text ("série B", "amorçage") and where. */
export interface Stage {
  readonly kind: FundingKind;
  readonly at: number;
}

/** The stages named between two words, in order. A fund's "véhicule d'amorçage" is no stage of a round. */
export function findStages(page: Page, from: number, to: number): Stage[] {
  const stages: Stage[] = [];
  for (let i = from; i < to; i++) {
    const { folded } = page.words[i]!;
    if (folded === 'serie' || folded === 'series') {
      const letter = page.words[i + 1];
      const kind = letter && i + 1 < to + 1 ? SERIES.get(letter.folded) : undefined;
      if (kind && letter && letter.end - letter.start === 1 && letter.shape !== 'LOWER')
        stages.push({ kind, at: i });
      continue;
    }
    const kind = STAGE_WORDS.get(folded);
    if (!kind || page.mentionAt[i] !== -1) continue;
    const before = page.words[i - 2]?.folded ?? '';
    const fund = before === 'fonds' && !/^levees?$/.test(page.words[i - 4]?.folded ?? '');
    if (fund || /^(?:vehicules?|investisseurs?|specialiste)$/.test(before)) continue;
    if (folded === 'growth' && !/^(?:tour|round|en|de|levee)$/.test(page.words[i - 1]?.folded ?? ''))
      continue;
    stages.push({ kind, at: i });
  }
  return stages;
}

/** Words between a stage and its amount at most. */
const STAGE_REACH = 26;

/** The stage that goes with an amount: one named in its sentence that stands nearer to it than to any other amount. */
export function stageOf(page: Page, amount: PageAmount): FundingKind | null {
  const sentence = page.sentences[amount.sentence]!;
  const others = page.amounts.filter((a) => a.sentence === amount.sentence && a !== amount);
  let best: FundingKind | null = null;
  let bestDistance = STAGE_REACH;
  for (const stage of findStages(page, sentence.from, sentence.to)) {
    const distance = stageDistance(page, stage, amount);
    if (distance >= bestDistance) continue;
    if (others.some((other) => stageDistance(page, stage, other) < distance)) continue;
    best = stage.kind;
    bestDistance = distance;
  }
  return best;
}

function stageDistance(page: Page, stage: Stage, amount: PageAmount): number {
  const left = stage.at < amount.from;
  // "15 millions en série A", "une série A de 15 millions": what stands before is meant rather.
  let distance = left ? amount.from - stage.at - 2 : stage.at - amount.to + 1;
  const low = left ? stage.at : amount.to;
  const high = left ? amount.from : stage.at;
  for (let i = low; i < high; i++) {
    if (page.amountAt[i] !== -1) distance += 4;
    const brk = page.breaks[i + 1];
    if (brk === 'COMMA') distance += 3;
    if (brk === 'SEMICOLON') distance += 12;
  }
  return distance;
}

/** What the kind follows from, once the parties are known. */
export interface KindInput {
  readonly page: Page;
  readonly amount: PageAmount;
  readonly governments: readonly Government[];
  readonly cue: Cue | null;
  readonly type: Cue['type'];
  readonly recipient: ReadActor | null;
  readonly investor: ReadActor | null;
  /** The payer is a state, a ministry or a programme, named or not. */
  readonly state: boolean;
  /** A call for projects, a programme or a subsidy is spoken of around. */
  readonly publicNear: boolean;
  /** A call for projects or its winners are. */
  readonly callNear: boolean;
  /** A plan, programme or strategy is. */
  readonly planNear: boolean;
  /** How many pay. */
  readonly investors: number;
}

/** Ways in which a public body takes a stake rather than gives a subsidy. */
const INVESTING =
  /^(?:investi|injecter|souscrire|participer|prendre|entrer|monter|miser|apporter|remettre|mettre|reinvesti|ticket|coinvesti|cofinancer|contribuer|abonder)/;

const LOCAL =
  /^(?:région|métropole|ville|département|agglomération|communauté|conseil régional|mairie)(?!\p{L})|(?:métropole|agglomération)$/iu;

const NEAR = 9;

/** Decides the kind. */
export function kindOf(input: KindInput): FundingKind {
  const { page, amount, governments, type, recipient, investor, state, publicNear, callNear, planNear } =
    input;
  const near = (wanted: Cue['type'], cost = NEAR): boolean =>
    governments.some((g) => g.cue.type === wanted && g.cost <= cost);
  const body =
    recipient?.kind === 'LAB' || recipient?.kind === 'ORGANIZATION' || recipient?.kind === 'GOVERNMENT';
  if (type === 'BUY') return 'ACQUISITION';
  if (type === 'DEBT') return 'DEBT';
  const stake = governments.some(
    (g) => g.side === 'COMPLEMENT' && /^(?:fonds propres|en capital|en equity)$/.test(g.cue.lemma),
  );
  if (stake && near('GRANT', 14) && recipient !== null) return 'INVESTMENT';
  if (type === 'GRANT' || (near('GRANT', 6) && type !== 'RAISE')) {
    if (recipient === null && state && input.cue?.lemma !== 'subvention') return 'PUBLIC_PLAN';
    if (type === 'GRANT' && input.cue?.weight === 3) return 'GRANT';
    if (state || body) return 'GRANT';
    return type === 'GRANT' && investor === null ? 'GRANT' : 'INVESTMENT';
  }
  if (type === 'ENDOW' && recipient === null && (state || planNear)) return 'PUBLIC_PLAN';
  if (type === 'ENDOW' && investor === null && callNear) return 'GRANT';
  if (type === 'ENDOW')
    return recipient && !body && recipient.kind !== 'INVESTOR' && state ? 'GRANT' : 'ENDOWMENT';
  if (state && recipient === null && investor === null && isBeyondBudgets(amount) && !near('PLAN', 6))
    return 'INVESTMENT';
  if (type === 'PLAN') {
    if (state && recipient === null && hasPrivate(page, amount)) return 'INVESTMENT';
    if (recipient !== null && (state || (investor === null && callNear))) return 'GRANT';
    if (recipient?.kind === 'LAB' && investor) return 'ENDOWMENT';
    return (investor && !state) || recipient !== null ? 'INVESTMENT' : 'PUBLIC_PLAN';
  }
  if (type === 'GIVE') {
    if (state) {
      if (recipient === null)
        return isForeignInvestment(page, amount, governments) ? 'INVESTMENT' : 'PUBLIC_PLAN';
      // A region that "apporte 2 millions" subsidises; Bpifrance invests.
      const local = investor !== null && LOCAL.test(investor.name);
      return !body && !local && !callNear && INVESTING.test(input.cue?.lemma ?? '') ? 'INVESTMENT' : 'GRANT';
    }
    if (near('ENDOW', 8)) return 'ENDOWMENT';
    // "recevra une enveloppe de 3 millions", told of the winner of a call
    if (recipient !== null && investor === null && callNear) return 'GRANT';
    if (recipient?.kind === 'LAB')
      return investor === null && /^(?:attribuer|accorder|octroyer|allouer)$/.test(input.cue?.lemma ?? '')
        ? 'GRANT'
        : 'ENDOWMENT';
    // "468 millions apportés en capital": the equity of a round.
    const equity = governments.some(
      (g) => g.cost <= 12 && /^(?:en capital|en equity|fonds propres)$/.test(g.cue.lemma),
    );
    if (equity && recipient?.kind === 'COMPANY' && investor === null) return 'ROUND';
    return (recipient && investor ? stageOf(page, amount) : null) ?? 'INVESTMENT';
  }
  const stage = recipient?.kind === 'INVESTOR' && fillsFund(page, amount) ? null : stageOf(page, amount);
  if (stage) return stage;
  if (near('GRANT', 6)) return 'GRANT';
  if (near('DEBT', 0)) return 'DEBT';
  if (input.cue?.lemma === 'se partager' && recipient === null && !state) return 'GRANT';
  if (recipient === null && state) return 'PUBLIC_PLAN';
  if (recipient && state) return 'GRANT';
  // "a reçu 4 milliards d'Amazon": one party's investment.
  const one = input.investors === 1 && (investor?.kind === 'COMPANY' || investor?.kind === 'PERSON');
  if (one && /^(?:recevoir|percevoir|toucher)$/.test(input.cue?.lemma ?? '')) return 'INVESTMENT';
  // "ANITI se voit attribuer 70 millions", "les lauréats se partageront 360 millions": as a rule public money.
  const awarded = /^(?:recevoir|percevoir|toucher|obtenir|decrocher|se partager|se voir)/.test(
    input.cue?.lemma ?? '',
  );
  // "À la clé : 2,4 millions", told of the winner of a call
  if (input.cue === null && investor === null && callNear) return 'GRANT';
  if (awarded && investor === null && (recipient === null || recipient.kind === 'LAB' || callNear))
    return 'GRANT';
  if (body) return state || investor?.kind === 'GOVERNMENT' || publicNear ? 'GRANT' : 'ENDOWMENT';
  // "reçoit 32 millions de l'Union européenne"
  const received = input.cue !== null && input.cue.tense !== null && input.cue.weight === 2;
  if (recipient && investor?.kind === 'GOVERNMENT' && (received || near('GRANT', 10))) return 'GRANT';
  return 'ROUND';
}

/** "le closing de son fonds d'amorçage": the stage is that of the fund's investments. */
function fillsFund(page: Page, { sentence }: PageAmount): boolean {
  const { from, to } = page.sentences[sentence]!;
  return page.words
    .slice(from, to)
    .some((w) => /^(?:fonds|vehicules?|closing|souscripteurs?)$/.test(w.folded));
}

const BEYOND_BUDGETS = '50000000000';

/** No state's plan for the field is this large: such sums are told on behalf of those who invest. */
function isBeyondBudgets({ amount }: PageAmount): boolean {
  return compareDecimals(amount.amount, BEYOND_BUDGETS) >= 0;
}

function hasPrivate(page: Page, { to }: PageAmount): boolean {
  for (let i = to; i < to + 4 && i < page.words.length; i++) {
    if (/^(?:prives?|privees?|etrang[a-z]+)$/.test(page.words[i]!.folded)) return true;
  }
  return false;
}

/** "15 milliards d'investissements étrangers", told by a state that does not pay them. */
function isForeignInvestment(page: Page, amount: PageAmount, governments: readonly Government[]): boolean {
  if (!governments.some((g) => /^(?:investissement|promesse|cofinancement|engagement)/.test(g.cue.lemma)))
    return false;
  const sentence = page.sentences[amount.sentence]!;
  for (let i = sentence.from; i < sentence.to; i++) {
    if (/^(?:prives?|privees?|etrang[a-z]+|emiratis?|entreprises)$/.test(page.words[i]!.folded)) return true;
  }
  return !governments.some((g) => g.cue.type === 'PLAN');
}
