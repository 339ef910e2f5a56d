/** What is delivered because somebody asked: a test, one alert again, the question to the owner of an address. */
import { randomBytes } from 'node:crypto';
import { loadAlerts } from '#delivery/alert.store.ts';
import type { Alert } from '#delivery/alert.ts';
import { findChannel, type LoadedChannel } from '#delivery/channel.store.ts';
import { recordAttempt } from '#delivery/delivery-log.store.ts';
import { ASKED_ENOUGH, countQuestion, forgetQuestion } from '#delivery/mail-question.store.ts';
import type { AttemptResult } from '#delivery/retry.ts';
import { resolveWatchFilter } from '#delivery/watch-filter.store.ts';
import { encodeGlobalId } from '#graphql/ids.ts';
import { formatCursor } from '#match/cursor.ts';
import { readLog } from '#match/match.store.ts';
import { type DeliverContext, type Message, sendMessage } from './deliver-message.ts';
import type { OncePayload } from './task.ts';

/** An alert to show where the watch has caught nothing yet. */
function exampleAlert(now: Date): Alert {
  const sentence = 'Vigie vérifie que ses messages arrivent : celui-ci est un essai.';
  const text = 'Vigie';
  return {
    seq: 0n,
    cursor: formatCursor(0n),
    at: now,
    actor: { id: encodeGlobalId('Actor', 0), slug: 'vigie', name: 'Vigie', kind: 'ORGANIZATION' },
    article: {
      id: encodeGlobalId('Article', 0),
      url: 'https://example.org/essai',
      title: 'Un essai de Vigie',
      outlet: 'Vigie',
      language: 'fr',
      publishedAt: now,
      summary: sentence,
    },
    storyId: encodeGlobalId('Story', 0),
    independentTexts: 1,
    reasons: [{ kind: 'MENTIONED', field: 'TEXT', start: 0, end: text.length, text, sentence }],
  };
}

/** Others asked the same owner at the same time. */
const NOT_ASKED: AttemptResult = {
  outcome: 'FAILED',
  status: null,
  problem: ASKED_ENOUGH,
  retryAfterSeconds: null,
  final: true,
};

/** The alert that is asked for; null when the log holds no such line. */
async function findAlert(
  { db, clock }: DeliverContext,
  channel: LoadedChannel,
  payload: OncePayload,
): Promise<Alert | null> {
  if (payload.seq !== null) return (await loadAlerts(db, [BigInt(payload.seq)], channel.watch))[0] ?? null;
  const filter = await resolveWatchFilter(db, channel.watch);
  const [newest] = await readLog(db, { after: 0n, limit: 1, filter, newestFirst: true });
  if (newest === undefined) return exampleAlert(clock.now());
  return (await loadAlerts(db, [newest.seq], channel.watch))[0] ?? exampleAlert(clock.now());
}

/** The id of a message that is not part of the channel's order; a redelivered alert keeps the one it had. */
export const onceId = (kind: OncePayload['kind'], channelId: number, seq: bigint | null): string =>
  kind === 'REDELIVERY' && seq !== null
    ? `alert_${channelId}_${seq}`
    : `${kind.toLowerCase()}_${channelId}_${randomBytes(9).toString('base64url')}`;

/** Sends it once and writes down how it went; the attempt's id, or null when there was nothing to send. */
export async function deliverOnce(
  context: DeliverContext,
  payload: OncePayload,
): Promise<{ readonly id: bigint; readonly delivered: boolean } | null> {
  const { db, clock } = context;
  const channel = await findChannel(db, payload.channelId);
  if (channel === null || channel.kind === 'FEED') return null;
  // Whoever has not said yes, or has said no, is sent nothing but that question.
  const waits = channel.kind === 'MAIL' && channel.confirmedAt === null;
  if (payload.kind === 'CONFIRMATION' ? channel.status !== 'UNCONFIRMED' : waits) return null;
  const { settings } = channel;
  const question =
    payload.kind === 'CONFIRMATION' && settings.kind === 'MAIL'
      ? await countQuestion(db, settings.address, clock.now())
      : null;
  const alert = payload.kind === 'CONFIRMATION' ? null : await findAlert(context, channel, payload);
  if (payload.kind !== 'CONFIRMATION' && alert === null) return null;
  const message: Message =
    payload.kind === 'CONFIRMATION' || alert === null
      ? { kind: 'CONFIRMATION', id: payload.messageId }
      : { kind: payload.kind, id: payload.messageId, alerts: [alert], total: 1 };
  const startedAt = clock.now();
  const began = performance.now();
  const isAskedEnough = payload.kind === 'CONFIRMATION' && question === null;
  const result = isAskedEnough ? NOT_ASKED : await sendMessage(context, channel, message);
  if (question !== null && result.outcome === 'FAILED') await forgetQuestion(db, question);
  const id = await recordAttempt(db, channel.id, {
    kind: payload.kind,
    messageId: payload.messageId,
    seqs: alert === null || alert.seq === 0n ? [] : [alert.seq],
    startedAt,
    durationMs: Math.round(performance.now() - began),
    result,
  });
  return { id, delivered: result.outcome === 'DELIVERED' };
}
