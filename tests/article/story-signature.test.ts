import { describe, expect, test } from 'vitest';
import { packProfile, unpackProfile } from '#article/story-profile.ts';
import { storySignature } from '#article/story-signature.ts';

const TITLE = 'Kyutai publie un modèle de 1,6 milliard de paramètres et lève 12 M€';
const TEXT =
  'PARIS - Le laboratoire Kyutai a publié jeudi un modèle de voix. Eric Schmidt apporte 12 millions d’euros de plus. ' +
  'Patrick Pérez en attend des usages à l’hôpital.';

describe('a signature', () => {
  const { bands, profile } = storySignature(TITLE, TEXT);

  test('counts every run of three words', () => {
    expect(profile.shingleCount).toBe(TEXT.split(/[^\p{L}\d]+/u).filter(Boolean).length - 2);
    expect(profile.shingles).toHaveLength(profile.shingleCount);
    expect(profile.shingles).toEqual(profile.shingles.toSorted((a, b) => a - b));
  });

  test('keeps money apart from other figures', () => {
    expect(profile.titleSums).toHaveLength(2);
    expect(Math.exp((profile.titleSums[0] ?? 0) / 1e6)).toBeCloseTo(12e6, -2);
    expect(profile.titleFigures).toHaveLength(1);
  });

  test.each([
    ['Dassault serait en discussions pour racheter Cartésia', true],
    ['Mistral lèverait un milliard', true],
    ['Après la panne, le ministère suspend son assistant', true],
    ['Centres de données : après Bosquel, quinze projets fragilisés', true],
    ['Trafic interrompu après une erreur', false],
    ['Portrait : retrait et attrait d’un extrait', false],
    ['Le rapport sur Mistral paraît, un risque apparaît, un autre disparaît', false],
    ['Le fonds disparaîtrait', true],
    ['Dassault rachète Cartésia', false],
  ])('knows whether a title is of the event or of what is before or after it: %s', (title, aside) => {
    expect(storySignature(title, '').profile.aside).toBe(aside);
  });

  test('is the same for the same text in other typography', () => {
    const other = storySignature(TITLE, TEXT.replaceAll('’', "'").normalize('NFD'));
    expect(other).toEqual({ bands, profile });
  });

  test('has only 32-bit integers, so that Postgres keeps its bands', () => {
    const numbers = [...bands, ...Object.values({ ...profile, aside: 0 }).flat()];
    for (const number of numbers) expect(number).toBe(number | 0);
  });

  test.each<[string, string]>([
    ['an opening quotation mark', '«'],
    ['spaces', ' '],
    ['a capital letter', 'A'],
    ['digits', '1'],
    ['amounts', '1 million d’euros '],
    ['names', 'Anne Le Goff, '],
    ['lone surrogates', '\ud800'],
    ['accents without a letter', '\u0301'],
  ])('of 200 KB of %s stays small', (_, unit) => {
    const long = unit.repeat(200_000 / unit.length);
    const signature = storySignature(long, long);
    expect(signature.bands.length).toBeLessThanOrEqual(160);
    expect(packProfile(signature.profile).byteLength).toBeLessThanOrEqual(8_000);
  });

  test('of 20,000 different words stays small', () => {
    const words = Array.from({ length: 20_000 }, (__, at) => `Nom${at.toString(36)} ${at * 7} €`).join(' ');
    const signature = storySignature(words, words);
    expect(signature.bands.length).toBeLessThanOrEqual(160);
    expect(packProfile(signature.profile).byteLength).toBeLessThanOrEqual(8_000);
  });
});

describe('a packed profile', () => {
  const { profile } = storySignature(TITLE, TEXT);

  test('is read back whole', () => {
    expect(unpackProfile(packProfile(profile))).toEqual(profile);
  });

  test('is read from the middle of a larger buffer, as drivers give it', () => {
    const packed = packProfile(profile);
    const larger = new Uint8Array(packed.length + 7);
    larger.set(packed, 3);
    expect(unpackProfile(larger.subarray(3, 3 + packed.length))).toEqual(profile);
  });

  test('of another version is not read', () => {
    expect(unpackProfile(packProfile({ ...profile, version: 999 }))).toBeNull();
  });

  test('that is cut anywhere, or is no profile, is not read', () => {
    const packed = packProfile(profile);
    for (let length = 0; length < packed.length; length += 5) {
      expect(unpackProfile(packed.subarray(0, length))).toBeNull();
    }
    expect(unpackProfile(new Uint8Array(64).fill(255))).toBeNull();
    const huge = new Int32Array([profile.version, 5, 2 ** 31 - 1, 1]);
    expect(unpackProfile(new Uint8Array(huge.buffer))).toBeNull();
  });
});
