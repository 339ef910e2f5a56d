/** The mutation that follows the feeds of a list. */
import { builder } from '#graphql/builder.ts';
import { InvalidInputError } from '#graphql/errors.ts';
import { addFeeds } from './feed.store.ts';
import { FEEDS_MAX, PROBLEMS_MAX } from './opml.ts';
import { readOpml } from './opml-import.ts';
import { firstPoll } from './schedule.ts';

interface Imported {
  readonly added: number;
  readonly known: number;
  readonly problems: readonly string[];
}

const ImportFeedsInput = builder.inputType('ImportFeedsInput', {
  description: 'Feeds to follow.',
  fields: (t) => ({
    opml: t.string({
      required: true,
      description: `A list in OPML 1.0 or 2.0, as feed readers export it; of more than ${FEEDS_MAX.toLocaleString('en')} feeds the first are read. A request is bounded by VIGIE_MAX_BODY_BYTES, whose default is room for some 4,000; longer lists come in with \`vigie feeds import\`.`,
    }),
  }),
});

const ImportFeedsPayload = builder.objectRef<Imported>('ImportFeedsPayload').implement({
  description: 'What became of a list of feeds.',
  fields: (t) => ({
    added: t.exposeInt('added', { description: 'Feeds that are followed from now on.' }),
    known: t.exposeInt('known', {
      description: 'Feeds that were followed already; nothing of them is changed.',
    }),
    problems: t.stringList({
      description: `Entries that were left out and why, in plain words; at most ${PROBLEMS_MAX}, that the list was cut before all others.`,
      resolve: ({ problems }) => [...problems],
    }),
  }),
});

builder.mutationField('importFeeds', (t) =>
  t.field({
    type: ImportFeedsPayload,
    authScopes: { scope: 'INGEST' },
    errors: { union: { description: 'What became of the list, or why it was refused.' } },
    description:
      'Follows the feeds of an OPML list that are not followed yet, their first polls spread over time. Giving it again changes nothing. Needs the scope INGEST.\n\nExample: `mutation { importFeeds(input: { opml: "<opml version=\\"2.0\\"><body><outline text=\\"Exemple\\" xmlUrl=\\"https://example.org/rss\\"/></body></opml>" }) { ... on ImportFeedsPayload { added known problems } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: ImportFeedsInput, required: true, description: 'The list.' }) },
    resolve: async (_root, { input }, { db, clock }) => {
      const read = readOpml(input.opml);
      if (!read.ok) throw new InvalidInputError('input.opml', read.message);
      const { feeds, problems } = read;
      const now = clock.now();
      const added = await addFeeds(db, feeds, (index) => firstPoll(now, index, feeds.length));
      return { added: added.length, known: feeds.length - added.length, problems };
    },
  }),
);
