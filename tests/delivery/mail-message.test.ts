import { describe, expect, test } from 'vitest';
import type { MailSettings } from '#delivery/channel.ts';
import { alertMail, confirmationMail } from '#delivery/mail-message.ts';
import { ALERTS, hostileAlert, MORNING, WATCH } from '../support/alerts.ts';

const MAIL: MailSettings = {
  kind: 'MAIL',
  address: 'jeanne@example.org',
  schedule: 'DAILY',
  language: 'FR',
  hour: 8,
  weekday: 1,
  timeZone: 'Europe/Paris',
};
const LINK = 'https://vigie.example/mail/unsubscribe/1/token';

/** With plain spaces for those that hold French marks to their words. */
const spaced = (text: string): string => text.replaceAll('\u00a0', ' ');

const mailOf = (settings: Partial<MailSettings> = {}, alerts = ALERTS, total = alerts.length) =>
  alertMail({
    watch: WATCH,
    settings: { ...MAIL, ...settings },
    alerts,
    total,
    unsubscribeUrl: LINK,
    test: false,
    now: MORNING,
  });

test('a digest tells each story once, money first, and looks like this', async () => {
  const { subject, text, html } = mailOf();
  expect(spaced(subject)).toBe('Levées & laboratoires : 6 alertes, 12 mars 2026');
  expect(spaced(text)).toBe(`Levées & laboratoires
Le point du jour
jeudi 12 mars 2026 · 6 alertes
----------------------------------------------------------------------------

Mistral AI lève 600 millions d’euros & vise l’Asie
Le Quotidien, jeu. 12 mars, 07:08
Mistral AI (lève des fonds), General Catalyst (investit), Bpifrance
(investit)

  La jeune pousse a bouclé un tour de table de 600 millions d’euros, mené
  par General Catalyst, qui la valorise 5,8 milliards.

https://journal.example/levee?a=1&b=2
Aussi dans :
  La Gazette https://journal.example/record?a=1&b=2

Kyutai ouvre les poids de son modèle
Le Sémaphore, jeu. 12 mars, 05:25
Kyutai (s’exprime), Patrick Pérez (s’exprime)

  « Tout le monde pourra l’essayer », dit Patrick Pérez.

https://journal.example/modele?a=1&b=2

À Saclay, un campus sort de terre
Le Relais, jeu. 12 mars, 04:33
CEA (cité)

  Le CEA et l’Inria partageront 12 000 mètres carrés.

https://journal.example/campus?a=1&b=2

----------------------------------------------------------------------------
Vous recevez ce message parce que cette adresse suit « Levées &
laboratoires » sur Vigie.
Ne plus recevoir ces messages :
${LINK}
`);
  expect(text).toContain('«\u00a0Levées');
  await expect(html).toMatchFileSnapshot('mail-digest.html.snap');
});

test.each([
  [{ schedule: 'AT_ONCE' }, 'Levées & laboratoires : 6 alertes'],
  [{ schedule: 'WEEKLY' }, 'Levées & laboratoires : 6 alertes, semaine du 5 mars 2026'],
  [{ schedule: 'AT_ONCE', language: 'EN' }, 'Levées & laboratoires: 6 alerts'],
  [{ schedule: 'DAILY', language: 'EN' }, 'Levées & laboratoires: 6 alerts, 12 March 2026'],
  [
    { schedule: 'WEEKLY', language: 'EN', timeZone: 'Pacific/Kiritimati' },
    'Levées & laboratoires: 6 alerts, week of 5 March 2026',
  ],
] as const)('with %o the subject is: %s', (settings, subject) => {
  expect(spaced(mailOf(settings).subject)).toBe(subject);
});

test('English mail quotes in French and says the rest in English', () => {
  const { text, html } = mailOf({ language: 'EN' });
  expect(text).toContain('Mistral AI (raises money), General Catalyst (invests)');
  expect(text).toContain('Also in:\n');
  expect(text).toContain('Stop these messages:\n');
  expect(text).toContain('La jeune pousse a bouclé');
  expect(html).toContain('<html lang="en">');
});

test('one alert at once says in the subject what it is', () => {
  expect(spaced(mailOf({ schedule: 'AT_ONCE' }, [ALERTS[0]]).subject)).toBe(
    'Levées & laboratoires : À Saclay, un campus sort de terre',
  );
});

test('a mail of very many stories says how many it does not show, and stays under what Gmail cuts', () => {
  const many = Array.from({ length: 500 }, (_, index) => ({
    ...ALERTS[1]!,
    storyId: `s${index}`,
    article: { ...ALERTS[1]!.article, id: `a${index}`, title: 'x'.repeat(300) },
    reasons: ALERTS[1]!.reasons.map((reason) => ({ ...reason, sentence: 'é'.repeat(300) })),
  }));
  const { subject, text, html } = mailOf({}, many as never, 1_234);
  expect(spaced(subject)).toContain(' : 1234 alertes');
  expect(text).toContain('734 alertes plus anciennes ne sont pas montrées.');
  expect(text).toContain('460 autres histoires ne sont pas montrées.');
  expect(Buffer.byteLength(html)).toBeLessThan(102_000);
});

test('a test says so in the subject and in the text', () => {
  const { subject, text } = alertMail({
    watch: WATCH,
    settings: MAIL,
    alerts: ALERTS,
    total: ALERTS.length,
    unsubscribeUrl: LINK,
    test: true,
    now: MORNING,
  });
  expect(subject).toMatch(/^\[essai\] /);
  expect(text).toContain('Ceci est un essai.');
});

describe.each([
  ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&amp;'],
  ['line breaks and controls', 'a\r\nb\u2028c\u0000d\u001b[31me'],
  ['marks that turn the writing round', 'abc\u202edef\u2066ghi'],
  ['half a character', 'x\ud83d'],
])('%s in every text', (_what, text) => {
  const {
    subject,
    text: plain,
    html,
  } = alertMail({
    watch: { ...WATCH, name: text },
    settings: { ...MAIL, schedule: 'AT_ONCE' },
    alerts: hostileAlert(text),
    total: 1,
    unsubscribeUrl: LINK,
    test: false,
    now: MORNING,
  });

  test('stays text', () => {
    expect(html).not.toMatch(/<script|<img/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant.
    const forbidden = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]|\r/;
    for (const part of [subject, plain, html]) {
      expect(part).not.toMatch(forbidden);
      expect(part.isWellFormed()).toBe(true);
    }
    expect(subject).not.toContain('\n');
  });
});

test('the question to the owner of an address names the watch and has one link', () => {
  const confirmUrl = 'https://vigie.example/mail/confirm/1/token';
  const { subject, text, html } = confirmationMail({ watch: WATCH, settings: MAIL, confirmUrl });
  expect(spaced(subject)).toBe('Confirmez votre abonnement à « Levées & laboratoires »');
  expect(text).toContain('chaque jour');
  for (const part of [text, html]) expect(part.match(/https?:\/\/[^\s"<]+/g)).toEqual([confirmUrl]);
});

test('the first of a month is an ordinal in French', () => {
  const mail = (language: 'FR' | 'EN', now: string) =>
    alertMail({
      watch: WATCH,
      settings: { ...MAIL, schedule: 'WEEKLY', language },
      alerts: ALERTS,
      total: 6,
      unsubscribeUrl: LINK,
      test: false,
      now: new Date(now),
    });
  expect(mail('FR', '2026-03-08T07:00:00Z').text).toContain('Du 1er mars 2026 au 8 mars 2026');
  expect(mail('FR', '2026-02-28T07:00:00Z').text).toContain('Du 21 février 2026 au 28 février 2026');
  expect(mail('EN', '2026-03-08T07:00:00Z').text).toContain('1 March 2026 to 8 March 2026');
});
