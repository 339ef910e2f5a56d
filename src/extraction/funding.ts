/**
 * Who raised how much from whom: an article's funding facts.
 *
 *   amounts ─▶ verdict (which word governs, is it funding) ─▶ parties ─▶ kind, status, date ─▶ one fact per deal
 *           ─▶ investors and valuations that other sentences add
 */
import type { Token } from '#text/tokenize.ts';
import type { FoundActors } from './actors.ts';
import type { Field, ReadableArticle, ReadFunding } from './extraction.ts';
import { CurrencyGuess } from './funding-currency.ts';
import { type Draft, isRound, joinDrafts, singleOutTotals } from './funding-facts.ts';
import {
  addUpParts,
  findParts,
  gather,
  passOnPayers,
  shareInvestors,
  takeStageFromHeadline,
} from './funding-gather.ts';
import { layOut, placeActors } from './funding-page.ts';
import { readPage } from './funding-reading.ts';
import { recast } from './funding-recast.ts';
import { createScene, findBackers } from './funding-scene.ts';
import { attachValuations } from './valuation.ts';
import type { Words } from './words.ts';

/**
 * Finds the funding facts of an article, in the order of the text, one for each deal. `fields` are its words, where they are
 * known already. Linear time; never throws.
 */
export function findFunding(
  article: ReadableArticle,
  found: FoundActors,
  fields?: readonly Words[],
): readonly ReadFunding[] {
  const wordsOf = (field: Field): readonly Token[] | undefined =>
    fields?.find((words) => words.field === field)?.tokens;
  const pages = [
    layOut('TITLE', article.title, found, wordsOf('TITLE')),
    layOut('TEXT', article.text, found, wordsOf('TEXT')),
  ] as const;
  if (pages.every((page) => page.amounts.length === 0)) return [];
  const backers = findBackers(pages);
  const cast = recast(found, pages, backers);
  const title = placeActors(pages[0], cast);
  const text = placeActors(pages[1], cast);
  const scene = createScene(title, text, cast, backers);
  const currencies = new CurrencyGuess([text, title]);
  // The headline says who pays whom before the text says "la start-up"; but where both tell a fact, the text's words count.
  const headline = readPage(scene, title, article.publishedAt, currencies);
  const body = readPage(scene, text, article.publishedAt, currencies);
  const facts = joinDrafts([...body.drafts, ...headline.drafts]);
  singleOutTotals(facts);
  const parts = findParts(facts);
  takeStageFromHeadline(scene, facts);
  for (const page of [text, title]) gather(scene, page, facts, parts);
  addUpParts(facts, parts);
  shareInvestors(facts);
  passOnPayers(facts);
  attachValuations(
    [...body.worths, ...headline.worths],
    facts.filter((f) => !parts.has(f)),
  );
  return facts.map(toFunding);
}

function toFunding(fact: Draft): ReadFunding {
  const { start, end } = fact.at.amount;
  return {
    field: fact.page.field,
    start,
    end,
    kind: fact.kind,
    status: fact.status,
    money: fact.money,
    precision: fact.precision,
    recipient: fact.recipient?.ref ?? null,
    investors: [...fact.investors].map(([actor, lead]) => ({ actor, lead })),
    valuation: isRound(fact.kind) || fact.kind === 'INVESTMENT' ? fact.valuation : null,
    date: fact.date,
    // A stage that other sentences give it is that of one round.
    cumulative: fact.cumulative && fact.kind === 'ROUND',
    confidence: Math.round(fact.confidence * 100) / 100,
  };
}
