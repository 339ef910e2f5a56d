/**
 * Reads articles as JSON lines `{id, title, text, published}` on stdin and prints what the reader makes of each, a line an
 * article. The same as `vigie read`, without anything but the reader.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseRegister } from '#actor/register.ts';
import { createReader } from '#extraction/extract.ts';
import { reportReading } from '#extraction/report.ts';

const register = parseRegister(readFileSync(new URL('../src/actor/register.csv', import.meta.url), 'utf8'));
const reader = createReader(register);
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const { id, title, text, published } = JSON.parse(line);
  const article = {
    title: String(title ?? ''),
    text: String(text ?? ''),
    publishedAt: typeof published === 'string' ? new Date(published) : null,
  };
  process.stdout.write(`${JSON.stringify(reportReading(String(id), article, reader.read(article)))}\n`);
}
