/** What a client may say of a feed, checked. Pure. */
import type { FoundFeed } from './discover.ts';

/** A feed about to be followed. */
export interface NewFeed {
  readonly url: string;
  readonly title: string;
  readonly outlet: string;
  readonly siteUrl: string | null;
  readonly language: string | null;
  readonly topics: readonly string[];
  /** Which names are only the host's, until the feed tells its own. */
  readonly unnamed?: readonly FeedName[];
}

const URL_MAX = 2_048;
const NAME_MAX = 200;
const TOPICS_MAX = 20;
const TOPIC_MAX = 50;

/** A feed as a client gives it. */
export interface FeedInput {
  readonly url: string;
  readonly title?: string | null | undefined;
  readonly outlet?: string | null | undefined;
  readonly topics?: readonly string[] | null | undefined;
}

/** What a feed goes by. */
export type FeedName = 'title' | 'outlet';

/** A feed to add, checked. */
export interface GivenFeed {
  readonly url: string;
  readonly title: string;
  readonly outlet: string;
  readonly topics: readonly string[];
  /** The names that nobody gave: its host stands in for them. */
  readonly unnamed: readonly FeedName[];
}

/** The feed to add, or what is wrong with which field. */
export type CheckedFeed =
  | { readonly ok: true; readonly feed: GivenFeed }
  | { readonly ok: false; readonly field: string; readonly problem: string };

/**
 * The address without fragment, in its normal form; null when it is none that can be fetched: http and https only, at most
 * 2,048 characters, no user name or password.
 */
export function webAddressOf(text: string): string | null {
  if (text.length > URL_MAX || !URL.canParse(text.trim())) return null;
  const url = new URL(text.trim());
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (url.username !== '' || url.password !== '') return null;
  url.hash = '';
  return url.href;
}

/** The names that a feed takes from its own title, where nobody gave it any; none while the feed has no title. */
export function ownNames(
  unnamed: readonly string[],
  title: string,
): { readonly title?: string; readonly outlet?: string; readonly unnamed?: FeedName[] } {
  const name = clean(title).slice(0, NAME_MAX).trim();
  if (unnamed.length === 0 || name === '') return {};
  return {
    ...(unnamed.includes('title') ? { title: name } : {}),
    ...(unnamed.includes('outlet') ? { outlet: name } : {}),
    unnamed: [],
  };
}

/** The feed to follow: as given, and as it was found where it was. */
export function newFeed(given: GivenFeed, found: FoundFeed): NewFeed {
  if (found.found !== 'FEED') return { ...given, siteUrl: null, language: null };
  const { url, title, siteUrl, language } = found;
  return {
    ...given,
    ...ownNames(given.unnamed, title),
    url: webAddressOf(url) ?? given.url,
    siteUrl,
    language,
  };
}

/** Postgres holds no NUL, and nobody means one. */
const clean = (text: string | null | undefined): string => (text ?? '').replaceAll('\0', '').trim();

/** Checks a feed; without title or outlet it is named after its host until someone knows better. */
export function checkFeed(input: FeedInput): CheckedFeed {
  const no = (field: string, problem: string): CheckedFeed => ({ ok: false, field, problem });
  const url = webAddressOf(input.url);
  if (url === null) {
    return no(
      'url',
      `an http or https address of at most ${URL_MAX} characters is needed, without user name`,
    );
  }
  const host = new URL(url).hostname.replace(/^www\./, '');
  const given = { title: clean(input.title), outlet: clean(input.outlet) };
  const title = given.title || host;
  const outlet = given.outlet || host;
  const unnamed = (['title', 'outlet'] as const).filter((name) => given[name] === '');
  const topics = [...new Set((input.topics ?? []).map(clean).filter((topic) => topic !== ''))];
  if (title.length > NAME_MAX) return no('title', `at most ${NAME_MAX} characters`);
  if (outlet.length > NAME_MAX) return no('outlet', `at most ${NAME_MAX} characters`);
  if (topics.length > TOPICS_MAX) return no('topics', `at most ${TOPICS_MAX} topics`);
  if (topics.some((topic) => topic.length > TOPIC_MAX)) {
    return no('topics', `at most ${TOPIC_MAX} characters a topic`);
  }
  return { ok: true, feed: { url, title, outlet, topics, unnamed } };
}
