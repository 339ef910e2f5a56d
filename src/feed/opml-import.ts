/** From a list in OPML to feeds that can be followed. Pure. */
import { checkFeed, type NewFeed } from './feed-input.ts';
import { PROBLEMS_MAX, parseOpml } from './opml.ts';

export type OpmlImport =
  | {
      readonly ok: true;
      readonly feeds: readonly NewFeed[];
      /** Entries left out and why, in plain words; at most `PROBLEMS_MAX`. */
      readonly problems: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

/** Reads a list; an entry that makes no feed is a problem of its own and leaves the others alone. */
export function readOpml(text: string): OpmlImport {
  const opml = parseOpml(text);
  if (!opml.ok) return opml;
  const feeds: NewFeed[] = [];
  const problems = [...opml.problems];
  for (const { title, url, siteUrl, topics } of opml.feeds) {
    const isNamed = title !== new URL(url).hostname.replace(/^www\./, '');
    const checked = checkFeed({ url, topics, ...(isNamed ? { title, outlet: title } : {}) });
    if (checked.ok) feeds.push({ ...checked.feed, siteUrl, language: null });
    else problems.push(`${url.slice(0, 100)}: ${checked.field}: ${checked.problem}`);
  }
  return { ok: true, feeds, problems: problems.slice(0, PROBLEMS_MAX) };
}
