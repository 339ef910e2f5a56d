/** An import points left or down: see ARCHITECTURE.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SRC = resolve(import.meta.dirname, '..', 'src');

/** The stages, in the order of the flow. */
const COLUMNS: readonly string[] = [
  'text',
  'feed',
  'document',
  'article',
  'actor',
  'extraction',
  'claim',
  'funding',
  'analysis',
  'match',
  'watch',
  'delivery',
  'dashboard',
];
/** From the bottom: what stands higher may import what stands lower. */
const ROWS = ['pure', 'floor', 'edge', 'face', 'wiring'] as const;
const FLOOR = ['platform', 'graphql', 'generated'];
const WIRING = ['pipeline', 'server', 'command'];

interface Place {
  readonly file: string;
  readonly folder: string;
  readonly row: number;
  /** -1 for what is no stage. */
  readonly column: number;
}

function placeOf(file: string): Place {
  const folder = file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
  const column = COLUMNS.indexOf(folder);
  const row = (name: (typeof ROWS)[number]): number => ROWS.indexOf(name);
  if (file === 'main.ts' || WIRING.includes(folder)) return { file, folder, column, row: row('wiring') };
  if (FLOOR.includes(folder)) return { file, folder, column, row: row('floor') };
  if (column < 0) throw new Error(`${file} is in no folder of the grid`);
  if (file.endsWith('.graphql.ts')) return { file, folder, column, row: row('face') };
  // `*-worker.ts` is what a client runs in a thread.
  if (/(\.(store|client)|-worker)\.ts$/.test(file)) return { file, folder, column, row: row('edge') };
  return { file, folder, column, row: row('pure') };
}

interface Import {
  readonly from: Place;
  readonly specifier: string;
  /** Null for a package. */
  readonly to: Place | null;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g)].map((match) => match[1]!);
  return specifiers.map((specifier) => {
    const target = specifier.startsWith('#')
      ? specifier.slice(1)
      : specifier.startsWith('.')
        ? relative(SRC, resolve(SRC, dirname(file), specifier))
        : null;
    return { from: placeOf(file), specifier, to: target === null ? null : placeOf(target) };
  });
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('generated/'))
  .sort();
const imports = files.flatMap(importsOf);
const show = ({ from, specifier }: Import): string => `${from.file} → ${specifier}`;

test('the check sees the source and its imports', () => {
  expect(files.length).toBeGreaterThan(60);
  expect(imports.filter(({ to }) => to !== null).length).toBeGreaterThan(150);
});

test('an import never points up', () => {
  const up = imports.filter(({ from, to }) => to !== null && to.row > from.row);
  expect(up.map(show)).toEqual([]);
});

test('a stage never imports a later one', () => {
  const right = imports.filter(
    ({ from, to }) => to !== null && from.column >= 0 && to.column >= 0 && to.column > from.column,
  );
  expect(right.map(show)).toEqual([]);
});

test('the pipeline and the server meet in Postgres alone', () => {
  const across = imports.filter(
    ({ from, to }) =>
      (from.folder === 'pipeline' && to?.folder === 'server') ||
      (from.folder === 'server' && to?.folder === 'pipeline'),
  );
  expect(across.map(show)).toEqual([]);
});

test('pure code reaches neither the machine nor a database nor GraphQL', () => {
  const allowed =
    /^(node:(crypto|buffer|util|net|zlib)$|(?!node:|pg$|undici|graphql|@pothos|@prisma|graphile))/;
  const impure = imports.filter(
    ({ from, to, specifier }) =>
      ROWS[from.row] === 'pure' && (to === null ? !allowed.test(specifier) : ROWS[to.row] !== 'pure'),
  );
  expect(impure.map(show)).toEqual([]);
});

test('an import across folders begins with #, one inside a folder with ./', () => {
  const wrong = imports.filter(({ from, specifier, to }) => {
    if (to === null) return false;
    const inside = from.folder === to.folder && from.folder !== '';
    return (
      specifier.startsWith('../') ||
      (specifier.startsWith('#') && inside && dirname(from.file) === dirname(to.file))
    );
  });
  expect(wrong.map(show)).toEqual([]);
});
