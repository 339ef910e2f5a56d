/**
 * Who receives and who pays, for an amount that is funding: the kinds of deal differ in who their subject is.
 */
import { partiesOfPurchase } from './funding-buy.ts';
import { partiesOfGift } from './funding-give.ts';
import type { Clause, Parties } from './funding-links.ts';
import { partiesOfRaise } from './funding-raise.ts';

/** Finds the parties to the deal an amount belongs to; null when it turns out to be none (a total over a market). */
export function findParties(clause: Clause): Parties | null {
  switch (clause.verdict.type) {
    case 'RAISE':
      return partiesOfRaise(clause);
    case 'BUY':
      return partiesOfPurchase(clause);
    default:
      return partiesOfGift(clause);
  }
}
