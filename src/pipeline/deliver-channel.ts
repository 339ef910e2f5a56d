/**
 * One channel's turn: what passes its watch's filter behind its cursor is delivered in order, and the cursor follows.
 *
 *   cursor ─▶ log ─▶ filter ─▶ due? ─▶ message ─▶ sent ─┬▶ delivered ─▶ cursor moves, on to the next
 *                                └─ no: come back then  └▶ failed ────▶ come back later, or disabled after three days
 *
 * What fails stands in the way of what is behind it, so that nothing comes out of order, and in nobody else's. A process that
 * dies between sending and writing it down sends the same message again, under the same id.
 */

import { loadAlerts } from '#delivery/alert.store.ts';
import type { Alert } from '#delivery/alert.ts';
import { findChannel, type LoadedChannel } from '#delivery/channel.store.ts';
import { batchSize, dueAt } from '#delivery/channel.ts';
import { afterDelivery, type ChannelChanges, passOver, saveAttempt } from '#delivery/delivery-log.store.ts';
import { type AttemptResult, decideRetry, type Failure } from '#delivery/retry.ts';
import { resolveWatchFilter } from '#delivery/watch-filter.store.ts';
import { countLog, newestSeq, readLog } from '#match/match.store.ts';
import type { LoggedMatch } from '#match/match.ts';
import { loadMutedTimes, type MutedTime, mutedAt } from '#watch/mute.store.ts';
import { type DeliverContext, sendMessage } from './deliver-message.ts';

/** Milliseconds after which a channel with much to say lets others have the worker. */
const TURN_MS = 20_000;

/** What waits behind a channel's cursor. */
interface Pending {
  /** When the oldest of it was logged. */
  readonly since: Date;
  readonly lines: readonly LoggedMatch[];
  /** How many there are in all; a mail tells of more than it shows. */
  readonly total: number;
  /** Where the cursor stands when all of them are delivered. */
  readonly end: bigint;
}

/** Reads what the next message tells of; the log's end where nothing waits. */
async function readPending(
  { db, clock }: DeliverContext,
  channel: LoadedChannel,
  except: readonly MutedTime[],
): Promise<Pending | bigint> {
  const { cursor: after, settings } = channel;
  // Read before the lines: what is logged in between is left for the next turn.
  const reached = await newestSeq(db);
  if (reached <= after) return after;
  const filter = await resolveWatchFilter(db, channel.watch);
  const limit = batchSize(settings);
  // One more than is told of says whether something is left for the next message.
  const first = await readLog(db, { after, limit: settings.kind === 'MAIL' ? 1 : limit + 1, filter, except });
  const [oldest] = first;
  if (oldest === undefined) return reached;
  const since = oldest.createdAt;
  if (settings.kind !== 'MAIL') {
    const lines = first.slice(0, limit);
    const last = lines.at(-1)!.seq;
    const end = first.length > limit || last > reached ? last : reached;
    return { since, lines, total: lines.length, end };
  }
  if (dueAt(channel, since) > clock.now()) return { since, lines: [], total: 0, end: after };
  const newest = await readLog(db, { after, limit, filter, except, newestFirst: true });
  // biome-ignore lint/complexity/useMathMinMax: Math.max takes no bigints.
  const end = newest[0]!.seq > reached ? newest[0]!.seq : reached;
  const total =
    newest.length < limit ? newest.length : await countLog(db, { after, upTo: end, filter, except });
  return { since, lines: newest.toReversed(), total, end };
}

/** The same for every attempt at the message, whoever makes it: receivers tell copies by it. */
const messageId = (channel: LoadedChannel, alerts: readonly Alert[]): string =>
  `alert_${channel.id}_${alerts.at(-1)!.seq}`;

function afterFailure(channel: LoadedChannel, failure: Failure, now: Date, random: number): ChannelChanges {
  const { failingSince, failures } = channel;
  const next = decideRetry(failure, { failingSince, failures, now, random });
  const failing = { failingSince: failingSince ?? now, failures: failures + 1 };
  if ('retryAt' in next) return { ...failing, nextAttemptAt: next.retryAt };
  return { ...failing, nextAttemptAt: null, status: 'DISABLED', statusReason: next.disable, statusAt: now };
}

/** Sends one message and writes down how it went; true when the channel may go on at once. */
async function deliverBatch(
  context: DeliverContext,
  channel: LoadedChannel,
  { lines, total, end }: Pending,
): Promise<boolean> {
  const { db, clock, log } = context;
  const seqs = lines.map(({ seq }) => seq);
  const [first, ...rest] = await loadAlerts(db, seqs, channel.watch);
  if (first === undefined) return await passOver(db, channel, end);
  const alerts = [first, ...rest] as const;
  const id = messageId(channel, alerts);
  const startedAt = clock.now();
  const began = performance.now();
  const result: AttemptResult = await sendMessage(context, channel, { kind: 'ALERT', id, alerts, total });
  const durationMs = Math.round(performance.now() - began);
  const now = clock.now();
  const changes =
    result.outcome === 'DELIVERED'
      ? afterDelivery(end, now)
      : afterFailure(channel, result, now, context.random());
  const attempt = { kind: 'ALERT', messageId: id, seqs, startedAt, durationMs, result } as const;
  const active = await saveAttempt(db, channel, attempt, changes);
  const { outcome, status } = result;
  const told = {
    channelId: channel.id,
    kind: channel.kind,
    outcome,
    status,
    durationMs,
    alerts: total,
  };
  if (result.outcome === 'DELIVERED') log.info(told, 'alerts delivered');
  else {
    const { nextAttemptAt } = changes;
    log.warn(
      { ...told, problem: result.problem, nextAttemptAt },
      nextAttemptAt === null ? 'channel disabled' : 'alerts not delivered',
    );
  }
  return active && result.outcome === 'DELIVERED';
}

/** Delivers what is due; when to come back, or null when nothing waits. */
export async function deliverChannel(context: DeliverContext, channelId: number): Promise<Date | null> {
  const { db, clock } = context;
  const began = performance.now();
  for (;;) {
    const channel = await findChannel(db, channelId);
    if (channel === null || channel.status !== 'ACTIVE' || channel.kind === 'FEED') return null;
    const { nextAttemptAt } = channel;
    if (nextAttemptAt !== null && nextAttemptAt > clock.now()) return nextAttemptAt;
    const muted = await loadMutedTimes(db, channel.watchId);
    const pending = await readPending(context, channel, muted);
    if (typeof pending === 'bigint') {
      if (pending > channel.cursor) await passOver(db, channel, pending);
      return null;
    }
    // What waited before the silence waits on; whoever ends it earlier plans the turn.
    const silence = mutedAt(muted, clock.now());
    if (silence !== null) return silence.until;
    const due = dueAt(channel, pending.since);
    if (due > clock.now()) return due;
    if (performance.now() - began > TURN_MS) return clock.now();
    const goesOn = await deliverBatch(context, channel, pending);
    // What is logged later plans a turn of its own.
    if (goesOn && (await newestSeq(db)) <= pending.end) return null;
  }
}
