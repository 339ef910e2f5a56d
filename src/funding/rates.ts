/**
 * Euro values at the rate of the day's quarter.
 *
 * The table holds averages per quarter of the ECB's euro foreign exchange reference rates (units of the currency for one
 * euro), rounded: right for sorting, filtering and telling whether two sums are the same, not for accounting. The original
 * sum is always kept. After the last quarter of the table its rate is used on.
 */
import { parse } from 'csv-parse/sync';

/** A rate table; rates as integers, ten-thousandths of a unit for one euro. */
export type RateTable = ReadonlyMap<string, readonly { readonly from: number; readonly rate: bigint }[]>;

const RATE_SCALE = 10_000n;

/** Reads a table of quarters (`2024-Q3`), in order, with a column per ISO 4217 code. */
export function parseRates(csv: string): RateTable {
  const rows = parse<Record<string, string>>(csv, { columns: true, skip_empty_lines: true });
  const table = new Map<string, { from: number; rate: bigint }[]>();
  for (const { quarter = '', ...rates } of rows) {
    const match = /^(\d{4})-Q([1-4])$/.exec(quarter);
    if (match === null) throw new Error(`rates: "${quarter}" is no quarter like 2024-Q3`);
    const from = Date.UTC(Number(match[1]), (Number(match[2]) - 1) * 3);
    for (const [currency, text] of Object.entries(rates)) {
      const units = Number(text);
      if (!(units > 0)) throw new Error(`rates: ${quarter}, ${currency}: "${text}" is no rate`);
      const rate = BigInt(Math.round(units * Number(RATE_SCALE)));
      const series = table.get(currency) ?? [];
      series.push({ from, rate });
      table.set(currency, series);
    }
  }
  return table;
}

/**
 * A sum in euros with two decimals, rounded half up; null for a currency or a day that the table does not cover. `amount` is a
 * decimal string in currency units. Exact arithmetic: no float comes near the sum.
 */
export function toEur(table: RateTable, amount: string, currency: string, date: Date): string | null {
  const parts = /^(\d{1,20})(?:\.(\d{1,2})\d*)?$/.exec(amount);
  if (parts === null) return null;
  const cents = BigInt(parts[1]!) * 100n + BigInt((parts[2] ?? '').padEnd(2, '0'));
  const rate =
    currency === 'EUR'
      ? RATE_SCALE
      : table.get(currency)?.findLast(({ from }) => from <= date.getTime())?.rate;
  if (rate === undefined) return null;
  const euros = (cents * RATE_SCALE * 2n + rate) / (rate * 2n);
  return `${euros / 100n}.${String(euros % 100n).padStart(2, '0')}`;
}
