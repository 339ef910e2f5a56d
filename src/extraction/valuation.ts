/** Valuations: what a company is said to be worth, and which round said so. */
import { compareDecimals } from '#text/numbers.ts';
import type { Money } from './extraction.ts';
import { type Draft, isRound } from './funding-facts.ts';
import type { Page, PageAmount } from './funding-page.ts';
import { isVenture } from './funding-scene.ts';

/** An amount that the text gives as a valuation. */
export interface Worth {
  readonly page: Page;
  readonly at: PageAmount;
  readonly money: Money;
}

/** Sentences a valuation may be away from its round. */
const REACH = 4;

/** Gives each valuation to the round it belongs to; the valuations left over are of no round and are dropped. */
export function attachValuations(worths: readonly Worth[], drafts: readonly Draft[]): void {
  const rounds = drafts.filter((d) => isRound(d.kind) || (d.kind === 'INVESTMENT' && d.recipient !== null));
  // "contre 240 M€ en juin" is the value at another round; those are placed first, beside the round they are said with.
  const ordered = [...worths].sort((a, b) => Number(isContrasted(b)) - Number(isContrasted(a)));
  for (const worth of ordered) {
    const owner = ownerOf(worth);
    let best: Draft | null = null;
    let bestDistance = REACH * 10;
    for (const draft of rounds) {
      if (draft.page !== worth.page || draft.valuation !== null || draft.total) continue;
      if (owner !== null && owner !== draft.recipient?.ref) continue;
      const sentences = worth.at.sentence - draft.at.sentence;
      const words = Math.abs(worth.at.from - draft.at.from) / 40;
      const distance = Math.abs(sentences) * 8 + (sentences === 0 ? words : 0) + (sentences < 0 ? 16 : 0);
      const larger = best !== null && compareDecimals(draft.money.amount, best.money.amount) > 0;
      if (distance < bestDistance || (distance === bestDistance && larger)) {
        best = draft;
        bestDistance = distance;
      }
    }
    if (best) best.valuation = { ...worth.money, basis: basisOf(worth) };
  }
}

/** The company named before the valuation in its sentence, which then is whose it is. */
function ownerOf({ page, at }: Worth): number | null {
  const { from } = page.sentences[at.sentence]!;
  const named = page.mentions.filter((m) => m.from >= from && m.to <= at.from && isVenture(m.actor));
  return named.length === 1 ? named[0]!.actor.ref : null;
}

/** "contre 240 M€ en juin": the value at an earlier round. */
function isContrasted({ page, at }: Worth): boolean {
  const before = page.words[at.from - 1]?.folded;
  return before === 'contre' || page.words[at.from - 2]?.folded === 'contre';
}

function basisOf({ page, at }: Worth): 'PRE' | 'POST' | null {
  const sentence = page.sentences[at.sentence]!;
  for (let i = Math.max(sentence.from, at.from - 10); i < Math.min(sentence.to, at.to + 8); i++) {
    const { folded } = page.words[i]!;
    const next = page.words[i + 1]?.folded;
    if (folded === 'premoney' || (folded === 'pre' && next === 'money')) return 'PRE';
    if (folded === 'postmoney' || (folded === 'post' && next === 'money')) return 'POST';
    if (
      (folded === 'avant' || folded === 'apres') &&
      /^(?:l|cette|ce|la|le|injection|investissement|operation|money|argent)$/.test(next ?? '')
    ) {
      return folded === 'avant' ? 'PRE' : 'POST';
    }
  }
  return null;
}
