import { describe, expect, test } from 'vitest';
import type { RegisterActor } from '#actor/actor.ts';
import { createActorFinder } from '#extraction/actors.ts';

function actor(slug: string, name: string, kind: RegisterActor['kind'], aliases = ''): RegisterActor {
  return {
    slug,
    name,
    kind,
    aliases: aliases
      .split(';')
      .filter((text) => text !== '')
      .map((text) => ({ text: text.replace(/^~/, ''), ambiguous: text.startsWith('~') })),
    affiliations: [],
    context: [],
    wikidata: null,
  };
}

const find = createActorFinder([
  actor('mistral-ai', 'Mistral AI', 'COMPANY', '~Mistral;MistralAI;Mistral.ai'),
  actor('openai', 'OpenAI', 'COMPANY', 'Open AI'),
  actor('hugging-face', 'Hugging Face', 'COMPANY'),
  actor('xiaomi', 'Xiaomi', 'COMPANY'),
  actor('deepmind', 'Google DeepMind', 'LAB', 'DeepMind'),
  actor('google', 'Google', 'COMPANY'),
  actor('lightspeed', 'Lightspeed Venture Partners', 'INVESTOR', 'Lightspeed'),
  actor('inria', 'Inria', 'LAB'),
  actor('cnrs', 'CNRS', 'LAB'),
  actor('cea', 'CEA', 'LAB'),
  actor('anssi', 'ANSSI', 'GOVERNMENT'),
  actor('elysee', 'Élysée', 'GOVERNMENT'),
  actor('hi-paris', 'Hi! PARIS', 'LAB'),
  actor('prairie', 'PRAIRIE', 'LAB', 'PR[AI]RIE'),
  actor('alice-bob', 'Alice & Bob', 'COMPANY', 'Alice et Bob'),
  actor('cma-cgm', 'CMA CGM', 'COMPANY'),
  actor('a16z', 'Andreessen Horowitz', 'INVESTOR', 'a16z'),
  actor('arthur-mensch', 'Arthur Mensch', 'PERSON'),
  actor('timothee-lacroix', 'Timothée Lacroix', 'PERSON'),
  actor('mouad-m-ghari', "Mouad M'Ghari", 'PERSON'),
  actor('anne-le-henanff', 'Anne Le Hénanff', 'PERSON'),
  actor('ministere-des-armees', 'Ministère des Armées', 'GOVERNMENT'),
  actor('newcleo', 'newcleo', 'COMPANY'),
  actor('delair', 'Delair', 'COMPANY'),
]);

/** Slugs and surfaces found in an article on the subject, in reading order. */
function read(text: string, title = 'Intelligence artificielle : une start-up'): string[] {
  const { actors, mentions } = find({ title, text, publishedAt: null });
  return mentions
    .filter((mention) => mention.field === 'TEXT')
    .map(({ actor: ref, surface }) => `${actors[ref]!.slug}: ${surface}`);
}

describe('a register name is found', () => {
  test.each([
    ['C’est d’OpenAI qu’il s’agit.', 'openai: OpenAI'],
    ['Rien qu’OpenAI ne fasse.', 'openai: OpenAI'],
    ["L'Inria recrute.", 'inria: Inria'],
    ['Le choix de Mistral-AI étonne.', 'mistral-ai: Mistral-AI'],
    ['Le choix de MistralAI étonne.', 'mistral-ai: MistralAI'],
    ['Le choix de Mistral.ai étonne.', 'mistral-ai: Mistral.ai'],
    ['MISTRAL AI LÈVE', 'mistral-ai: MISTRAL AI'],
    ['Les équipes de mistral ai recrutent.', 'mistral-ai: mistral ai'],
    ['On visite l’ELYSEE demain.', 'elysee: ELYSEE'],
    ['On visite l’E\u0301lyse\u0301e demain.', 'elysee: E\u0301lyse\u0301e'],
    ['Open AI se tait.', 'openai: Open AI'],
    ['Le lauréat est Hi! Paris, à Saclay.', 'hi-paris: Hi! Paris'],
    ['L’institut PR[AI]RIE essaime.', 'prairie: PR[AI]RIE'],
    ['Il a choisi Alice & Bob.', 'alice-bob: Alice & Bob'],
    ['Il a choisi Alice&Bob.', 'alice-bob: Alice&Bob'],
    ['L’armateur CMA-CGM suit.', 'cma-cgm: CMA-CGM'],
    ['Le fonds a16z mène le tour.', 'a16z: a16z'],
    ['Chez newcleo, on recrute.', 'newcleo: newcleo'],
    ['La Cnil et l’Anssi enquêtent.', 'anssi: Anssi'],
    ['Un client du ministère des Armées.', 'ministere-des-armees: ministère des Armées'],
    ['Mouad M’Ghari signe.', 'mouad-m-ghari: Mouad M’Ghari'],
  ])('in %j', (text, expected) => {
    expect(read(text)).toContain(expected);
  });
});

describe('a small misspelling of a long name is forgiven', () => {
  test.each([
    ['Le groupe Xiamoi produit des puces.', 'xiaomi: Xiamoi'],
    ['Un ancien de Deepmind arrive.', 'deepmind: Deepmind'],
    ['Le fonds Lighstpeed Venture Partners suit.', 'lightspeed: Lighstpeed Venture Partners'],
    ['Le chercheur Thimothée Lacroix arrive.', 'timothee-lacroix: Thimothée Lacroix'],
    ['La plateforme Huging Face grandit.', 'hugging-face: Huging Face'],
  ])('in %j', (text, expected) => {
    expect(read(text)).toContain(expected);
  });
});

describe('what only resembles a register name is left alone', () => {
  test.each([
    ['De l’air froid descend sur la ville et les serveurs.', 'delair'],
    ['Il a fait un cea de plus.', 'cea'],
    ['Le mistral soufflera demain sur les antennes.', 'mistral-ai'],
    ['L’École des Mines reste.', 'mistral-ai'],
    ['Un googleur a écrit.', 'google'],
  ])('in %j', (text, slug) => {
    expect(read(text).filter((found) => found.startsWith(`${slug}:`))).toEqual([]);
  });
});

test('the longest name wins', () => {
  expect(read('Un laboratoire, Google DeepMind, et Google lui-même.')).toEqual([
    'deepmind: Google DeepMind',
    'google: Google',
  ]);
});

test('a surname stands for the person once the full name was given, before it or after it', () => {
  const { actors, mentions } = find({
    title: 'Mensch répond aux critiques sur l’IA',
    text: 'Arthur Mensch a parlé. M. Mensch n’a pas cité de nom. Anne Le Hénanff, si ; Mme Le Hénanff insiste.',
    publishedAt: null,
  });
  const surfaces = (slug: string) =>
    mentions.filter(({ actor: ref }) => actors[ref]!.slug === slug).map(({ surface }) => surface);
  expect(surfaces('arthur-mensch')).toEqual(['Mensch', 'Arthur Mensch', 'Mensch']);
  expect(surfaces('anne-le-henanff')).toEqual(['Anne Le Hénanff', 'Le Hénanff']);
});

test('the first of two siblings has the surname of the second', () => {
  const text = 'Eva et Mina Tazi dirigent la start-up. « Oui », dit Eva.';
  const { actors, mentions } = find({ title: 'IA', text, publishedAt: null });
  expect(actors.map(({ name, kind }) => `${kind} ${name}`)).toEqual(['PERSON Eva Tazi', 'PERSON Mina Tazi']);
  expect(mentions.filter(({ actor: ref }) => ref === 0).map(({ surface }) => surface)).toEqual([
    'Eva',
    'Eva',
  ]);
});

test('a surname alone is nobody’s when two people bear it', () => {
  const text = 'Paul Delmas et Claire Delmas dirigent la start-up. Delmas reste discret.';
  const { actors, mentions } = find({ title: 'IA', text, publishedAt: null });
  const alone = mentions.filter(({ surface }) => surface === 'Delmas');
  expect(alone.map(({ actor: ref }) => actors[ref]!.name)).not.toContain('Paul Delmas');
  expect(alone.map(({ actor: ref }) => actors[ref]!.name)).not.toContain('Claire Delmas');
});

test('a relative of the same surname is not the person', () => {
  const found = find({
    title: 'IA',
    text: 'Arthur Mensch dirige la start-up. Brigitte Mensch, peintre, expose à Lyon.',
    publishedAt: null,
  });
  const names = found.mentions.map((mention) => [mention.surface, found.actors[mention.actor]!.name]);
  expect(names).toContainEqual(['Arthur Mensch', 'Arthur Mensch']);
  expect(names).not.toContainEqual(['Mensch', 'Arthur Mensch']);
});

test('every mention’s span holds its surface, in the field that it names', () => {
  const article = {
    title: '« OpenAI » et l’Inria, vus d’É\u0301lysée',
    text: 'Chez Mistral AI, 😀 l’Inria ; Hugging Face\nCNRS — a16z.',
    publishedAt: null,
  };
  const { mentions } = find(article);
  expect(mentions.length).toBeGreaterThanOrEqual(6);
  for (const { field, start, end, surface } of mentions)
    expect((field === 'TITLE' ? article.title : article.text).slice(start, end)).toBe(surface);
});

test('actors come in the order of their first mention, and references point to them', () => {
  const { actors, mentions } = find({
    title: 'IA : OpenAI',
    text: 'Google suit OpenAI, puis le CNRS.',
    publishedAt: null,
  });
  expect(actors.map(({ slug }) => slug)).toEqual(['openai', 'google', 'cnrs']);
  expect(actors.map(({ ref }) => ref)).toEqual([0, 1, 2]);
  expect(mentions.map((mention) => mention.actor)).toEqual([0, 1, 0, 2]);
});

test('an empty article and an empty register give nothing', () => {
  expect(find({ title: '', text: '', publishedAt: null })).toMatchObject({
    actors: [],
    mentions: [],
    affiliations: [],
  });
  expect(createActorFinder([])({ title: '', text: 'le vent', publishedAt: null }).actors).toEqual([]);
});
