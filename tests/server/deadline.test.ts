import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { withinDeadline } from '#server/deadline.ts';

test('nothing is begun for a client that went while it was let in', async () => {
  const socket = new Socket();
  socket.destroy();
  const left = AbortSignal.abort();
  for (const gone of [{ socket }, { socket: undefined, abandoned: left }]) {
    let begun = false;
    const work = async () => {
      begun = true;
      return { data: {} };
    };
    expect(await withinDeadline(work, { timeoutMs: 60_000, ...gone })).toEqual({ data: null });
    expect(begun).toBe(false);
  }
});
