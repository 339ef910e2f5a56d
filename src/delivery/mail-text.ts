/** A mail as plain text: lines of at most 76 characters, addresses whole. */
import type { MailPage } from './mail-message.ts';
import { formatDate, nameActors, oneLine, wordsOf } from './words.ts';

const WIDTH = 76;
const RULE = '-'.repeat(WIDTH);

/** Breaks a text between words; a word longer than a line stays whole. */
function wrap(text: string, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line].join('\n');
}

/** The moment of an article as mails tell it. */
export function momentOf(
  date: Date,
  { language, timeZone }: Pick<MailPage, 'language' | 'timeZone'>,
): string {
  return formatDate(date, language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
}

/** Writes the plain text. */
export function mailText(page: MailPage): string {
  const { kicker, title, note, paragraphs, button, entries, footer, unsubscribe, language } = page;
  const headed = (text: string): string => `${text}${language === 'FR' ? '\u00a0' : ''}:`;
  const head = `${kicker}\n${title}${note === '' ? '' : `\n${note}`}\n${RULE}`;
  const blocks = entries.map(({ article, others, actors, sentence }) => {
    const also = others.slice(0, 5).map(({ outlet, url }) => `${oneLine(outlet, 60)} ${url}`);
    return [
      wrap(oneLine(article.title)),
      wrap(`${oneLine(article.outlet, 80)}, ${momentOf(article.publishedAt, page)}`),
      wrap(nameActors(actors, language)),
      ...(sentence === '' ? [] : ['', wrap(oneLine(sentence), '  ')]),
      '',
      article.url,
      ...(also.length === 0 ? [] : [headed(wordsOf(language).also), ...also.map((line) => `  ${line}`)]),
    ].join('\n');
  });
  const foot = [
    RULE,
    ...footer.map((line) => wrap(line)),
    ...(unsubscribe === null ? [] : [headed(unsubscribe.text), unsubscribe.url]),
  ].join('\n');
  const asked =
    button === null
      ? []
      : [
          `${headed(button.text)}
${button.url}`,
        ];
  return `${[head, ...paragraphs.map((text) => wrap(text)), ...asked, ...blocks, foot].join('\n\n')}\n`;
}
