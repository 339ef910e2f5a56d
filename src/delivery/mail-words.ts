/** What mails say around the alerts. */
import type { Language, MailSchedule } from './channel.ts';

interface MailWords {
  readonly subject: Readonly<Record<MailSchedule, (watch: string, count: string, day: string) => string>>;
  readonly title: Readonly<Record<MailSchedule, string>>;
  readonly period: (from: string, to: string) => string;
  readonly notShown: (count: number) => string;
  readonly older: (count: number) => string;
  readonly read: string;
  readonly test: string;
  readonly why: (watch: string) => string;
  readonly unsubscribe: string;
  readonly confirmSubject: (watch: string) => string;
  readonly confirmIntro: (watch: string, schedule: string) => string;
  readonly schedules: Readonly<Record<MailSchedule, string>>;
  readonly confirm: string;
  readonly ignore: string;
}

const WORDS: Readonly<Record<Language, MailWords>> = {
  FR: {
    subject: {
      AT_ONCE: (watch, count) => `${watch}\u00a0: ${count}`,
      DAILY: (watch, count, day) => `${watch}\u00a0: ${count}, ${day}`,
      WEEKLY: (watch, count, day) => `${watch}\u00a0: ${count}, semaine du ${day}`,
    },
    title: { AT_ONCE: 'Alerte', DAILY: 'Le point du jour', WEEKLY: 'La semaine' },
    period: (from, to) => `Du ${from} au ${to}`,
    notShown: (count) =>
      count === 1
        ? 'Une autre histoire n’est pas montrée.'
        : `${count} autres histoires ne sont pas montrées.`,
    older: (count) =>
      count === 1
        ? 'Une alerte plus ancienne n’est pas montrée.'
        : `${count} alertes plus anciennes ne sont pas montrées.`,
    read: 'Lire',
    test: 'essai',
    why: (watch) => `Vous recevez ce message parce que cette adresse suit «\u00a0${watch}\u00a0» sur Vigie.`,
    unsubscribe: 'Ne plus recevoir ces messages',
    confirmSubject: (watch) => `Confirmez votre abonnement à «\u00a0${watch}\u00a0»`,
    confirmIntro: (watch, schedule) =>
      `Quelqu’un, vous sans doute, souhaite que Vigie envoie à cette adresse les alertes de «\u00a0${watch}\u00a0», ${schedule}.`,
    schedules: { AT_ONCE: 'dès qu’elles paraissent', DAILY: 'chaque jour', WEEKLY: 'chaque semaine' },
    confirm: 'Confirmer mon abonnement',
    ignore: 'Si ce n’est pas vous, ne faites rien\u00a0: rien d’autre ne vous sera envoyé.',
  },
  EN: {
    subject: {
      AT_ONCE: (watch, count) => `${watch}: ${count}`,
      DAILY: (watch, count, day) => `${watch}: ${count}, ${day}`,
      WEEKLY: (watch, count, day) => `${watch}: ${count}, week of ${day}`,
    },
    title: { AT_ONCE: 'Alert', DAILY: 'Today', WEEKLY: 'This week' },
    period: (from, to) => `${from} to ${to}`,
    notShown: (count) =>
      count === 1 ? 'One more story is not shown.' : `${count} more stories are not shown.`,
    older: (count) =>
      count === 1 ? 'One older alert is not shown.' : `${count} older alerts are not shown.`,
    read: 'Read',
    test: 'test',
    why: (watch) => `You receive this because this address follows “${watch}” on Vigie.`,
    unsubscribe: 'Stop these messages',
    confirmSubject: (watch) => `Confirm your subscription to “${watch}”`,
    confirmIntro: (watch, schedule) =>
      `Somebody, probably you, would like Vigie to send the alerts of “${watch}” to this address, ${schedule}.`,
    schedules: { AT_ONCE: 'as they come', DAILY: 'every day', WEEKLY: 'every week' },
    confirm: 'Confirm my subscription',
    ignore: 'If it was not you, do nothing: nothing else will be sent to you.',
  },
};

export const mailWordsOf = (language: Language): MailWords => WORDS[language];
