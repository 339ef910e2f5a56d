/** A mail server on the loopback that keeps what it is sent. */
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface ReceivedMail extends Email {
  /** As it came over the wire. */
  readonly raw: string;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** A header's value with its lines joined; undefined without it. */
  header(name: string): string | undefined;
}

export interface MailServer {
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** Refuses every recipient with this answer from now on; null takes them again. */
  refuse(code: number | null): void;
}

/** Opens a mail server for the running test. */
export async function useMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  let refused: number | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, callback) {
      if (refused === null) callback();
      else callback(Object.assign(new Error('not\nhere'), { responseCode: refused }));
    },
    onData(stream, session, callback) {
      const take = async (): Promise<void> => {
        const raw = await buffer(stream);
        const mail = await PostalMime.parse(raw);
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          ...mail,
          raw: raw.toString('latin1'),
          envelope: {
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
          },
          header: (name) => mail.headers.find(({ key }) => key === name)?.value,
        });
      };
      take().then(
        () => callback(),
        (error: Error) => callback(error),
      );
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    refuse(code) {
      refused = code;
    },
  };
}
