/**
 * Who receives and who pays, for an amount that is funding: the kinds of deal differ in who their subject is.
 */
import { partiesOfPurchase } from './funding-buy.ts';
import { partiesOfGift } from './funding-give.ts';
import { type Clause, findSource, listFrom, type Parties } from './funding-links.ts';
import type { Page } from './funding-page.ts';
import { partiesOfRaise } from './funding-raise.ts';

/** Finds the parties to the deal an amount belongs to; null when it turns out to be none (a total over a market). */
export function findParties(clause: Clause): Parties | null {
  const more = partiesOfComplement(clause);
  if (more) return more;
  switch (clause.verdict.type) {
    case 'RAISE':
      return partiesOfRaise(clause);
    case 'BUY':
      return partiesOfPurchase(clause);
    default:
      return partiesOfGift(clause);
  }
}

/** "32 millions de l'Union, complétés par 25 millions de France 2030": more money for the same recipient. */
function partiesOfComplement({ page, amount, before }: Clause): Parties | null {
  if (!before || before.amount.to > amount.from || !isComplement(page, before.amount.to, amount.from))
    return null;
  const source = findSource(page, amount.to, page.sentences[amount.sentence]!.to);
  return {
    recipient: before.parties.recipient,
    investors: source ? listFrom(page, source) : [],
    state: source?.actor.kind === 'GOVERNMENT',
  };
}

const LONGEST = 14;

function isComplement(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to && i < from + LONGEST; i++)
    if (/^(?:completee?s?|auquel|auxquels|auxquelles)$/.test(page.words[i]!.folded)) return true;
  return false;
}
