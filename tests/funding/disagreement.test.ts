import { expect, test } from 'vitest';
import { findDisagreements } from '#funding/disagreement.ts';
import { type EventReport, summarizeEvent } from '#funding/merge.ts';

type Told = EventReport & { readonly by: string };

/** Reports of outlets a, b, c…, a day after the other. */
const tell = (...given: readonly Partial<EventReport>[]): readonly Told[] =>
  given.map((differing, index) => ({
    recipientId: 1,
    kind: 'SERIES_A',
    status: 'CLOSED',
    amount: '105000000',
    currency: 'EUR',
    precision: 'EXACT',
    investors: [],
    valuation: null,
    dealDate: null,
    cumulative: false,
    publishedAt: new Date(Date.UTC(2026, 2, 1 + index)),
    ...differing,
    by: 'abcdef'[index]!,
  }));
const investor = (id: number, lead = false) => ({ id, lead });

/** `AMOUNT MOST_OFTEN: 105000000 EUR* ab | 113000000 USD c`; the star marks what the event shows. */
function disagreementsOf(reports: readonly Told[]): string[] {
  return findDisagreements(summarizeEvent(reports), reports).map(({ fact, rule, readings }) => {
    const said = readings.map(
      ({ value, investorId, shown, reports: saying }) =>
        `${value ?? investorId}${shown ? '*' : ''} ${saying.map(({ by }) => by).join('')}`,
    );
    return `${fact} ${rule}: ${said.join(' | ')}`;
  });
}

test.each<[string, readonly Partial<EventReport>[], readonly string[]]>([
  ['one report', [{}], []],
  ['reports that agree, however they write it', [{}, { amount: '105000000.00' }, {}], []],
  [
    'another sum',
    [{ amount: '100000000', precision: 'ABOUT' }, {}, {}],
    ['AMOUNT MOST_OFTEN: 105000000 EUR* bc | 100000000 EUR a'],
  ],
  [
    'another currency',
    [{}, { amount: '113000000', currency: 'USD' }],
    ['AMOUNT MOST_OFTEN: 105000000 EUR* a | 113000000 USD b'],
  ],
  [
    'another stage',
    [{ kind: 'ROUND' }, { kind: 'SEED' }, { kind: 'SEED' }],
    ['KIND MOST_OFTEN: SEED* bc | ROUND a'],
  ],
  [
    'how far it has come',
    [{ status: 'RUMOURED' }, { status: 'PLANNED' }, { status: 'RUMOURED' }],
    ['STATUS FURTHEST: PLANNED* b | RUMOURED ac'],
  ],
  ['a date that is more precise than the other', [{ dealDate: '2026-03' }, { dealDate: '2026-03-12' }], []],
  [
    'another date',
    [{ dealDate: '2026-03-12' }, { dealDate: '2026-03-14' }, { dealDate: '2026' }],
    ['DATE FIRST: 2026-03-12* a | 2026-03-14 b | 2026 c'],
  ],
  ['a valuation that only one gives', [{ valuation: { amount: '2000000000', currency: 'USD' } }, {}], []],
  [
    'another valuation',
    [
      { valuation: { amount: '2000000000', currency: 'USD' } },
      { valuation: { amount: '2100000000', currency: 'USD' } },
    ],
    ['VALUATION LATEST: 2100000000 USD* b | 2000000000 USD a'],
  ],
  ['investors that only one names', [{ investors: [investor(7), investor(8)] }, {}], []],
  [
    'the same investors in another order',
    [{ investors: [investor(7), investor(8)] }, { investors: [investor(8), investor(7)] }],
    [],
  ],
  [
    'an investor that others leave out',
    [{ investors: [investor(7)] }, { investors: [investor(7), investor(8)] }, {}],
    ['INVESTORS ALL: 7* ab | 8* b'],
  ],
  [
    'who leads',
    [
      { investors: [investor(7, true), investor(8)] },
      { investors: [investor(7), investor(8, true)] },
      { investors: [investor(7), investor(8)] },
    ],
    ['LEAD ALL: 7* a | 8* b'],
  ],
  [
    'several things at once',
    [{ amount: '100000000', status: 'PLANNED' }, {}],
    ['AMOUNT MOST_OFTEN: 105000000 EUR* b | 100000000 EUR a', 'STATUS FURTHEST: CLOSED* b | PLANNED a'],
  ],
])('%s', (_what, reports, expected) => {
  expect(disagreementsOf(tell(...reports))).toEqual(expected);
});

test('the order in which reports came in does not matter', () => {
  const reports = tell(
    { amount: '100000000' },
    {},
    { investors: [investor(7)] },
    { investors: [investor(8)] },
  );
  expect(disagreementsOf([...reports].reverse())).toEqual(disagreementsOf(reports));
});
