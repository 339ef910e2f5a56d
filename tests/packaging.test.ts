import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8'),
) as {
  packages: Readonly<Record<string, LockedPackage>>;
};

/** Where a dependency of the package at `path` is looked for: beside it, then further up. */
function* lookups(path: string, name: string): Generator<string> {
  for (let base = path; ; base = base.slice(0, Math.max(base.lastIndexOf('/node_modules/'), 0))) {
    yield `${base === '' ? '' : `${base}/`}node_modules/${name}`;
    if (base === '') return;
  }
}

test('the lock file holds the packages of every platform: npm ci refuses one that holds only those of its author', () => {
  const optional = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ path, name })),
  );
  expect(optional.length).toBeGreaterThan(20);
  const missing = optional.filter(({ path, name }) => ![...lookups(path, name)].some((at) => at in packages));
  expect(missing).toEqual([]);
});
