/** Sending mail through the operator's server. */
import { createTransport } from 'nodemailer';
import type { MailContent } from './mail-message.ts';
import type { AttemptResult } from './retry.ts';
import { oneLine } from './words.ts';

/** Milliseconds until the server must have answered each of its parts. */
const TIMEOUT_MS = 15_000;
/** Connections kept to the server. */
const CONNECTIONS = 3;
/** Answers that are about the address and not about the moment: RFC 5321 §4.2.3. */
const NO_SUCH_ADDRESS: ReadonlySet<number> = new Set([550, 551, 553, 556]);

/** A mail to send; everything foreign in it was put on one line before. */
export interface OutgoingMail extends MailContent {
  readonly to: string;
  /** The same for each attempt at one mail, so that a receiver recognises a copy. */
  readonly messageId: string;
  readonly date: Date;
  /** Takes one click of a mail program (RFC 8058); null for a mail that nobody can have subscribed to yet. */
  readonly unsubscribeUrl: string | null;
}

export interface MailClient {
  /** Sends once. Whatever the server answers is a value. */
  send(mail: OutgoingMail): Promise<AttemptResult>;
  close(): void;
}

/** Opens a client. `smtpUrl` is `smtp://` or `smtps://`, with user name and password if need be; `from` is what is seen as sender. */
export function createMailClient({
  smtpUrl,
  from,
}: {
  readonly smtpUrl: string;
  readonly from: string;
}): MailClient {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, html, messageId, date, unsubscribeUrl }) {
      try {
        const { response } = await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId,
          date,
          headers: {
            // Out-of-office programs keep still (RFC 3834).
            'Auto-Submitted': 'auto-generated',
            ...(unsubscribeUrl === null
              ? {}
              : {
                  'List-Unsubscribe': `<${unsubscribeUrl}>`,
                  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
                }),
          },
        });
        return { outcome: 'DELIVERED', status: Number(/^\d{3}/.exec(response)?.[0] ?? 250) };
      } catch (error) {
        const { code, command, responseCode, response } = error as {
          readonly code?: string;
          readonly command?: string;
          readonly responseCode?: number;
          readonly response?: string;
        };
        const status = responseCode ?? null;
        const said = oneLine(response ?? (error as Error).message, 200);
        return {
          outcome: 'FAILED',
          status,
          problem:
            status === null ? `the mail server cannot be reached: ${said}` : `the mail server said: ${said}`,
          retryAfterSeconds: null,
          final:
            code === 'EENVELOPE' && command === 'RCPT TO' && status !== null && NO_SUCH_ADDRESS.has(status),
        };
      }
    },
    close: () => transport.close(),
  };
}
