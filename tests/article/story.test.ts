import { describe, expect, test } from 'vitest';
import {
  chooseStory,
  STORY_WINDOW_HOURS,
  type StoryArticle,
  type StoryCandidate,
  textRelation,
} from '#article/story.ts';
import { storySignature } from '#article/story-signature.ts';
import { loadPressArticles } from '../../demo/press-articles.ts';
import {
  everyPair,
  joins,
  loadStoryPairs,
  NOW,
  precision,
  recall,
  type Sample,
  sample,
  tally,
} from '../support/story-pairs.ts';

const HOUR = 3_600_000;

const labelled = loadStoryPairs();

/** The demonstration press, its live sequence spread over the last day. */
const press = loadPressArticles().map((article, at, { length }) =>
  sample(
    {
      id: `${article.outlet.slug}/${article.id}`,
      outlet: article.outlet.name,
      title: article.title + article.outlet.titleSuffix,
      text: article.paragraphs.join('\n'),
      publishedAt: article.published ?? new Date(NOW.getTime() - (length - at) * 60_000),
    },
    article.story,
  ),
);

describe('on the labelled pairs', () => {
  const of = (...labels: readonly string[]) =>
    labelled.pairs.filter(({ is }) => labels.includes(is)).map(({ a, b }) => [a, b] as const);

  test('there are at least sixty, a third of them different, and labels do not contradict each other', () => {
    expect(labelled.pairs.length).toBeGreaterThanOrEqual(60);
    expect(of('DIFFERENT').length).toBeGreaterThanOrEqual(labelled.pairs.length / 3);
    for (const [a, b] of of('DIFFERENT')) expect(a.story).not.toBe(b.story);
  });

  test('stories reach a precision of 0.95 and a recall of 0.85', () => {
    const count = tally(of('COPY', 'REWRITE', 'OWN', 'DIFFERENT'));
    expect(precision(count)).toBeGreaterThanOrEqual(0.95);
    expect(recall(count)).toBeGreaterThanOrEqual(0.85);
  });

  test('copies and rewrites join', () => {
    expect(recall(tally(of('COPY', 'REWRITE')))).toBeGreaterThanOrEqual(0.98);
  });

  test('more than half of the own reports of an event join', () => {
    expect(recall(tally(of('OWN')))).toBeGreaterThan(0.5);
  });

  test('every other pair of these texts keeps to its story as well', () => {
    const count = tally(everyPair(labelled.samples));
    expect(precision(count)).toBeGreaterThanOrEqual(0.95);
    expect(recall(count)).toBeGreaterThanOrEqual(0.85);
  });

  test('whoever comes second, the answer is the same', () => {
    for (const { a, b } of labelled.pairs) expect(joins(a, b)).toBe(joins(b, a));
  });

  test('a pair that joins shares a band, so that the look-up finds it', () => {
    const joined = [...everyPair(labelled.samples)].filter(([a, b]) => joins(a, b));
    expect(joined.length).toBeGreaterThan(80);
    for (const [a, b] of joined) {
      expect(a.bands.some((band) => b.bands.includes(band))).toBe(true);
    }
  });

  test('how a text was made is told from the texts alone, nearly always right', () => {
    const made = labelled.pairs.filter(({ is }) => is !== 'DIFFERENT');
    const right = made.filter(
      ({ a, b, is }) => textRelation(a.profile, b.profile) === (is === 'OWN' ? 'INDEPENDENT' : is),
    );
    expect(right.length / made.length).toBeGreaterThanOrEqual(0.93);
  });
});

test('the demonstration press, read in order, falls into its stories', () => {
  const stored: (Sample & StoryCandidate)[] = [];
  const expected = new Map<string, number>();
  let wrong = 0;
  for (const article of press) {
    const candidates = stored.filter(({ bands }) => bands.some((band) => article.bands.includes(band)));
    const chosen = chooseStory(article, candidates, NOW)?.storyId ?? stored.length;
    const story = expected.get(article.story) ?? chosen;
    expected.set(article.story, story);
    if (chosen !== story) wrong++;
    stored.push({ ...article, storyId: chosen });
  }
  expect(wrong).toBe(0);
  expect(new Set(stored.map(({ storyId }) => storyId)).size).toBe(expected.size);
});

describe('a story', () => {
  const TEXT =
    'La start-up nantaise Varech lève 8 millions d’euros auprès du fonds Marée haute pour nettoyer les données des ' +
    'hôpitaux. Fondée par Anne Le Goff, elle emploie douze personnes et compte six établissements parmi ses clients. ' +
    'Le tour doit financer des recrutements à Nantes et à Rennes, puis une filiale en Belgique.';
  const article = (title: string, text: string, outlet: string, hours = 0): StoryArticle => ({
    profile: storySignature(title, text).profile,
    outlet,
    publishedAt: new Date(NOW.getTime() - 200 * HOUR + hours * HOUR),
  });
  const original = article('Varech lève 8 millions d’euros', TEXT, 'Le Fil');
  const own = article(
    'Avec 8 millions d’euros, Varech veut soigner les données des hôpitaux',
    'Dans les sous-sols du CHU, des dossiers dorment sous trois formats différents. Varech en vit. La jeune pousse ' +
      'd’Anne Le Goff a obtenu 8 millions d’euros de Marée haute et prépare son arrivée à Bruxelles.',
    'Le Soir',
    5,
  );

  test.each([
    ['Varech lève 8 millions d’euros | Dépêches'],
    ['Varech lève 8 millions d’euros - Le Matin'],
    ['Varech lève 8 millions d’euros (ACTUALISÉ)'],
    ['VARECH LÈVE 8 MILLIONS D’EUROS'],
    ["Varech leve 8 millions d'euros"],
    ['Levée de fonds : 8 M€ pour Varech'],
  ])('takes in a copy titled %s', (title) => {
    expect(joins(article(title, TEXT, 'Le Matin', 2), original)).toBe(true);
  });

  test('takes in a copy whose typography and case differ', () => {
    const plain = TEXT.replaceAll('’', "'").normalize('NFD').toUpperCase();
    expect(joins(article('Varech lève 8 M€', plain, 'Le Matin', 2), original)).toBe(true);
    expect(textRelation(storySignature('', plain).profile, storySignature('', TEXT).profile)).toBe('COPY');
  });

  test('takes in a copy within the window and not beyond', () => {
    const copy = (hours: number) => article('Varech lève 8 millions d’euros', TEXT, 'Le Matin', hours);
    expect(joins(copy(STORY_WINDOW_HOURS - 1), original)).toBe(true);
    expect(joins(copy(STORY_WINDOW_HOURS + 1), original)).toBe(false);
  });

  test('does not take in the next article behind the same paywall notice', () => {
    const notice =
      'Cet article est réservé à nos abonnés. Abonnez-vous pour lire la suite et soutenir une rédaction indépendante. ' +
      'Déjà abonné ? Connectez-vous. Votre abonnement vous donne accès à toutes nos enquêtes, à nos archives et à la lettre.';
    const one = article('Varech lève 8 millions d’euros', notice, 'Le Fil');
    const other = article('Grève à la centrale de Flamanville', notice, 'Le Fil', 1);
    expect(joins(one, other)).toBe(false);
  });

  test('takes an article without a date, or dated in the future, as published now', () => {
    const recent = { ...original, publishedAt: new Date(NOW.getTime() - HOUR) };
    expect(joins({ ...original, outlet: 'Le Matin', publishedAt: null }, recent)).toBe(true);
    const future = new Date(NOW.getTime() + 1_000 * HOUR);
    expect(joins({ ...original, outlet: 'Le Matin', publishedAt: future }, recent)).toBe(true);
    expect(joins({ ...original, outlet: 'Le Matin', publishedAt: null }, original)).toBe(false);
  });

  test('with the closest text wins', () => {
    const cut = article('Varech lève 8 millions d’euros', TEXT.slice(0, 130), 'Kiosque');
    const candidates = [
      { ...cut, storyId: 3 },
      { ...original, storyId: 7 },
    ];
    const copy = article('Varech lève 8 millions d’euros', TEXT, 'Le Matin', 1);
    expect(chooseStory(copy, candidates, NOW)?.storyId).toBe(7);
    expect(chooseStory(copy, candidates.toReversed(), NOW)?.storyId).toBe(7);
  });

  test('counts an own report as independent, a copy not', () => {
    const stored = [{ ...original, storyId: 1 }];
    expect(chooseStory(own, stored, NOW)).toEqual({ storyId: 1, independent: true });
    const copy = article('Varech lève 8 millions d’euros', TEXT, 'Le Matin', 6);
    expect(chooseStory(copy, stored, NOW)).toEqual({ storyId: 1, independent: false });
    const both = [...stored, { ...own, storyId: 1 }];
    expect(chooseStory({ ...own, outlet: 'Kiosque' }, both, NOW)).toEqual({ storyId: 1, independent: false });
  });

  test('does not grow by an own report that agrees with less than half of it', () => {
    const stranger = article('Le mistral souffle à Marseille', 'Le port a doublé ses amarres.', 'La Vigie');
    const story = (strangers: number) => [
      { ...original, storyId: 1 },
      ...Array.from({ length: strangers }, () => ({ ...stranger, storyId: 1 })),
    ];
    expect(chooseStory(own, story(1), NOW)?.storyId).toBe(1);
    expect(chooseStory(own, story(2), NOW)).toBeNull();
  });

  test('passes over a candidate whose profile is of another version', () => {
    const old = { ...original, profile: { ...original.profile, version: 0 } };
    expect(joins({ ...original, outlet: 'Le Matin' }, old)).toBe(false);
  });

  test('is not found for an empty article', () => {
    expect(joins(article('', '', 'Le Fil'), article('', '', 'Le Matin'))).toBe(false);
  });
});
