import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseRates, toEur } from '#funding/rates.ts';

const csv = readFileSync(
  join(import.meta.dirname, '..', '..', 'src', 'funding', 'reference-rates.csv'),
  'utf8',
);
const shipped = parseRates(csv);
const table = parseRates('quarter,USD,JPY\n2023-Q1,1.25,100\n2023-Q2,1.6,200\n');
const day = (text: string): Date => new Date(`${text}T12:00:00Z`);

describe('the value in euros', () => {
  test.each([
    ['100', 'EUR', '2023-01-05', '100.00'],
    ['100', 'USD', '2023-03-31', '80.00'],
    ['100', 'USD', '2023-04-01', '62.50'],
    ['100', 'USD', '2030-01-01', '62.50'],
    ['0.5', 'USD', '2023-01-05', '0.40'],
    ['1', 'JPY', '2023-05-05', '0.01'],
    ['12345678901234567', 'USD', '2023-01-05', '9876543120987653.60'],
    ['100', 'USD', '2022-12-31', null],
    ['100', 'SEK', '2023-01-05', null],
    ['a lot', 'USD', '2023-01-05', null],
    ['-5', 'USD', '2023-01-05', null],
  ])('%s %s on %s is %s', (amount, currency, date, euros) => {
    expect(toEur(table, amount, currency, day(date))).toBe(euros);
  });

  test('the table that comes along has no gap and no rate out of reach of its neighbour', () => {
    expect([...shipped.keys()]).toEqual(['USD', 'GBP', 'CHF', 'JPY', 'CNY']);
    for (const series of shipped.values()) {
      series.slice(1).forEach(({ from, rate }, index) => {
        const before = series[index]!;
        expect((from - before.from) / 86_400_000).toBeLessThanOrEqual(92);
        expect(Math.abs(Number(rate) / Number(before.rate) - 1)).toBeLessThan(0.12);
      });
    }
  });

  test.each([
    ['quarter,USD\n2023-Q5,1.1\n', /2023-Q5/],
    ['quarter,USD\n2023-Q1,\n', /2023-Q1, USD/],
    ['quarter,USD\n2023-Q1,much\n', /USD/],
  ])('a table that says %j is refused', (text, says) => {
    expect(() => parseRates(text)).toThrow(says);
  });
});
