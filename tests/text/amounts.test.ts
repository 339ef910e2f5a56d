import { describe, expect, test } from 'vitest';
import { findAmounts } from '#text/amounts.ts';

const said = (text: string): string =>
  findAmounts(text)
    .map(({ amount, currency }) => `${amount} ${currency ?? '?'}`)
    .join(', ');

describe('a sum is read', () => {
  test.each([
    ["105 millions d'euros", '105000000 EUR'],
    ['105 millions d’euros', '105000000 EUR'],
    ['2,5 milliards de dollars', '2500000000 USD'],
    ['385 M€', '385000000 EUR'],
    ['385M€', '385000000 EUR'],
    ['385 M d’€', '385000000 EUR'],
    ['1,03 Md$', '1030000000 USD'],
    ["1,03 Md d'euros", '1030000000 EUR'],
    ['2 Mds€', '2000000000 EUR'],
    ['20 MdE', '20000000000 EUR'],
    ['5 MEUR', '5000000 EUR'],
    ['15,5 MUSD', '15500000 USD'],
    ['600 000 euros', '600000 EUR'],
    ['600\u00a0000\u00a0€', '600000 EUR'],
    ['600\u202f000\u202f€', '600000 EUR'],
    ["1.5 million d'euros", '1500000 EUR'],
    ['1.500.000 euros', '1500000 EUR'],
    ['1.500 euros', '1500 EUR'],
    ['300 k€', '300000 EUR'],
    ['€385 million', '385000000 EUR'],
    ['$1bn', '1000000000 USD'],
    ['US$ 5 millions', '5000000 USD'],
    ['£20m', '20000000 GBP'],
    ['CHF 12 millions', '12000000 CHF'],
    ["deux milliards d'euros", '2000000000 EUR'],
    ["cent cinquante millions d'euros", '150000000 EUR'],
    ["un milliard et demi d'euros", '1500000000 EUR'],
    ["un demi-milliard d'euros", '500000000 EUR'],
    ["un quart de milliard d'euros", '250000000 EUR'],
    ["le milliard d'euros", '1000000000 EUR'],
    ['mille milliards de dollars', '1000000000000 USD'],
    ['5 millions de francs suisses', '5000000 CHF'],
    ['20 millions de livres sterling', '20000000 GBP'],
    ['3 milliards de yuans', '3000000000 CNY'],
    ['50 milliards de yens', '50000000000 JPY'],
    ['1 million de dollars canadiens', '1000000 CAD'],
    ['25 M$ US', '25000000 USD'],
    ['1 500 000 $ CA', '1500000 CAD'],
    ['2 millions de dollars de Singapour', '2000000 SGD'],
    ['109 milliards', '109000000000 ?'],
  ])('%s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });
});

describe('what is no sum is not read', () => {
  test.each([
    'un millier de start-up',
    'des millions de dollars',
    'plusieurs milliards d’euros',
    '12 % de croissance',
    'M. Masselin a 60 salariés',
    'le 14 juin 2023',
    'GPT-4 et ses 8 000 mots',
    '20 000 livres anciens',
    '100 000 jeunes par an',
  ])('%s', (text) => {
    expect(findAmounts(text)).toEqual([]);
  });
});

describe('ranges give their upper figure', () => {
  test.each([
    ["entre 100 et 200 millions d'euros", '100000000', '200000000'],
    ["entre 100 millions et 200 millions d'euros", '100000000', '200000000'],
    ['de 5 à 10 M€', '5000000', '10000000'],
    ['5-10 M€', '5000000', '10000000'],
    ["trois à cinq millions d'euros", '3000000', '5000000'],
    ["30 à 50 milliards d'euros", '30000000000', '50000000000'],
  ])('%s', (text, from, amount) => {
    expect(findAmounts(text)).toMatchObject([{ from, amount, currency: 'EUR', precision: 'AT_MOST' }]);
  });
});

describe('numbers share a unit', () => {
  test.each([
    ["105 puis 385 millions d'euros", '105000000 EUR, 385000000 EUR'],
    ["105 millions d'euros en juin, puis 385 en décembre", '105000000 EUR, 385000000 EUR'],
    ["20 milliards d'euros d'ici 2030, dont 15 pour le calcul", '20000000000 EUR, 15000000000 EUR'],
    ["105 millions d'euros d'abord, 385 ensuite", '105000000 EUR, 385000000 EUR'],
    ["5, 10 et 20 millions d'euros", '5000000 EUR, 10000000 EUR, 20000000 EUR'],
    ["60 millions d'euros. Il en voudrait le double.", '60000000 EUR, 120000000 EUR'],
    ["120 millions d'euros. Galion en a réuni 90 auprès d'amis.", '120000000 EUR, 90000000 EUR'],
  ])('%s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  test('but a year takes none', () => {
    expect(said("100 millions d'euros en 2022, puis 2023 fut calme")).toBe('100000000 EUR');
  });
});

describe('the same sum in two currencies is one', () => {
  test.each([
    ["200 millions de dollars (182 millions d'euros)", '200000000', 'USD', '182000000', 'EUR'],
    ['182 M€ (200 M$)', '182000000', 'EUR', '200000000', 'USD'],
    ["un milliard de dollars, soit environ 890 millions d'euros", '1000000000', 'USD', '890000000', 'EUR'],
    [
      "37,5 millions de dollars, soit un peu moins de 34 millions d'euros",
      '37500000',
      'USD',
      '34000000',
      'EUR',
    ],
  ])('%s', (text, amount, currency, otherAmount, otherCurrency) => {
    expect(findAmounts(text)).toMatchObject([
      { amount, currency, same: { amount: otherAmount, currency: otherCurrency } },
    ]);
  });

  test('a share in brackets is a sum of its own', () => {
    expect(said("600 millions d'euros (dont 132 millions d'euros de dette)")).toBe(
      '600000000 EUR, 132000000 EUR',
    );
  });
});

describe('the text bounds the sum', () => {
  test.each([
    ["105 millions d'euros", 'EXACT'],
    ["près de 80 millions d'euros", 'ABOUT'],
    ["environ 80 millions d'euros", 'ABOUT'],
    ["80 millions d'euros environ", 'ABOUT'],
    ["de l'ordre de 40 millions d'euros", 'ABOUT'],
    ["une centaine de millions d'euros", 'ABOUT'],
    ["plus de 10 milliards d'euros", 'AT_LEAST'],
    ["au moins 10 millions d'euros", 'AT_LEAST'],
    ["pas moins de 10 millions d'euros", 'AT_LEAST'],
    ["jusqu'à 20 millions d'euros", 'AT_MOST'],
    ["moins de 20 millions d'euros", 'AT_MOST'],
    ["pas plus de 20 millions d'euros", 'AT_MOST'],
  ])('%s is %s', (text, precision) => {
    expect(findAmounts(text)).toMatchObject([{ precision }]);
  });
});

test('a span covers the sum in the text', () => {
  const text = "Elle lève (enfin) 105 millions d'euros.";
  const [found] = findAmounts(text);
  expect(text.slice(found!.start, found!.end)).toBe("105 millions d'euros");
});

test.each([
  '7',
  '123 ',
  'millions ',
  '€',
  '$1',
  'un ',
  '1 et ',
  'entre 1 et ',
  '1-',
  '\ud800',
  '10 M€ (12 M$) ',
])('a text of nothing but %j is read to its end', (piece) => {
  expect(findAmounts(piece.repeat(20_000)).length).toBeLessThanOrEqual(400);
});
