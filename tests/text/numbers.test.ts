import { describe, expect, test } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  formatDecimal,
  parseDecimal,
  readDigits,
  readWords,
  scaleDecimal,
} from '#text/numbers.ts';
import { tokenize } from '#text/tokenize.ts';

describe('digits are read', () => {
  test.each([
    ['105', '105'],
    ['2,5', '2.5'],
    ['1.5', '1.5'],
    ['1,03', '1.03'],
    ['007', '7'],
    ['2,50', '2.5'],
    ['600 000', '600000'],
    ['600\u00a0000', '600000'],
    ['600\u202f000', '600000'],
    ['600\u2009000', '600000'],
    ['1 234 567,89', '1234567.89'],
    ['1.500.000', '1500000'],
    ['1,500,000', '1500000'],
    ["2'500'000", '2500000'],
    ['2’500’000', '2500000'],
  ])('%s is %s', (text, value) => {
    expect(readDigits(text, 0)).toMatchObject({ start: 0, end: text.length, value });
  });

  test('one group after a full stop may be thousands', () => {
    expect(readDigits('1.500 euros', 0)).toMatchObject({ value: '1.5', grouped: '1500', end: 5 });
  });

  test('a year and the figure after it are two numbers', () => {
    expect(readDigits('2023 105', 0)).toMatchObject({ value: '2023', end: 4 });
  });

  test('a list of figures is not one number', () => {
    expect(readDigits('10, 20', 0)).toMatchObject({ value: '10', end: 2 });
  });

  test('a run of digits longer than any sum is none', () => {
    expect(readDigits('7'.repeat(40), 0)).toBeNull();
  });
});

describe('words are read', () => {
  test.each([
    ['deux', '2'],
    ['vingt-cinq', '25'],
    ['vingt et un', '21'],
    ['soixante-dix', '70'],
    ['soixante et onze', '71'],
    ['quatre-vingts', '80'],
    ['quatre-vingt-dix-neuf', '99'],
    ['nonante', '90'],
    ['cent', '100'],
    ['cent cinquante', '150'],
    ['deux cents', '200'],
    ['trois cent quarante-deux', '342'],
    ['mille', '1000'],
    ['deux mille cinq cents', '2500'],
    ['un demi', '0.5'],
    ['demi', '0.5'],
    ['un quart', '0.25'],
  ])('%s is %s', (text, value) => {
    expect(readWords(text, tokenize(text), 0)).toMatchObject({ value, round: false, end: text.length });
  });

  test.each([
    ['une centaine', '100'],
    ['une petite centaine', '100'],
    ['une dizaine', '10'],
    ['une bonne trentaine', '30'],
  ])('%s is about %s', (text, value) => {
    expect(readWords(text, tokenize(text), 0)).toMatchObject({ value, round: true });
  });

  test('a number ends where the next does not fit', () => {
    const text = 'deux trois';
    expect(readWords(text, tokenize(text), 0)).toMatchObject({ value: '2', end: 4 });
  });

  test.each(['des', 'plusieurs', 'millions', 'et'])('%s is no number', (text) => {
    expect(readWords(text, tokenize(text), 0)).toBeNull();
  });
});

describe('decimals', () => {
  test('scale exactly', () => {
    expect(scaleDecimal('1.03', 9)).toBe('1030000000');
    expect(scaleDecimal('0.1', 6)).toBe('100000');
    expect(scaleDecimal('1.2345678', 3)).toBe('1234.5678');
  });

  test('add without drift', () => {
    expect(addDecimals('0.1', '0.2')).toBe('0.3');
    expect(addDecimals('468000000', '132000000')).toBe('600000000');
  });

  test('compare beyond what a float can tell apart', () => {
    expect(compareDecimals('10000000000000000.1', '10000000000000000.2')).toBe(-1);
    expect(compareDecimals('5', '5.00')).toBe(0);
    expect(compareDecimals('6', '5.9')).toBe(1);
  });

  test('are written as they were read', () => {
    expect(formatDecimal(parseDecimal('0.050')!)).toBe('0.05');
    expect(formatDecimal(parseDecimal('12')!)).toBe('12');
  });

  test.each(['', '-1', '1e5', '1,5', '9'.repeat(60)])('%j is none', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });
});
