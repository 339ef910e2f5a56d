import { expect, test } from 'vitest';
import { tellRecord } from '#platform/log.ts';

test.each([
  [
    'a feed that fails is told by its address and why',
    {
      level: 'warn',
      time: 1,
      feedId: 4,
      url: 'https://a.example/rss',
      outcome: 'FAILED',
      httpStatus: null,
      newArticles: 0,
      problem: 'the name a.example does not resolve',
      msg: 'poll failed',
    },
    'poll failed  https://a.example/rss  the name a.example does not resolve',
  ],
  [
    'counts are told by name, and only those that count something',
    { url: 'https://a.example/rss', newArticles: 3, revisedArticles: 0, durationMs: 81, msg: 'feed polled' },
    'feed polled  https://a.example/rss  newArticles 3',
  ],
  ['lists stand as JSON', { workers: ['a', 'b'], msg: 'handed back' }, 'handed back  workers ["a","b"]'],
  [
    'an error is told with its stack',
    {
      err: { type: 'Error', message: 'no room', stack: 'Error: no room\n  at x.ts:1' },
      msg: 'feed not polled',
    },
    'feed not polled\n    Error: no room\n      at x.ts:1',
  ],
  [
    'what a stranger says cannot write to the terminal',
    { problem: '\u001b]0;x\u0007\n12:00 INFO: fine', msg: 'subscription denied' },
    'subscription denied   ]0;x  12:00 INFO: fine',
  ],
  [
    'nor turn its lines round',
    { problem: 'a\u202eb', msg: 'subscription denied' },
    'subscription denied  a\ufffdb',
  ],
  ['a message alone stands alone', { level: 'info', msg: 'stopping' }, 'stopping'],
])('%s', (_fact, record, line) => {
  expect(tellRecord(record)).toBe(line);
});
