/**
 * Candidates taken for funds because they stand among funds: in an article about money, who raises it is a company.
 */
import type { FoundActors } from './actors.ts';
import type { ReadActor } from './extraction.ts';
import type { Page, PageMention } from './funding-page.ts';

/** Words of the names of funds. */
const FUND_NAME =
  /(?:^|[^a-z])(?:capital|ventures?|partners?|partenaires|invest\p{L}*|funds?|fonds|equity|growth|bank|banque|credit|caisse|gestion|finances?|angels?|holding|innovation|seed|participations?|family|patrimoine|asset|management)(?:[^a-z]|$)/iu;
const FUND_NOUN =
  /^(?:fonds|vehicules?|closings?|souscripteurs?|gestionnaire|banque|investisseurs?|family|societe de gestion)$/;
const NEAR = 7;

/**
 * The actors with the kind that their part in the article gives them: a candidate without a fund's name, that is spoken of
 * as no fund and listed among no investors, is a company. Others are kept as they are.
 */
export function recast(
  found: FoundActors,
  pages: readonly Page[],
  backers: ReadonlySet<number>,
): FoundActors {
  const doubtful = new Set<number>();
  for (const { ref, kind, slug, name } of found.actors)
    if (kind === 'INVESTOR' && slug === null && !backers.has(ref) && !FUND_NAME.test(name)) doubtful.add(ref);
  if (doubtful.size === 0) return found;
  const raising = new Set<number>();
  for (const page of pages)
    for (const m of page.mentions) {
      if (!doubtful.has(m.actor.ref)) continue;
      if (page.field === 'TITLE' || opensHeading(page, m) || raises(page, m)) raising.add(m.actor.ref);
      if (isCalledFund(page, m)) doubtful.delete(m.actor.ref);
    }
  for (const ref of doubtful) if (!raising.has(ref)) doubtful.delete(ref);
  if (doubtful.size === 0) return found;
  const actors = found.actors.map((a): ReadActor => (doubtful.has(a.ref) ? { ...a, kind: 'COMPANY' } : a));
  return { ...found, actors };
}

/** The first name of a short line. */
function opensHeading(page: Page, { from }: PageMention): boolean {
  const sentence = page.sentences[page.sentenceOf[from]!]!;
  return sentence.to - sentence.from <= SHORT && from - sentence.from <= 2;
}

/** "Photonia vient de réaliser sa première levée", "Fertilis avait déjà récolté": what only those do who receive. */
function raises(page: Page, { to }: PageMention): boolean {
  for (let i = to; i < to + NEAR && i < page.words.length && page.mentionAt[i] === -1; i++) {
    if (page.breaks[i] !== 'NONE' && i > to) return false;
    if (RAISING.test(page.words[i]!.folded)) return true;
  }
  return false;
}

const SHORT = 10;
const RAISING =
  /^(?:lev(?:e|er|ee|ent|era)|boucl(?:e|er|era)|recolt(?:e|er)|reuni[rt]?|levees?|collect(?:e|er)|fondee?|creee?)$/;

function isCalledFund(page: Page, { from, to }: PageMention): boolean {
  const sentence = page.sentences[page.sentenceOf[from]!]!;
  const low = Math.max(sentence.from, from - 3);
  const high = Math.min(sentence.to, to + NEAR);
  for (let i = low; i < high; i++)
    if (page.mentionAt[i] === -1 && FUND_NOUN.test(page.words[i]!.folded)) return true;
  return false;
}
