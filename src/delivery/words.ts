/** What messages say, in French and in English. */
import type { ReasonKind } from '#match/match.ts';
import type { Language } from './channel.ts';

interface Words {
  readonly locale: string;
  readonly parts: Readonly<Record<ReasonKind, string>>;
  readonly also: string;
  readonly more: (count: number) => string;
  readonly alerts: (count: number) => string;
  readonly test: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  FR: {
    locale: 'fr-FR',
    parts: {
      RAISING: 'lève des fonds',
      INVESTING: 'investit',
      SPEAKING: 's’exprime',
      SPOKEN_ABOUT: 'évoqué',
      MENTIONED: 'cité',
    },
    also: 'Aussi dans',
    more: (count) => `et ${count} ${count === 1 ? 'autre' : 'autres'}`,
    alerts: (count) => `${count} ${count === 1 ? 'alerte' : 'alertes'}`,
    test: 'Ceci est un essai.',
  },
  EN: {
    locale: 'en-GB',
    parts: {
      RAISING: 'raises money',
      INVESTING: 'invests',
      SPEAKING: 'speaks',
      SPOKEN_ABOUT: 'spoken about',
      MENTIONED: 'mentioned',
    },
    also: 'Also in',
    more: (count) => `and ${count} more`,
    alerts: (count) => `${count} ${count === 1 ? 'alert' : 'alerts'}`,
    test: 'This is a test.',
  },
};

export const wordsOf = (language: Language): Words => WORDS[language];

/** A moment as readers of the language write it, in a zone. */
export function formatDate(
  date: Date,
  language: Language,
  options: Intl.DateTimeFormatOptions & { readonly timeZone: string },
): string {
  const written = new Intl.DateTimeFormat(WORDS[language].locale, options).format(date);
  // The first of a month is an ordinal in French, which the engine's data does not know.
  return language === 'FR' ? written.replace(/(?<!\d)1 (?=\p{L})/u, '1er ') : written;
}

/** Characters that no one sees but programs obey: controls, line separators, marks that turn the writing round. */
const CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant.
  /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]+/g;

/** A foreign text on one line, of at most `most` code units, with nothing in it but what is read. */
export function oneLine(text: string, most = 300): string {
  const line = text.toWellFormed().replace(CONTROLS, ' ').replace(/ {2,}/g, ' ').trim();
  if (line.length <= most) return line;
  return `${line
    .slice(0, most - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}

/** "Mistral AI (lève des fonds), Kyutai (cité)"; at most eight by name. */
export function nameActors(
  actors: readonly { readonly name: string; readonly parts: readonly ReasonKind[] }[],
  language: Language,
): string {
  const words = wordsOf(language);
  const named = actors
    .slice(0, 8)
    .map(({ name, parts }) => `${oneLine(name, 80)} (${words.parts[parts[0] ?? 'MENTIONED']})`);
  const rest = actors.length - named.length;
  return [...named, ...(rest > 0 ? [words.more(rest)] : [])].join(', ');
}
