import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { WriteStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { CommandContext } from '#command/command.ts';
import { type ExplainOptions, explain } from '#command/explain.ts';

const ARTICLE =
  'Mistral AI lève 600 millions d’euros\r\n\r\n« Nous restons indépendants », explique Arthur Mensch, le PDG de Mistral AI.\r\n';

const asLine = (title: string, body: string): string => `${JSON.stringify({ id: 1, title, text: body })}\n`;

async function fileOf(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-explain-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'article.txt');
  await writeFile(file, content);
  return file;
}

/** What `vigie read --explain` prints on such a terminal. */
async function shown(
  options: ExplainOptions,
  { stdin = '', terminal = false }: { stdin?: string; terminal?: boolean } = {},
): Promise<string> {
  const stdout = Object.assign(new PassThrough(), {
    isTTY: terminal,
    // Node's own, which looks at the environment.
    getColorDepth: WriteStream.prototype.getColorDepth,
    ...(terminal ? { columns: 70 } : {}),
  });
  const context = {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr: new PassThrough(),
    signal: new AbortController().signal,
    config: () => {
      throw new Error('needs no configuration');
    },
  } as unknown as CommandContext;
  await explain(context, options);
  stdout.end();
  return await text(stdout);
}

describe('vigie read --explain', () => {
  test('a plain text has its title in the first line', async () => {
    const out = await shown({ explain: await fileOf(ARTICLE) });
    expect(out).toMatch(
      /^\[Mistral AI\] lève <f1: 600 millions d’euros>\n─+\n« \{c1: Nous restons indépendants\} »/,
    );
    expect(out).toContain('  c1  Arthur Mensch\n');
  });

  test('a lone dash reads the text from stdin', async () => {
    expect(await shown({ explain: '-' }, { stdin: ARTICLE })).toBe(
      await shown({ explain: await fileOf(ARTICLE) }),
    );
  });

  test('a file of JSON lines holds an article a line', async () => {
    const file = await fileOf(asLine('Kyutai publie', 'Le texte.') + asLine('Mistral AI répond', 'Le sien.'));
    const out = await shown({ explain: file });
    expect(out.indexOf('[Kyutai] publie')).toBeLessThan(out.indexOf('[Mistral AI] répond'));
    expect((await shown({ explain: file, html: true })).match(/<article>/g)).toHaveLength(2);
  });

  test('a terminal gets colours and lines as wide as it is, unless its user wants none', async () => {
    vi.stubEnv('FORCE_COLOR', undefined);
    vi.stubEnv('NO_COLOR', undefined);
    // In a CI a terminal counts as one without colours.
    vi.stubEnv('CI', undefined);
    vi.stubEnv('TERM', 'xterm-256color');
    onTestFinished(() => void vi.unstubAllEnvs());
    const file = await fileOf(ARTICLE);
    const coloured = await shown({ explain: file }, { terminal: true });
    expect(coloured).toContain('\u001b[');
    for (const line of stripVTControlCharacters(coloured).split('\n'))
      expect(line.length).toBeLessThanOrEqual(70);
    vi.stubEnv('NO_COLOR', '1');
    expect(await shown({ explain: file }, { terminal: true })).not.toContain('\u001b');
    expect(await shown({ explain: file })).not.toContain('\u001b');
  });

  test('another register is read with when it is named', async () => {
    const register = await fileOf('name,kind\nNous restons,COMPANY\n');
    expect(await shown({ explain: await fileOf(ARTICLE), register })).toContain('Nous restons');
  });

  test.each<[string, string | null, RegExp]>([
    ['is absent', null, /^read: cannot read .*absent/],
    ['is empty', ' \n', /^read: .* holds no text$/],
    ['breaks off in its JSON', '{"id": 1, "text": "a"}\n{"id":', /^read: line 2 of the input is not JSON$/],
    ['holds JSON of another shape', '{"title": "a"}', /^read: line 1 of the input: /],
    ['is larger than any article', `Titre\n${'a'.repeat(16 * 1024 * 1024)}`, /holds more than 16 MiB$/],
  ])('a file that %s is one clear line', async (_what, content, message) => {
    const file = content === null ? '/nowhere/absent.txt' : await fileOf(content);
    await expect(shown({ explain: file })).rejects.toThrow(message);
  });

  test('the program hands the options on', async () => {
    const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
    const child = execFile(process.execPath, [main, 'read', '--explain', '-', '--html'], { env: {} });
    child.stdin!.end(ARTICLE);
    const [page] = await Promise.all([text(child.stdout!), new Promise((done) => child.once('exit', done))]);
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain('Arthur Mensch');
  });
});
