/** Mails, whole: subject, plain text and HTML. Pure: the same alerts make the same mail. */
import type { Alert, AlertWatch } from './alert.ts';
import type { MailSettings } from './channel.ts';
import { type Entry, groupAlerts, sortEntries } from './entries.ts';
import { mailHtml } from './mail-html.ts';
import { mailText } from './mail-text.ts';
import { mailWordsOf } from './mail-words.ts';
import { formatDate, oneLine, wordsOf } from './words.ts';

/** Stories that one mail tells; how many more there are is said. Gmail cuts a mail at 102 KB, and a story takes up to two. */
const ENTRIES_MAX = 40;

export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What a mail shows, said in its language: both its forms are written from this. */
export interface MailPage {
  readonly language: MailSettings['language'];
  /** Over the title: the watch's name. */
  readonly kicker: string;
  readonly title: string;
  /** Under the title: a day, a period. */
  readonly note: string;
  readonly paragraphs: readonly string[];
  readonly button: { readonly text: string; readonly url: string } | null;
  readonly entries: readonly Entry[];
  /** Moments are told in this zone. */
  readonly timeZone: string;
  readonly footer: readonly string[];
  readonly unsubscribe: { readonly text: string; readonly url: string } | null;
}

/** A mail that tells of alerts. `now` is the day that a digest is of. */
export function alertMail(mail: {
  readonly watch: AlertWatch;
  readonly settings: MailSettings;
  readonly alerts: readonly Alert[];
  /** How many there are in all; `alerts` are the newest of them. */
  readonly total: number;
  readonly unsubscribeUrl: string;
  readonly test: boolean;
  readonly now: Date;
}): MailContent {
  const { settings, alerts, total, now } = mail;
  const { schedule, language, timeZone } = settings;
  const words = wordsOf(language);
  const mailWords = mailWordsOf(language);
  const watch = oneLine(mail.watch.name, 100);
  const date = { day: 'numeric', month: 'long', year: 'numeric', timeZone } as const;
  const day = (moment: Date): string => formatDate(moment, language, date);
  const weekday = formatDate(now, language, { weekday: 'long', ...date });
  const weekAgo = new Date(now.getTime() - 7 * 86_400_000);
  const entries = groupAlerts(alerts);
  const shown = (schedule === 'AT_ONCE' ? entries : sortEntries(entries)).slice(0, ENTRIES_MAX);
  const left = entries.length - shown.length;
  const count = words.alerts(total);
  const only =
    schedule === 'AT_ONCE' && entries.length === 1 && total === alerts.length
      ? oneLine(entries[0]!.article.title, 120)
      : count;
  const subject = mailWords.subject[schedule](watch, only, schedule === 'WEEKLY' ? day(weekAgo) : day(now));
  const page: MailPage = {
    language,
    kicker: watch,
    title: schedule === 'AT_ONCE' && total > 1 ? count : mailWords.title[schedule],
    note:
      schedule === 'WEEKLY'
        ? `${mailWords.period(day(weekAgo), day(now))} · ${count}`
        : schedule === 'DAILY'
          ? `${weekday} · ${count}`
          : weekday,
    paragraphs: mail.test ? [words.test] : [],
    button: null,
    entries: shown,
    timeZone,
    footer: [
      ...(total > alerts.length ? [mailWords.older(total - alerts.length)] : []),
      ...(left > 0 ? [mailWords.notShown(left)] : []),
      mailWords.why(watch),
    ],
    unsubscribe: { text: mailWords.unsubscribe, url: mail.unsubscribeUrl },
  };
  const marked = oneLine(mail.test ? `[${mailWords.test}] ${subject}` : subject, 200);
  return { subject: marked, text: mailText(page), html: mailHtml(page, marked) };
}

/** The mail that asks the owner of an address; until it is answered, nothing else is sent there. */
export function confirmationMail(mail: {
  readonly watch: AlertWatch;
  readonly settings: MailSettings;
  readonly confirmUrl: string;
}): MailContent {
  const { language, schedule, timeZone } = mail.settings;
  const words = mailWordsOf(language);
  const watch = oneLine(mail.watch.name, 100);
  const subject = oneLine(words.confirmSubject(watch), 200);
  const page: MailPage = {
    language,
    kicker: 'Vigie',
    title: subject,
    note: '',
    paragraphs: [words.confirmIntro(watch, words.schedules[schedule])],
    button: { text: words.confirm, url: mail.confirmUrl },
    entries: [],
    timeZone,
    footer: [words.ignore],
    unsubscribe: null,
  };
  return { subject, text: mailText(page), html: mailHtml(page, subject) };
}
