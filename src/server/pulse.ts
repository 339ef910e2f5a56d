/** A sign of life to every open stream from one timer, and an end to those that have long taken nothing. */
import type { Socket } from 'node:net';

/** How often a stream is given one. */
const PULSE_MS = 12_000;
/** Streams take turns, so that thousands are not written to in one go. */
const TURNS = 12;
/** Pulses without anything taken after which a client is given up: 60 seconds. */
const STALLED_AFTER = 5;
/** Pulses without an answer, for those who have to answer, with nothing left to take. */
const SILENT_AFTER = 2;

/** An open stream: a client’s socket, and what keeps it alive. */
export interface Living {
  readonly socket: Socket;
  /** Sends the sign of life; not called while the client has something left to take. */
  beat(): void;
  /** Whether it has answered since the last beat; for transports that answer. */
  hasAnswered?(): boolean;
  /** Gives the client up. */
  drop(): void;
}

export interface Pulse extends Disposable {
  /** Keeps a stream alive until the returned function is called. */
  add(living: Living): () => void;
  /** One turn of the timer; for tests. */
  turn(): void;
}

interface Watched {
  readonly living: Living;
  taken: number;
  quiet: number;
}

/** Starts the timer; disposing stops it. */
export function createPulse(): Pulse {
  const turns = Array.from({ length: TURNS }, () => new Set<Watched>());
  let next = 0;
  let added = 0;
  const turn = (): void => {
    for (const watched of turns[next]!) check(watched);
    next = (next + 1) % TURNS;
  };
  const timer = setInterval(turn, PULSE_MS / TURNS);
  timer.unref();
  return {
    add(living) {
      const watched: Watched = { living, taken: 0, quiet: 0 };
      const set = turns[added++ % TURNS]!;
      set.add(watched);
      return () => set.delete(watched);
    },
    turn,
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

function check(watched: Watched): void {
  const { living } = watched;
  const { socket } = living;
  const waiting = socket.writableLength;
  const taken = socket.bytesWritten - waiting;
  const moved = taken !== watched.taken;
  watched.taken = taken;
  const silent = living.hasAnswered !== undefined && !living.hasAnswered();
  watched.quiet = waiting > 0 ? (moved ? 0 : watched.quiet + 1) : silent ? watched.quiet + 1 : 0;
  if (watched.quiet >= (waiting > 0 ? STALLED_AFTER : SILENT_AFTER)) living.drop();
  else if (waiting === 0) living.beat();
}
