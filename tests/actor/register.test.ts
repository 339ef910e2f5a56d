import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseRegister, RegisterError, slugOf } from '#actor/register.ts';
import { fold } from '#text/fold.ts';

const HEADER = 'slug,name,kind,aliases,context,affiliations,wikidata';

test('a row becomes an actor with its ambiguous spellings marked', () => {
  const [actor] = parseRegister(
    `${HEADER}\nmistral-ai,Mistral AI,COMPANY,~Mistral;MistralAI,modèles;start-up,paris|siège|2023-04|,Q119718658\n`,
  );
  expect(actor).toEqual({
    slug: 'mistral-ai',
    name: 'Mistral AI',
    kind: 'COMPANY',
    aliases: [
      { text: 'Mistral', ambiguous: true },
      { text: 'MistralAI', ambiguous: false },
    ],
    context: ['modèles', 'start-up'],
    affiliations: [{ organization: 'paris', role: 'siège', from: '2023-04', to: null }],
    wikidata: 'Q119718658',
  });
});

test('name and kind are enough, in any order; the slug is made from the name', () => {
  expect(parseRegister('kind,name\nLAB,Institut Élie Cartan\n')).toEqual([
    {
      slug: 'institut-elie-cartan',
      name: 'Institut Élie Cartan',
      kind: 'LAB',
      aliases: [],
      context: [],
      affiliations: [],
      wikidata: null,
    },
  ]);
});

test('quoted cells may hold commas, quotation marks and line breaks; a byte order mark does no harm', () => {
  const csv =
    '\ufeffname,kind,aliases\r\n"Dupont, Durand & Cie",COMPANY,"Les ""Duduche"""\r\nKyutai,LAB,\r\n';
  expect(parseRegister(csv).map(({ name }) => name)).toEqual(['Dupont, Durand & Cie', 'Kyutai']);
});

describe('a fault is named by its line and column', () => {
  test.each([
    ['', 1, null, /empty/],
    ['name\nKyutai', 1, 'kind', /missing/],
    ['name,kind,motto\nKyutai,LAB,x', 1, 'motto', /unknown column/],
    ['name,kind,name\nKyutai,LAB,x', 1, 'name', /twice/],
    ['name,kind\nKyutai,LAB\n,LAB', 3, 'name', /empty/],
    ['name,kind\nKyutai,LABO', 2, 'kind', /"LABO" is no kind/],
    ['name,kind\nKyutai,LAB\nKyutai,LAB', 3, 'slug', /already taken by line 2/],
    ['name,kind,slug\nKyutai,LAB,Kyu Tai', 2, 'slug', /no slug/],
    ['name,kind\n漢字,LAB', 2, 'slug', /no slug/],
    ['name,kind,wikidata\nKyutai,LAB,119718658', 2, 'wikidata', /Wikidata/],
    ['name,kind,aliases\nKyutai,LAB,~', 2, 'aliases', /stands alone/],
    ['name,kind,affiliations\nX Y,PERSON,a|b|c|d|e', 2, 'affiliations', /form/],
    ['name,kind,affiliations\nX Y,PERSON,|PDG', 2, 'affiliations', /form/],
    ['name,kind,affiliations\nX Y,PERSON,kyutai|PDG|mai 2024', 2, 'affiliations', /ISO 8601/],
    ['name,kind,affiliations\nX Y,PERSON,kyutai|PDG|2024-13', 2, 'affiliations', /ISO 8601/],
    [`name,kind\n${'x'.repeat(201)},LAB`, 2, 'name', /longer than 200/],
    [`name,kind,aliases\nKyutai,LAB,${'a;'.repeat(101)}`, 2, 'aliases', /100 at most/],
    ['name,kind\n"Kyutai,LAB', 2, null, /[Qq]uote/],
  ])('%j', (csv, line, column, problem) => {
    let error: unknown;
    try {
      parseRegister(csv);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(RegisterError);
    expect(error).toMatchObject({ line, column });
    expect((error as RegisterError).message).toMatch(problem);
    expect((error as RegisterError).message).toMatch(/^register: line /);
  });
});

test.each([
  ['Hugging Face', 'hugging-face'],
  ['Alice & Bob', 'alice-bob'],
  ['3IA Côte d’Azur', '3ia-cote-d-azur'],
  [' :probabl. ', 'probabl'],
  ['漢字', ''],
])('the slug of %j is %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

describe('the project’s own register', () => {
  const register = parseRegister(
    readFileSync(new URL('../../src/actor/register.csv', import.meta.url), 'utf8'),
  );
  const slugs = new Set(register.map(({ slug }) => slug));

  test('holds more than a thousand actors of every kind', () => {
    expect(register.length).toBeGreaterThan(1000);
    expect(new Set(register.map(({ kind }) => kind)).size).toBe(6);
  });

  test('ties actors only to actors that it holds', () => {
    const open = register.flatMap(({ slug, affiliations }) =>
      affiliations
        .filter(({ organization }) => !slugs.has(organization))
        .map(({ organization }) => [slug, organization]),
    );
    expect(open).toEqual([]);
  });

  test('gives an unambiguous spelling to one actor only', () => {
    const owners = new Map<string, Set<string>>();
    for (const { slug, name, aliases } of register) {
      const flagged = new Set(aliases.filter(({ ambiguous }) => ambiguous).map(({ text }) => text));
      for (const text of [name, ...aliases.map((alias) => alias.text)]) {
        if (flagged.has(text)) continue;
        const key = fold(text).replace(/[^\p{L}\p{N}]/gu, '');
        owners.set(key, (owners.get(key) ?? new Set()).add(slug));
      }
    }
    expect([...owners].filter(([, held]) => held.size > 1).map(([key, held]) => [key, ...held])).toEqual([]);
  });

  test('marks the names that are plain words or another’s', () => {
    const ambiguous = new Set(
      register.flatMap(({ aliases }) => aliases.filter((alias) => alias.ambiguous).map(({ text }) => text)),
    );
    for (const name of ['Mistral', 'H', 'Dust', 'Alan', 'Orange', 'AMI', 'Harmattan', 'Pigment', 'Doctrine'])
      expect(ambiguous).toContain(name);
  });
});
