/** What a client has been sent and not taken yet: bounded, and watched for clients that take nothing any more. */
import type { Writable } from 'node:stream';
import type { Reader } from '#delivery/broadcast.ts';
import type { Clock } from '#platform/clock.ts';
import type { Alert } from './alert.ts';

/** A live client that has not taken this much is left to the log: bytes, and alerts. */
const BACKLOG_MAX = { bytes: 256 * 1024, alerts: 500 } as const;

/**
 * A client’s end of a subscription over `stream`, a socket or an HTTP response. `encode` gives the bytes of an alert on that
 * transport. What the operating system holds comes on top.
 */
export function createReader(
  stream: Writable,
  encode: (alert: Alert) => Buffer,
  clock: Clock,
): Reader<Alert> {
  let outstanding = 0;
  let since: Date | null = null;
  const isBusy = (): boolean => stream.writableNeedDrain && !stream.destroyed;
  return {
    send(alert, late) {
      outstanding = stream.writableLength === 0 ? 1 : outstanding + 1;
      if (!late) since = null;
      stream.write(encode(late && since !== null ? alert.lagged(since) : alert));
    },
    isFull() {
      const full =
        isBusy() && (stream.writableLength > BACKLOG_MAX.bytes || outstanding > BACKLOG_MAX.alerts);
      if (full) since ??= clock.now();
      return full;
    },
    isBusy,
    async drained() {
      if (!isBusy()) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      stream.once('drain', resolve);
      stream.once('close', resolve);
      await promise;
      stream.off('drain', resolve);
      stream.off('close', resolve);
    },
  };
}
