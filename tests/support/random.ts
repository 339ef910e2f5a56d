/** A seeded source of chance, so that a failing schedule can be run again. */
export interface Random {
  /** 0 to below 1. */
  next(): number;
  /** 0 to below `n`. */
  below(n: number): number;
  chance(probability: number): boolean;
}

/** Mulberry32: small, and good enough to shuffle schedules. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, below: (n) => Math.floor(next() * n), chance: (probability) => next() < probability };
}
