/** `vigie read`: articles on stdin, readings on stdout. Needs no database. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { parseRegister } from '#actor/register.ts';
import { createReader } from '#extraction/extract.ts';
import { reportReading } from '#extraction/report.ts';
import { type CommandContext, CommandError } from './command.ts';

const INPUT = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  title: z.string().nullish(),
  text: z.string(),
  published: z.string().nullish(),
});

const REGISTER = join(import.meta.dirname, '..', 'actor', 'register.csv');

/** One JSON object a line in, one out, in order; the first bad line ends it with an error that names the line. */
export async function read(context: CommandContext, options: { readonly register?: string }): Promise<void> {
  const reader = createReader(parseRegister(await readFile(options.register ?? REGISTER, 'utf8')));
  let line = 0;
  for await (const text of createInterface({ input: context.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    let given: unknown;
    try {
      given = JSON.parse(text);
    } catch {
      throw new CommandError(`read: line ${line} of the input is not JSON`);
    }
    const parsed = INPUT.safeParse(given);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new CommandError(`read: line ${line} of the input: ${issue?.path.join('.')}: ${issue?.message}`);
    }
    const { id, text: body, title, published } = parsed.data;
    const date = published ? new Date(published) : null;
    const article = {
      title: title ?? '',
      text: body,
      publishedAt: date !== null && !Number.isNaN(date.getTime()) ? date : null,
    };
    context.stdout.write(`${JSON.stringify(reportReading(id, article, reader.read(article)))}\n`);
  }
}
