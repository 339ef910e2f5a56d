/** Lets a few do at once what would cost the others too much if all did it. */
export interface Slots {
  /** Does the work when a slot is free, first come, first served. */
  take<T>(work: () => Promise<T>): Promise<T>;
}

/** `count` slots. */
export function createSlots(count: number): Slots {
  let free = count;
  const queue: (() => void)[] = [];
  return {
    async take(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((done) => queue.push(done));
      try {
        return await work();
      } finally {
        const next = queue.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
