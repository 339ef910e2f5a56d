import { describe, expect, test } from 'vitest';
import { chooseEvent, type EuroValue, type EventReport, summarizeEvent } from '#funding/merge.ts';

const RECIPIENT = 1;
const report = (given: Partial<EventReport>): EventReport => ({
  recipientId: RECIPIENT,
  kind: 'ROUND',
  status: 'CLOSED',
  amount: '105000000',
  currency: 'EUR',
  precision: 'EXACT',
  investors: [],
  valuation: null,
  dealDate: null,
  cumulative: false,
  publishedAt: new Date('2024-03-10T08:00:00Z'),
  ...given,
});
const later = (days: number): Date => new Date(Date.parse('2024-03-10T08:00:00Z') + days * 86_400_000);
/** 1.10 dollars for one euro, whatever the day; no other rate. */
const inEuros: EuroValue = (amount, currency) =>
  currency === 'EUR' ? Number(amount) : currency === 'USD' ? Number(amount) / 1.1 : null;

describe('a report joins an event', () => {
  test.each<{ name: string; known: Partial<EventReport>; told: Partial<EventReport>; joins: boolean }>([
    { name: 'of the same sum the same day', known: {}, told: {}, joins: true },
    {
      name: 'of the same sum years later: an old round retold',
      known: {},
      told: { publishedAt: later(900) },
      joins: true,
    },
    {
      name: 'of a rounded sum within weeks',
      known: {},
      told: { amount: '100000000', precision: 'AT_LEAST', publishedAt: later(20) },
      joins: true,
    },
    {
      name: 'of a rounded sum a year later',
      known: {},
      told: { amount: '100000000', publishedAt: later(400) },
      joins: false,
    },
    {
      name: 'as the sum of several rounds, when it is the same: there was one',
      known: {},
      told: { cumulative: true, publishedAt: later(300) },
      joins: true,
    },
    {
      name: 'as the sum of several rounds, when it is about the same',
      known: {},
      told: { cumulative: true, amount: '100000000', publishedAt: later(2) },
      joins: false,
    },
    {
      name: 'as about the same sum of several rounds',
      known: { cumulative: true },
      told: { cumulative: true, amount: '100000000', publishedAt: later(2) },
      joins: true,
    },
    {
      name: 'that was rumoured, as the sum of several rounds',
      known: { status: 'RUMOURED', amount: '150000000' },
      told: { cumulative: true, publishedAt: later(60) },
      joins: false,
    },
    { name: 'of another sum', known: {}, told: { amount: '385000000', publishedAt: later(2) }, joins: false },
    { name: 'of the same sum for another', known: {}, told: { recipientId: 2 }, joins: false },
    {
      name: 'in dollars that come to the same',
      known: {},
      told: { amount: '115000000', currency: 'USD' },
      joins: true,
    },
    {
      name: 'in dollars that do not',
      known: {},
      told: { amount: '180000000', currency: 'USD' },
      joins: false,
    },
    {
      name: 'in a currency without a rate',
      known: {},
      told: { amount: '105000000', currency: 'SEK' },
      joins: false,
    },
    { name: 'of a named stage where none was named', known: {}, told: { kind: 'SEED' }, joins: true },
    { name: 'of another stage', known: { kind: 'SEED' }, told: { kind: 'SERIES_A' }, joins: false },
    { name: 'of a debt beside a raise', known: { kind: 'ROUND' }, told: { kind: 'DEBT' }, joins: false },
    {
      name: 'of an acquisition beside an investment',
      known: { kind: 'INVESTMENT' },
      told: { kind: 'ACQUISITION' },
      joins: false,
    },
    {
      name: 'called an investment by its investor',
      known: { kind: 'SERIES_C' },
      told: { kind: 'INVESTMENT' },
      joins: true,
    },
    {
      name: 'that was rumoured with another sum',
      known: { status: 'RUMOURED', amount: '150000000' },
      told: { publishedAt: later(60) },
      joins: true,
    },
    {
      name: 'that was rumoured long ago',
      known: { status: 'RUMOURED', amount: '150000000' },
      told: { publishedAt: later(400) },
      joins: false,
    },
    {
      name: 'of the same sum dated another year',
      known: { dealDate: '2023-06' },
      told: { dealDate: '2024-02' },
      joins: false,
    },
    {
      name: 'dated by year beside by month',
      known: { dealDate: '2023' },
      told: { dealDate: '2023-06' },
      joins: true,
    },
    {
      name: 'without recipient, paid by the same',
      known: { recipientId: null, investors: [{ id: 9, lead: false }] },
      told: { recipientId: null, investors: [{ id: 9, lead: false }] },
      joins: true,
    },
    {
      name: 'without recipient, paid by others',
      known: { recipientId: null, investors: [{ id: 9, lead: false }] },
      told: { recipientId: null, investors: [{ id: 8, lead: false }] },
      joins: false,
    },
    {
      name: 'without recipient or payer, within weeks',
      known: { recipientId: null },
      told: { recipientId: null, publishedAt: later(5) },
      joins: true,
    },
    {
      name: 'without recipient or payer, a year later',
      known: { recipientId: null },
      told: { recipientId: null, publishedAt: later(365) },
      joins: false,
    },
  ])('$name: $joins', ({ known, told, joins }) => {
    expect(chooseEvent(report(told), [{ id: 7, reports: [report(known)] }], inEuros)).toBe(joins ? 7 : null);
  });

  test('the closer of two sums wins over the older event', () => {
    const events = [
      { id: 1, reports: [report({ amount: '100000000' })] },
      { id: 2, reports: [report({ amount: '105000000' })] },
    ];
    expect(chooseEvent(report({}), events, inEuros)).toBe(2);
  });
});

describe('an event', () => {
  test('moves along from rumour to closing and takes the sum of the closing', () => {
    const rumour = report({ status: 'RUMOURED', amount: '2000000000', precision: 'ABOUT' });
    const closing = report({ amount: '1700000000', kind: 'SERIES_C', publishedAt: later(30) });
    expect(summarizeEvent([rumour])).toMatchObject({
      status: 'RUMOURED',
      amount: '2000000000',
      disputed: false,
    });
    expect(summarizeEvent([rumour, closing])).toMatchObject({
      status: 'CLOSED',
      amount: '1700000000',
      kind: 'SERIES_C',
      date: closing.publishedAt,
      disputed: false,
    });
    // Whatever order they came in.
    expect(summarizeEvent([closing, rumour])).toEqual(summarizeEvent([rumour, closing]));
  });

  test('is disputed when exact sums differ, and takes the one most reports give', () => {
    const reports = [report({}), report({ amount: '113000000' }), report({ publishedAt: later(1) })];
    expect(summarizeEvent(reports)).toMatchObject({ amount: '105000000', disputed: true });
  });

  test('is not disputed by a rounded sum', () => {
    const reports = [report({}), report({ amount: '100000000', precision: 'AT_LEAST' })];
    expect(summarizeEvent(reports)).toMatchObject({ amount: '105000000', disputed: false });
  });

  test('is disputed when stages differ', () => {
    expect(summarizeEvent([report({ kind: 'SEED' }), report({ kind: 'SERIES_A' })]).disputed).toBe(true);
  });

  test('is the sum of several rounds as long as no report tells it as one round', () => {
    const total = report({ cumulative: true });
    expect(summarizeEvent([total, total]).cumulative).toBe(true);
    expect(summarizeEvent([total, report({})]).cumulative).toBe(false);
  });

  test('has the investors of all its reports, and a lead where any says so', () => {
    const reports = [
      report({
        investors: [
          { id: 3, lead: false },
          { id: 4, lead: false },
        ],
      }),
      report({
        investors: [
          { id: 3, lead: true },
          { id: 5, lead: false },
        ],
      }),
    ];
    expect(summarizeEvent(reports).participants).toEqual([
      { id: 3, lead: true },
      { id: 4, lead: false },
      { id: 5, lead: false },
    ]);
  });

  test('is dated by the deal where a text dates it', () => {
    expect(summarizeEvent([report({ dealDate: '2023-06' })]).date).toEqual(new Date('2023-06-01T00:00:00Z'));
  });
});
