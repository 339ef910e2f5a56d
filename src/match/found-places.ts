/** Where in an article the words of a query stand. */
import type { Span } from '#extraction/extraction.ts';
import { soughtTerms, type WordQuery } from './word-query.ts';
import { type PlacedWord, placedWords } from './words.ts';

export interface FoundPlace extends Span {
  /** A word or phrase, as the query spells it. */
  readonly words: string;
  /** What stands there, as the article spells it. */
  readonly text: string;
}

/** An article as it was read from the database. */
interface ReadArticle {
  readonly title: string;
  readonly body: { readonly text: string } | null;
}

interface ReadField {
  readonly field: Span['field'];
  readonly source: string;
  readonly words: readonly PlacedWord[];
  /** Where each word stands among them. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

/** A text is taken apart once, however many queries are asked of the article in one answer. */
const taken = new WeakMap<ReadArticle, readonly ReadField[]>();

function fieldOf(field: Span['field'], source: string): ReadField {
  const words = placedWords(source);
  const places = Map.groupBy(words.keys(), (at) => words[at]!.word);
  return { field, source, words, places };
}

function fieldsOf(article: ReadArticle): readonly ReadField[] {
  let fields = taken.get(article);
  if (fields === undefined) {
    fields = [fieldOf('TITLE', article.title), fieldOf('TEXT', article.body?.text ?? '')];
    taken.set(article, fields);
  }
  return fields;
}

/** The first place of each word and phrase of the query that speaks for it, in the title or else in the text. */
export function findPlaces(query: WordQuery, article: ReadArticle): FoundPlace[] {
  return soughtTerms(query).flatMap((term) => {
    const phrase = term.words.trim().split(' ');
    for (const { field, source, words, places } of fieldsOf(article)) {
      const at = places
        .get(phrase[0]!)
        ?.find((from) => phrase.every((word, index) => words[from + index]?.word === word));
      if (at === undefined) continue;
      const [start, end] = [words[at]!.start, words[at + phrase.length - 1]!.end];
      return [{ words: term.text, field, start, end, text: source.slice(start, end) }];
    }
    return [];
  });
}
