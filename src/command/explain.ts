/** `vigie read --explain FILE`: what was read of an article, shown to a person. Needs no database. */
import { readFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import { explainAsHtml } from '#extraction/explain-html.ts';
import { explainAsText } from '#extraction/explain-text.ts';
import type { ReadableArticle } from '#extraction/extraction.ts';
import { parseArticleLine } from './article-line.ts';
import { type CommandContext, CommandError } from './command.ts';
import { openReader } from './read.ts';

export interface ExplainOptions {
  /** The file; `-` for stdin. */
  readonly explain: string;
  readonly html?: boolean;
  readonly register?: string;
}

/** Larger files are refused: no newspaper prints so much. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Lines longer than this are hard to read, however wide the window. */
const MAX_COLUMNS = 100;
/** Of a terminal that does not say, and of files. */
const COLUMNS = 100;

async function readStdin({ stdin }: CommandContext): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    size += (chunk as Buffer).length;
    if (size > MAX_BYTES) throw new CommandError('read: stdin holds more than 16 MiB');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function load(context: CommandContext, file: string): Promise<string> {
  if (file === '-') return await readStdin(context);
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new CommandError(`read: cannot read ${file}: ${(error as Error).message}`);
  }
  if (bytes.length > MAX_BYTES) throw new CommandError(`read: ${file} holds more than 16 MiB`);
  return bytes.toString('utf8');
}

/** Articles of a file: a JSON object a line, else one plain text with its title in the first line. */
function parseArticles(content: string): ReadableArticle[] {
  const text = content.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  if (text.trimStart().startsWith('{')) {
    return text
      .split('\n')
      .flatMap((line, index) => (line.trim() === '' ? [] : [parseArticleLine(line, index + 1).article]));
  }
  const body = text.trimStart();
  const end = body.indexOf('\n');
  const title = end === -1 ? body : body.slice(0, end);
  return [{ title: title.trim(), text: end === -1 ? '' : body.slice(end).trim(), publishedAt: null }];
}

/** Reads the articles of a file and shows what was read: coloured on a terminal, else with brackets, or as a page. */
export async function explain(context: CommandContext, options: ExplainOptions): Promise<void> {
  const articles = parseArticles(await load(context, options.explain));
  if (articles.every(({ title, text }) => title === '' && text === '')) {
    throw new CommandError(`read: ${options.explain} holds no text`);
  }
  const reader = await openReader(options.register);
  const readings = articles.map((article) => ({ article, extraction: reader.read(article) }));
  if (options.html) {
    context.stdout.write(explainAsHtml(readings));
    return;
  }
  // Says whether this terminal takes colours and its user wants them (NO_COLOR).
  const colour = styleText('bold', '?', { stream: context.stdout }) !== '?';
  const width = Math.min(context.stdout.columns ?? COLUMNS, MAX_COLUMNS);
  context.stdout.write(readings.map((reading) => explainAsText(reading, { colour, width })).join('\n\n'));
}
