/** What a client has been sent and not taken yet: bounded, and watched for clients that take nothing any more. */
import type { Socket } from 'node:net';
import type { Reader } from '#delivery/broadcast.ts';
import type { Clock } from '#platform/clock.ts';
import type { Alert } from './alert.ts';

/** A live client that has not taken this much is left to the log: bytes, and alerts. */
const BACKLOG_MAX = { bytes: 256 * 1024, alerts: 500 } as const;

/**
 * A client’s end of a subscription over a socket. What the operating system holds comes on top. A class, because an idle
 * client costs what it holds: one object with few fields instead of a closure a method.
 */
export abstract class Backlog implements Reader<Alert> {
  readonly socket: Socket;
  readonly #clock: Clock;
  #outstanding = 0;
  #since: Date | null = null;

  constructor(socket: Socket, clock: Clock) {
    this.socket = socket;
    this.#clock = clock;
  }

  /** The bytes of alerts on this transport. */
  protected abstract encode(alerts: readonly Alert[]): Buffer | string;

  send(alerts: readonly Alert[], late: boolean): void {
    const { socket } = this;
    this.#outstanding = alerts.length + (socket.writableLength === 0 ? 0 : this.#outstanding);
    if (!late) this.#since = null;
    const since = this.#since;
    socket.write(this.encode(since === null ? alerts : alerts.map((alert) => alert.lagged(since))));
  }

  isFull(): boolean {
    const full =
      this.isBusy() &&
      (this.socket.writableLength > BACKLOG_MAX.bytes || this.#outstanding > BACKLOG_MAX.alerts);
    if (full) this.#since ??= this.#clock.now();
    return full;
  }

  isBusy(): boolean {
    return this.socket.writableNeedDrain && !this.socket.destroyed;
  }

  async drained(): Promise<void> {
    if (!this.isBusy()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.socket.once('drain', resolve);
    this.socket.once('close', resolve);
    await promise;
    this.socket.off('drain', resolve);
    this.socket.off('close', resolve);
  }
}
