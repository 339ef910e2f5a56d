/** Sums over several rounds: "porte à 600 M€ le total levé", "a levé 44 millions depuis sa création". They are no round of their own. */
import type { Page, PageAmount } from './funding-page.ts';

/** Words looked at before and behind the amount, within its sentence. */
const BEFORE = 16;
const BEHIND = 9;

const ALL_ALONG =
  '(?:depuis (?:sa|son|ses|leurs?) (?:creation|lancement|naissance|fondation|debuts?|origines?)|en \\S+ (?:ans|annees)|a ce jour)';
const IN_ALL = '(?:au total|en tout)';
const RAISED =
  '(?:a|ont|avait|avaient|aura|auront|ayant|avons|avions)(?: \\S+){0,3} (?:leve|leves|collecte|recolte|reuni|attire|engrange)';
const ROUNDS = '(?:fonds|levees?|tours|financements?)';

/** What the words before the amount say by themselves. */
const BEFORE_SAYS: readonly RegExp[] = [
  // "Depuis sa création, la start-up a levé", "a levé au total"
  new RegExp(`\\b(?:${ALL_ALONG}|${IN_ALL})\\b.*\\b${RAISED}\\b`),
  new RegExp(`\\b${RAISED}\\b.*\\b(?:${ALL_ALONG}|${IN_ALL})\\b`),
  // "le total des fonds levés atteint", "les cinq opérations totalisent"
  new RegExp(`\\b(?:total|cumul|montant cumule) (?:des|de ses|de leurs) ${ROUNDS}\\b`),
  /\b(?:operations|tours|levees)(?: de (?:table|fonds|financement))? (?:totalis|cumul)/,
];
/** What the words behind it say by themselves: "levés depuis sa création", "de financement cumulé". */
const BEHIND_SAYS: readonly RegExp[] = [
  new RegExp(
    `^(?:de ${ROUNDS} )?(?:leve|collecte|recolte)s? (?:\\S+ ){0,2}(?:${ALL_ALONG}|${IN_ALL}|depuis 20\\d\\d)\\b`,
  ),
  new RegExp(`^(?:de|en) ${ROUNDS} (?:leves? )?cumulee?s?\\b`),
];
const SUMMED_UP = new RegExp(`\\b${IN_ALL}\\b`);
/** "a levé … depuis 2016" */
const RAISED_BEFORE = new RegExp(`\\b${RAISED}\\b`);
const SINCE_BEHIND = new RegExp(`^(?:\\S+ ){0,4}?(?:${ALL_ALONG}|${IN_ALL}|depuis 20\\d\\d)\\b`);
/** "totalise … de fonds levés" */
const TOTALS_BEFORE = /\b(?:totalise|cumule)(?:nt)?(?: \S+){0,3}$/;
const FUNDS_BEHIND = new RegExp(`^(?:de|en) ${ROUNDS}\\b|^leves?\\b`);
/** "portant à … le total levé", "porte ses levées de fonds à …" */
const CARRIED = /\bport(?:e|ent|ant|er|era|ait|aient)\b/;
const SUM = /\b(?:total|cumul|cumules?|leves?|levees)\b/;
/** "porte le total de cette série B à 50 millions": one round, larger than was said. */
const ONE_ROUND = /\b(?:serie|tour|amorcage|operation|cloture)\b/;

/** True for a sum over several rounds. */
export function isCumulative(page: Page, amount: PageAmount): boolean {
  const sentence = page.sentences[amount.sentence]!;
  // What stands on the other side of another amount is said of that one.
  const earlier = page.amounts.findLast((other) => other.to <= amount.from)?.to ?? 0;
  const from = Math.max(sentence.from, earlier, amount.from - BEFORE);
  const later = page.amounts.find((other) => other.from >= amount.to)?.from ?? sentence.to;
  let to = Math.min(sentence.to, later, amount.to + BEHIND);
  for (let i = amount.to; i < to; i++) if (page.breaks[i] === 'COMMA') to = i;
  const wordsOf = (start: number, end: number): string =>
    page.words
      .slice(start, end)
      .map(({ folded }) => folded)
      .join(' ');
  const before = wordsOf(from, amount.from);
  const behind = wordsOf(amount.to, to);
  // "30 millions au total, dont 10 de dette": what one round is made of.
  if (page.words[to]?.folded === 'dont' && SUMMED_UP.test(`${before} ${behind}`)) return false;
  const carried = CARRIED.exec(before);
  if (carried !== null) {
    const said = `${before.slice(carried.index)} ${behind}`;
    if (SUM.test(said) && !ONE_ROUND.test(said)) return true;
  }
  return (
    BEFORE_SAYS.some((pattern) => pattern.test(before)) ||
    BEHIND_SAYS.some((pattern) => pattern.test(behind)) ||
    (RAISED_BEFORE.test(before) && SINCE_BEHIND.test(behind)) ||
    (TOTALS_BEFORE.test(before) && FUNDS_BEHIND.test(behind) && !ONE_ROUND.test(before))
  );
}
