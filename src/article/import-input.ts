/** An article that a client gives, checked. Pure. */
import { canonicalUrl } from './identity.ts';

const URL_MAX = 2_048;
const TITLE_MAX = 500;
const TEXT_MAX = 200_000;
const OUTLET_MAX = 200;
/** Older ones are dates that nobody set. */
const OLDEST = new Date('1970-01-02T00:00:00Z');
/** Clocks differ, and some outlets date a morning's edition to its day. */
const FUTURE_MS = 24 * 60 * 60 * 1000;

/** An article as a client gives it. */
export interface ImportInput {
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly outlet?: string | null | undefined;
  readonly publishedAt?: Date | null | undefined;
}

/** What to ingest, or what is wrong with which field. */
export type CheckedImport =
  | {
      readonly ok: true;
      readonly article: {
        readonly url: string;
        readonly title: string;
        readonly text: string;
        readonly outlet: string | null;
        readonly publishedAt: Date | null;
      };
    }
  | { readonly ok: false; readonly field: string; readonly problem: string };

/** Postgres holds no NUL, and nobody means one. */
const clean = (text: string): string => text.replaceAll('\0', '').trim();

/** Checks an article: an http(s) address of 2,048, a title of 500 and a text of 200,000 characters at most, no later than tomorrow. */
export function checkImport(input: ImportInput, now: Date): CheckedImport {
  const no = (field: string, problem: string): CheckedImport => ({ ok: false, field, problem });
  const url = input.url.length > URL_MAX ? null : canonicalUrl(input.url);
  if (url === null) return no('url', `an http or https address of at most ${URL_MAX} characters is needed`);
  if (input.text.length > TEXT_MAX)
    return no('text', `at most ${TEXT_MAX} characters, not ${input.text.length}`);
  const title = clean(input.title);
  const text = clean(input.text);
  const outlet = clean(input.outlet ?? '') || null;
  if (title === '') return no('title', 'a title is needed');
  if (title.length > TITLE_MAX) return no('title', `at most ${TITLE_MAX} characters, not ${title.length}`);
  if (text === '') return no('text', 'a text is needed');
  if (outlet !== null && outlet.length > OUTLET_MAX) return no('outlet', `at most ${OUTLET_MAX} characters`);
  const publishedAt = input.publishedAt ?? null;
  if (publishedAt !== null && publishedAt.getTime() > now.getTime() + FUTURE_MS) {
    return no('publishedAt', 'this lies more than a day in the future');
  }
  if (publishedAt !== null && publishedAt < OLDEST) return no('publishedAt', 'this lies before 1970');
  return { ok: true, article: { url, title, text, outlet, publishedAt } };
}
