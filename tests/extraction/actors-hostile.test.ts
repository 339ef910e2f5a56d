import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseRegister } from '#actor/register.ts';
import { createActorFinder } from '#extraction/actors.ts';
import { createRandom } from '../support/random.ts';

const find = createActorFinder(
  parseRegister(readFileSync(new URL('../../src/actor/register.csv', import.meta.url), 'utf8')),
);

const LENGTH = 200 * 1024;

function repeated(text: string): string {
  return text.repeat(Math.ceil(LENGTH / text.length)).slice(0, LENGTH);
}

test.each([
  '«',
  ' ',
  '\n',
  'A',
  'A ',
  '9',
  '9 ',
  '. ',
  'H, ',
  'l’',
  'A-',
  'Mistral ',
  'Jean ',
  'par ',
  'Ministère de la ',
  'École nationale de ',
  'directeur général ',
  'Kelvora (KV), ',
  'Zorane, Trivix et ',
  '\ud800A ',
  '😀',
  'e\u0301\u0301\u0301',
])('200 KB of %j is read with a bounded answer', (piece) => {
  const { actors, mentions, affiliations } = find({
    title: piece,
    text: `Une start-up. ${repeated(piece)}`,
    publishedAt: null,
  });
  expect(mentions.length).toBeLessThanOrEqual(2000);
  expect(actors.length).toBeLessThanOrEqual(mentions.length);
  expect(affiliations.length).toBeLessThanOrEqual(2000);
});

test('whatever the characters, spans lie inside the text and references inside the lists', () => {
  const random = createRandom(42);
  const pieces = [
    'Mistral AI',
    'Arthur Mensch',
    ', PDG de ',
    '« ',
    ' »',
    'l’',
    'H',
    '\n',
    '\u0301',
    '\ud83d',
    '\udc00',
    'É',
    ' (',
    ')',
    '. ',
    'start-up ',
    'et ',
    '',
    '𝒜',
    '\u202f',
    'ﬁ',
    'İ',
  ];
  for (let round = 0; round < 400; round++) {
    let text = '';
    for (let i = 0; i < 40; i++) text += pieces[random.below(pieces.length)];
    const title = text.slice(0, 60);
    const { actors, mentions, affiliations } = find({ title, text, publishedAt: null });
    for (const { field, start, end, surface, actor } of mentions) {
      expect((field === 'TITLE' ? title : text).slice(start, end)).toBe(surface);
      expect(surface).not.toBe('');
      expect(actors[actor]?.ref).toBe(actor);
    }
    for (const { person, organization } of affiliations) {
      expect(actors[person]?.kind).toBe('PERSON');
      expect(actors[organization]).toBeDefined();
    }
  }
});

test('the same article is always read the same', () => {
  const article = {
    title: 'Kelvora lève 3 millions',
    text: 'La start-up Kelvora, fondée par Claire Dumont, lève 3 millions auprès de Partech, Tellis Capital et Orange.',
    publishedAt: null,
  };
  expect(find(article)).toEqual(find(article));
});
