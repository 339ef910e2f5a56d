/** What a client may say of a feed, checked. Pure. */

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

/** The feed to add, or what is wrong with which field. */
export type CheckedFeed =
  | {
      readonly ok: true;
      readonly feed: {
        readonly url: string;
        readonly title: string;
        readonly outlet: string;
        readonly topics: string[];
      };
    }
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
  const title = clean(input.title) || host;
  const outlet = clean(input.outlet) || host;
  const topics = [...new Set((input.topics ?? []).map(clean).filter((topic) => topic !== ''))];
  if (title.length > NAME_MAX) return no('title', `at most ${NAME_MAX} characters`);
  if (outlet.length > NAME_MAX) return no('outlet', `at most ${NAME_MAX} characters`);
  if (topics.length > TOPICS_MAX) return no('topics', `at most ${TOPICS_MAX} topics`);
  if (topics.some((topic) => topic.length > TOPIC_MAX)) {
    return no('topics', `at most ${TOPIC_MAX} characters a topic`);
  }
  return { ok: true, feed: { url, title, outlet, topics } };
}
