import { expect, test } from 'vitest';
import { createHostTurns } from '#pipeline/host-turns.ts';

test('polls of one host take turns, those who wait come back one after another, and other hosts do not notice', () => {
  let now = 1_000;
  const turns = createHostTurns(250, () => now);
  const first = turns.enter('a.fr');
  expect(first).toHaveProperty('end');
  expect([turns.enter('a.fr'), turns.enter('a.fr')]).toEqual([{ waitMs: 250 }, { waitMs: 500 }]);
  expect(turns.enter('b.fr')).toHaveProperty('end');
  now = 1_400;
  expect(turns.enter('a.fr')).toEqual({ waitMs: 350 });
  if ('end' in first) first.end();
  expect(turns.enter('a.fr')).toHaveProperty('end');
});
