/** What a client may say of a channel, checked. Pure. */
import { isIP } from 'node:net';
import { createGuard } from '#document/guard.ts';
import { webAddressOf } from '#feed/feed-input.ts';
import type { ChannelSettings, Language, MailSchedule, MailSettings, PostKind } from './channel.ts';
import { isTimeZone } from './digest-time.ts';

/** Where alerts are to go, as a client gives it. */
export type ChannelTarget =
  | { readonly kind: PostKind; readonly url: string; readonly language?: Language | null | undefined }
  | ({ readonly kind: 'MAIL'; readonly address: string } & MailInput)
  | { readonly kind: 'FEED' };

/** How a mail channel is read; what is not given keeps its value, or takes the default. */
export interface MailInput {
  readonly schedule?: MailSchedule | null | undefined;
  readonly language?: Language | null | undefined;
  readonly hour?: number | null | undefined;
  readonly weekday?: number | null | undefined;
  readonly timeZone?: string | null | undefined;
}

export type CheckedChannel =
  | { readonly ok: true; readonly settings: ChannelSettings }
  | { readonly ok: false; readonly field: string; readonly problem: string };

const MAIL_DEFAULTS = {
  schedule: 'AT_ONCE',
  language: 'FR',
  hour: 8,
  weekday: 1,
  timeZone: 'Europe/Paris',
} as const satisfies Omit<MailSettings, 'kind' | 'address'>;

/** Unquoted local parts of RFC 5321 §4.1.2: nothing that could end a header or an address. */
const LOCAL_PART = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** The address with its domain in ASCII; null when it is none that mail can be sent to. */
function mailAddressOf(text: string): string | null {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at).trimStart();
  const rest = text.slice(at + 1).trimEnd();
  // The URL parser turns an international name into ASCII; what else it would make of the text is refused before.
  if (at < 1 || !LOCAL_PART.test(local) || /[^\p{L}\p{M}\p{N}.-]/u.test(rest)) return null;
  const domain = URL.parse(`http://${rest}/`)?.hostname ?? '';
  const address = `${local}@${domain}`;
  return DOMAIN.test(domain) && !/^\.|\.\.|\.@/.test(address) && address.length <= 254 ? address : null;
}

/** Checks how mail is to be sent; `before` holds what is not given. */
function checkMail(
  address: string,
  input: MailInput,
  before: Omit<MailSettings, 'kind' | 'address'>,
): CheckedChannel {
  const settings: MailSettings = {
    kind: 'MAIL',
    address,
    schedule: input.schedule ?? before.schedule,
    language: input.language ?? before.language,
    hour: input.hour ?? before.hour,
    weekday: input.weekday ?? before.weekday,
    timeZone: input.timeZone ?? before.timeZone,
  };
  const { hour, weekday, timeZone } = settings;
  const no = (field: string, problem: string): CheckedChannel => ({ ok: false, field, problem });
  if (!(Number.isInteger(hour) && hour >= 0 && hour <= 23))
    return no('hour', 'a whole hour from 0 to 23 is needed');
  if (!(Number.isInteger(weekday) && weekday >= 1 && weekday <= 7)) {
    return no('weekday', 'a day from 1 (Monday) to 7 (Sunday) is needed');
  }
  if (timeZone.length > 60 || !isTimeZone(timeZone)) {
    return no('timeZone', `"${timeZone.slice(0, 60)}" is no time zone; one is "Europe/Paris"`);
  }
  return { ok: true, settings };
}

/** Checks a new channel; `field` names what is wrong by its name in the target. */
export function checkTarget(target: ChannelTarget): CheckedChannel {
  if (target.kind === 'FEED') return { ok: true, settings: { kind: 'FEED' } };
  if (target.kind === 'MAIL') {
    const address = mailAddressOf(target.address);
    if (address === null) {
      return { ok: false, field: 'address', problem: 'a mail address such as name@example.org is needed' };
    }
    return checkMail(address, target, MAIL_DEFAULTS);
  }
  const url = webAddressOf(target.url);
  if (url === null) {
    const problem = 'an http or https address of at most 2048 characters is needed, without user name';
    return { ok: false, field: 'url', problem };
  }
  if (target.kind === 'WEBHOOK') return { ok: true, settings: { kind: 'WEBHOOK', url } };
  return { ok: true, settings: { kind: target.kind, url, language: target.language ?? 'FR' } };
}

/** What a client may change of a channel afterwards: where it leads and how it is read, but never whose mail address it is. */
export type ChannelChange = MailInput & { readonly url?: string | null | undefined };

/** Checks a change; a field that the channel's kind does not know is refused. */
export function checkChange(settings: ChannelSettings, change: ChannelChange): CheckedChannel {
  const { url, ...mail } = change;
  const given = Object.entries(change).filter(([, value]) => value !== null && value !== undefined);
  const known: readonly string[] = {
    WEBHOOK: ['url'],
    SLACK: ['url', 'language'],
    DISCORD: ['url', 'language'],
    TEAMS: ['url', 'language'],
    MAIL: ['schedule', 'language', 'hour', 'weekday', 'timeZone'],
    FEED: [],
  }[settings.kind];
  const unknown = given.find(([field]) => !known.includes(field));
  if (unknown !== undefined) {
    const problem = `a ${settings.kind} channel has none to change`;
    return { ok: false, field: unknown[0], problem };
  }
  if (settings.kind === 'MAIL') return checkMail(settings.address, mail, settings);
  if (settings.kind === 'FEED') return { ok: true, settings };
  const language = 'language' in settings ? (change.language ?? settings.language) : undefined;
  return checkTarget({ kind: settings.kind, url: url ?? settings.url, language });
}

/** True for a number of a network that may not be posted to. What a name resolves to is looked at when it is posted to. */
export function isForbiddenTarget(url: string, allowHosts: readonly string[]): boolean {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const number = Number(port) || (protocol === 'https:' ? 443 : 80);
  const guard = createGuard(allowHosts);
  return isIP(host) !== 0 && !guard.allowsHost(host, number) && !guard.allowsAddress(host, number);
}
