/** The currency of an amount that names none. */
import type { Money } from './extraction.ts';
import type { Page, PageAmount } from './funding-page.ts';

/** Gives amounts their currency from the rest of the article. */
export class CurrencyGuess {
  private readonly bySum = new Map<string, string>();
  private readonly common: string;

  constructor(pages: readonly Page[]) {
    const counts = new Map<string, number>();
    for (const page of pages) {
      for (const { amount } of page.amounts) {
        if (!amount.currency) continue;
        counts.set(amount.currency, (counts.get(amount.currency) ?? 0) + 1);
        for (const sum of amount.same ? [amount, amount.same] : [amount])
          if (!this.bySum.has(sum.amount) && sum.currency) this.bySum.set(sum.amount, sum.currency);
      }
    }
    this.common = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'EUR';
  }

  /** Its own currency; else the one named before it in its sentence, that of the same sum elsewhere, the last one named, the article's usual one, the euro. */
  moneyOf(page: Page, amount: PageAmount): Money {
    const { amount: value, currency } = amount.amount;
    if (currency) return { amount: value, currency };
    const guess =
      lastNamed(page, amount, 0) ??
      this.bySum.get(value) ??
      (saysAmerica(page, amount) ? 'USD' : null) ??
      lastNamed(page, amount, 2) ??
      this.common;
    return { amount: value, currency: guess };
  }
}

/** The currency of the last amount before this one, at most so many sentences back. */
function lastNamed(page: Page, { from, sentence }: PageAmount, back: number): string | null {
  let last: string | null = null;
  for (const other of page.amounts) {
    if (other.from >= from) break;
    if (other.amount.currency && sentence - other.sentence <= back) last = other.amount.currency;
  }
  return last;
}

/** "Les États-Unis ont Stargate (500 milliards)": dollars, though nobody says so. */
function saysAmerica(page: Page, { from, sentence }: PageAmount): boolean {
  const start = Math.max(page.sentences[sentence]!.from + 1, from - 12);
  for (let i = start; i < from; i++) {
    if (page.words[i]!.folded === 'unis' && page.words[i - 1]!.folded.endsWith('tats')) return true;
  }
  return false;
}
