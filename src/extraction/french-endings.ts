/** Endings that plain French words have and invented names hardly ever do. */
const FRENCH_ENDING =
  /(?:ment|[ts]ions?|ees?|es|antes?|ants?|entes?|ent|er|ir|eurs?|euses?|ites?|iques?|aires?|ages?|[ae]nces?|isme|istes?|[ai]bles?|ives?|ales?|aux|eux|ait|aient|ons|ez|ures?|oire?|ade|ettes?|elles?)$/;

/** True for a folded word that ends like a plain French word. */
export function hasFrenchEnding(folded: string): boolean {
  return FRENCH_ENDING.test(folded);
}
