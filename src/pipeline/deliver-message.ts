/** One message to one channel: composed for its kind, and sent once. */
import { type Alert, type AlertWatch, alertBody } from '#delivery/alert.ts';
import type { LoadedChannel } from '#delivery/channel.store.ts';
import { mailLink } from '#delivery/channel-secret.ts';
import { chatBody } from '#delivery/chat-message.ts';
import type { MailClient, OutgoingMail } from '#delivery/mail.client.ts';
import { alertMail, confirmationMail, type MailContent } from '#delivery/mail-message.ts';
import type { AttemptResult } from '#delivery/retry.ts';
import type { WebhookClient } from '#delivery/webhook.client.ts';
import { encodeGlobalId } from '#graphql/ids.ts';
import type { Clock } from '#platform/clock.ts';
import type { Db } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';

export interface DeliverContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly webhooks: WebhookClient;
  /** Null where the operator has named no mail server. */
  readonly mail: MailClient | null;
  /** Where readers of mails reach the API; without a trailing slash. */
  readonly publicUrl: string;
  /** 0 to 1; spreads the retries. */
  random(): number;
}

/** What is sent: alerts, for real or as a test, or the question to the owner of an address. */
export type Message =
  | {
      readonly kind: 'ALERT' | 'TEST' | 'REDELIVERY';
      readonly id: string;
      readonly alerts: readonly [Alert, ...Alert[]];
      /** How many there are in all, of which a mail shows the newest. */
      readonly total: number;
    }
  | { readonly kind: 'CONFIRMATION'; readonly id: string };

const watchOf = ({ watch }: LoadedChannel): AlertWatch => ({
  id: encodeGlobalId('Watch', watch.id),
  name: watch.name,
});

function secretsOf({ secret, oldSecret, oldSecretUntil }: LoadedChannel, now: Date): string[] {
  const old = oldSecret !== null && oldSecretUntil !== null && oldSecretUntil > now ? [oldSecret] : [];
  return [secret, ...old];
}

async function sendMail(
  { mail, publicUrl, clock }: DeliverContext,
  channel: LoadedChannel,
  message: Message,
): Promise<AttemptResult> {
  const { settings } = channel;
  if (settings.kind !== 'MAIL') throw new Error(`delivery: channel ${channel.id} has no mail address`);
  if (mail === null) {
    const problem = 'no mail server is configured (VIGIE_SMTP_URL and VIGIE_MAIL_FROM)';
    return { outcome: 'FAILED', status: null, problem, retryAfterSeconds: null, final: false };
  }
  const watch = watchOf(channel);
  const now = clock.now();
  const unsubscribeUrl = mailLink(publicUrl, 'unsubscribe', channel);
  const content: MailContent =
    message.kind === 'CONFIRMATION'
      ? confirmationMail({ watch, settings, confirmUrl: mailLink(publicUrl, 'confirm', channel) })
      : alertMail({
          watch,
          settings,
          alerts: message.alerts,
          total: message.total,
          unsubscribeUrl,
          test: message.kind === 'TEST',
          now,
        });
  const outgoing: OutgoingMail = {
    ...content,
    to: settings.address,
    messageId: `<${message.id}@${new URL(publicUrl).hostname}>`,
    date: now,
    unsubscribeUrl: message.kind === 'CONFIRMATION' ? null : unsubscribeUrl,
  };
  return await mail.send(outgoing);
}

/** Sends a message once. What the other side does is a value. */
export async function sendMessage(
  context: DeliverContext,
  channel: LoadedChannel,
  message: Message,
): Promise<AttemptResult> {
  const { settings } = channel;
  if (settings.kind === 'MAIL') return await sendMail(context, channel, message);
  if (settings.kind === 'FEED' || message.kind === 'CONFIRMATION') {
    throw new Error(`delivery: nothing to send to a ${settings.kind} channel`);
  }
  const { alerts, id, kind } = message;
  if (settings.kind === 'WEBHOOK') {
    return await context.webhooks.post({
      url: settings.url,
      body: alertBody(kind === 'TEST' ? 'test' : 'alert', watchOf(channel), alerts[0]),
      signed: { id, secrets: secretsOf(channel, context.clock.now()) },
    });
  }
  const { language } = settings;
  const body = chatBody(settings.kind, { watch: watchOf(channel), alerts, language, test: kind === 'TEST' });
  return await context.webhooks.post({ url: settings.url, body });
}
