/** When a deal was done, as the text says it: "le 14 juin", "en mai dernier", "en 2021", "vendredi". */
import type { Page, PageAmount } from './funding-page.ts';

const MONTHS: ReadonlyMap<string, number> = new Map(
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'
    .split(' ')
    .map((name, i) => [name, i + 1]),
);
const DAYS: ReadonlyMap<string, number> = new Map(
  'dimanche lundi mardi mercredi jeudi vendredi samedi'.split(' ').map((name, i) => [name, i]),
);
const REACH = 22;
const DAY_MS = 86_400_000;

/**
 * The date nearest to an amount within its sentence, as ISO 8601 with the precision the text gives; null when there is
 * none. A month without a year is the last one not after `published`.
 */
export function dateOf(page: Page, amount: PageAmount, published: Date | null): string | null {
  const sentence = page.sentences[amount.sentence]!;
  let best: string | null = null;
  let bestDistance = REACH;
  const low = Math.max(sentence.from, amount.from - REACH);
  const high = Math.min(sentence.to, amount.to + REACH);
  for (let i = low; i < high; i++) {
    if (page.amountAt[i] !== -1 || page.mentionAt[i] !== -1) continue;
    const distance = distanceTo(page, i, amount);
    if (distance >= bestDistance) continue;
    const date = readDate(page, i, high, published);
    if (date === null) continue;
    best = date;
    bestDistance = distance;
  }
  return best;
}

function distanceTo(page: Page, at: number, amount: PageAmount): number {
  const left = at < amount.from;
  let distance = left ? amount.from - at : at - amount.to;
  const low = left ? at + 1 : amount.to;
  const high = left ? amount.from : at;
  for (let i = low; i <= high; i++) {
    if (page.amountAt[i] !== -1 && i < high) distance += 10;
    if (page.breaks[i] === 'SEMICOLON' || page.breaks[i] === 'DASH') distance += 6;
    // A date in brackets is that of what stands in them.
    if (page.breaks[i] === 'CLOSE') distance += 14;
  }
  // What dates a deal mostly follows it or opens the sentence.
  return distance;
}

function readDate(page: Page, at: number, end: number, published: Date | null): string | null {
  const { folded } = page.words[at]!;
  const before = page.words[at - 1]?.folded ?? '';
  const month = MONTHS.get(folded);
  if (month !== undefined) {
    const day = /^(?:[1-9]|[12]\d|3[01]|1er)$/.test(before) ? Number.parseInt(before, 10) : null;
    if (day === null && !/^(?:en|de|d|debut|fin|mi|mois|courant|depuis|des)$/.test(before)) return null;
    const year =
      yearAfter(page, at + 1, end) ?? yearFor(month, day, published, page.words[at + 1]?.folded ?? '');
    if (year === null) return null;
    return day === null ? `${year}-${pad(month)}` : `${year}-${pad(month)}-${pad(day)}`;
  }
  if (
    /^20[0-4]\d$/.test(folded) &&
    /^(?:en|des|depuis|fin|debut|ete|printemps|automne|hiver|annee|courant|mi)$/.test(before)
  ) {
    if (before === 'depuis' || isFoundation(page, at)) return null;
    return folded;
  }
  const weekday = DAYS.get(folded);
  if (weekday !== undefined && published) {
    const next = page.words[at + 1]?.folded ?? '';
    if (/^(?:[1-9]|[12]\d|3[01]|1er)$/.test(next)) return null;
    if (next === 'prochain') return null;
    const back = (published.getUTCDay() - weekday + 7) % 7;
    return new Date(published.getTime() - back * DAY_MS).toISOString().slice(0, 10);
  }
  // "l'an dernier", "l'année passée"
  if (/^(?:dernier|derniere|passe|passee)$/.test(folded) && /^(?:an|annee)$/.test(before) && published)
    return String(published.getUTCFullYear() - 1);
  if (folded === 'hier' && published)
    return new Date(published.getTime() - DAY_MS).toISOString().slice(0, 10);
  return null;
}

/** "fondée en 2012": when the company began, not when the deal was done. */
function isFoundation(page: Page, at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 4; i--) {
    if (/^(?:co)?(?:fonde|cree|ne|lance|installe|creation|fondation)e?s?$/.test(page.words[i]!.folded))
      return true;
  }
  return false;
}

function yearAfter(page: Page, at: number, end: number): number | null {
  const word = page.words[at];
  return word && at < end && page.breaks[at] === 'NONE' && /^20[0-4]\d$/.test(word.folded)
    ? Number(word.folded)
    : null;
}

function yearFor(month: number, day: number | null, published: Date | null, next: string): number | null {
  if (!published) return null;
  const year = published.getUTCFullYear();
  if (next === 'prochain') return null;
  const later =
    month > published.getUTCMonth() + 1 ||
    (month === published.getUTCMonth() + 1 && (day ?? 1) > published.getUTCDate());
  return later ? year - 1 : year;
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}
