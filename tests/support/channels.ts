/** Channels of watches with a log to deliver, a clock that a test moves, and clients of the loopback. */
import { randomBytes } from 'node:crypto';
import { onTestFinished, vi } from 'vitest';
import { createChannel } from '#delivery/channel.store.ts';
import type { ChannelSettings } from '#delivery/channel.ts';
import type { MailClient } from '#delivery/mail.client.ts';
import { createWebhookClient } from '#delivery/webhook.client.ts';
import type { MatchReason } from '#match/match.ts';
import { deliverChannel } from '#pipeline/deliver-channel.ts';
import type { DeliverContext } from '#pipeline/deliver-message.ts';
import type { Database } from '#platform/database.ts';
import { seedActor, seedArticle, seedMatch } from './seed.ts';

/** A Thursday, in winter time. */
export const START = new Date('2026-03-12T08:00:00Z');

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Stops the clock for the running test, everywhere in the process; timers go on. */
export function useClock(start: Date = START) {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  onTestFinished(() => void vi.useRealTimers());
  return {
    now: () => new Date(),
    set: (date: Date) => void vi.setSystemTime(date),
    advance: (milliseconds: number) => void vi.setSystemTime(Date.now() + milliseconds),
  };
}

/** What delivering needs, on the loopback. */
export function useDelivery(
  { db }: Pick<Database, 'db'>,
  options: {
    readonly allowHosts?: readonly string[];
    readonly mail?: MailClient;
    readonly timeoutMs?: number;
  } = {},
): DeliverContext {
  const clock = { now: () => new Date() };
  const { allowHosts = ['127.0.0.1'], mail = null, ...rest } = options;
  const webhooks = createWebhookClient({ userAgent: 'Vigie/test', allowHosts, clock, ...rest });
  onTestFinished(() => webhooks.close());
  return { db, clock, log: silent, webhooks, mail, publicUrl: 'https://vigie.example', random: () => 0.5 };
}

/** A watch of this name, over everything unless a filter says otherwise. */
export async function seedWatch(
  { db }: Pick<Database, 'db'>,
  name = randomName(),
  filter: object = {},
): Promise<number> {
  return (await db.watch.create({ data: { name, filter } })).id;
}

const randomName = (): string => `Veille ${randomBytes(4).toString('hex')}`;

/** A channel of a watch, active whatever its kind; its id and secret. */
export async function seedChannel(
  { db }: Pick<Database, 'db'>,
  watchId: number,
  settings: ChannelSettings,
): Promise<{ readonly id: number; readonly secret: string; readonly shown: string | null }> {
  const now = new Date();
  const created = await createChannel(db, { watchId, settings }, now);
  if (created === null || typeof created === 'string') throw new Error('no channel was made');
  const { channel, shown } = created;
  const { id, secret } = await db.channel.update({
    where: { id: channel.id },
    data: { status: 'ACTIVE', statusReason: null, ...(settings.kind === 'MAIL' ? { confirmedAt: now } : {}) },
  });
  return { id, secret, shown };
}

let articles = 0;

/** Logs a match of an actor, who is made when new, now; its sequence number. */
export async function logMatch(
  { db }: Pick<Database, 'db'>,
  match: {
    readonly title?: string;
    readonly actor?: string;
    readonly outlet?: string;
    readonly sentence?: string;
    readonly kind?: MatchReason['kind'];
    readonly storyId?: number;
    readonly articleId?: number;
  } = {},
): Promise<{ readonly seq: bigint; readonly articleId: number; readonly storyId: number }> {
  articles += 1;
  const name = match.actor ?? 'Mistral AI';
  const slug = name.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  const known = await db.actor.findUnique({ where: { slug } });
  const actorId = known?.id ?? (await seedActor(db, { slug, name, kind: 'COMPANY' }));
  const now = new Date();
  const { outlet, storyId } = match;
  const article =
    match.articleId === undefined
      ? await seedArticle(db, {
          url: `https://quotidien.example/${articles}`,
          title: match.title ?? `Titre ${articles}`,
          publishedAt: now,
          ...(outlet === undefined ? {} : { outlet }),
          ...(storyId === undefined ? {} : { storyId }),
        })
      : { id: match.articleId, storyId: storyId! };
  const sentence = match.sentence ?? `${name} annonce quelque chose.`;
  const kind = match.kind ?? 'MENTIONED';
  const reason: MatchReason = { kind, field: 'TEXT', start: 0, end: name.length, text: name, sentence };
  const seq = await seedMatch(db, {
    articleId: article.id,
    storyId: article.storyId,
    actorId,
    reasons: [reason],
    createdAt: now,
  });
  return { seq, articleId: article.id, storyId: article.storyId };
}

/** Runs a channel's turns as the queue would, each at its time, until nothing waits or `until` is over. */
export async function runTurns(
  context: DeliverContext,
  channelId: number,
  until: Date = new Date(Date.now() + 10 * 86_400_000),
): Promise<number> {
  for (let turns = 1; ; turns += 1) {
    const next = await deliverChannel(context, channelId);
    if (next === null || next > until) return turns;
    if (next.getTime() > Date.now()) vi.setSystemTime(next);
  }
}
