/** `vigie read`: articles on stdin, readings on stdout. Needs no database. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseRegister } from '#actor/register.ts';
import { createReader } from '#extraction/extract.ts';
import type { Reader } from '#extraction/extraction.ts';
import { reportReading } from '#extraction/report.ts';
import { parseArticleLine } from './article-line.ts';
import type { CommandContext } from './command.ts';

const REGISTER = join(import.meta.dirname, '..', 'actor', 'register.csv');

/** A reader on a register file, or on the register that comes with Vigie. */
export async function openReader(register: string | undefined): Promise<Reader> {
  return createReader(parseRegister(await readFile(register ?? REGISTER, 'utf8')));
}

/** One JSON object a line in, one out, in order; the first bad line ends it with an error that names the line. */
export async function read(context: CommandContext, options: { readonly register?: string }): Promise<void> {
  const reader = await openReader(options.register);
  let line = 0;
  for await (const text of createInterface({ input: context.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    const { id, article } = parseArticleLine(text, line);
    context.stdout.write(`${JSON.stringify(reportReading(id, article, reader.read(article)))}\n`);
  }
}
