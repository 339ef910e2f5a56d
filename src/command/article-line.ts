/** Articles as `vigie read` takes them: one JSON object a line. */
import { z } from 'zod';
import type { ReadableArticle } from '#extraction/extraction.ts';
import { CommandError } from './command.ts';

const INPUT = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  title: z.string().nullish(),
  text: z.string(),
  published: z.string().nullish(),
});

/** Reads one line; throws a `CommandError` that names it when it holds no article. A date that is none counts as unknown. */
export function parseArticleLine(
  text: string,
  line: number,
): { readonly id: string; readonly article: ReadableArticle } {
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
  const publishedAt = date !== null && !Number.isNaN(date.getTime()) ? date : null;
  return { id, article: { title: title ?? '', text: body, publishedAt } };
}
