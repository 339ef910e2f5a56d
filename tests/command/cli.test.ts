/** The commands as a user types them. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts');

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `vigie …` with nothing in its environment but what is given. */
async function vigie(
  args: readonly string[],
  { env = {}, stdin = '' }: { env?: Record<string, string>; stdin?: string } = {},
): Promise<Ran> {
  const cwd = await mkdtemp(join(tmpdir(), 'vigie-cli-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { PATH: process.env.PATH, VIGIE_LOG_LEVEL: 'error', ...env },
  });
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, stdout, stderr };
}

const NOWHERE = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' };

describe('help', () => {
  test.each([
    '',
    'serve',
    'api',
    'worker',
    'migrate',
    'poll',
    'read',
    'feeds add',
    'feeds list',
    'feeds remove',
    'feeds adopt',
    'feeds dismiss',
    'feeds import',
    'feeds export',
    'actors import',
    'candidates list',
    'candidates confirm',
    'candidates merge',
    'candidates reject',
    'reread',
    'channels add',
    'channels redeliver',
    'token create',
    'schema',
    'doctor',
  ])('vigie %s --help says what it does and needs nothing', async (command) => {
    const words = command.split(' ').filter(Boolean);
    const { code, stdout, stderr } = await vigie([...words, '--help'], { env: NOWHERE });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: vigie');
  });
});

test('vigie --version says which it is', async () => {
  const { code, stdout } = await vigie(['--version'], { env: NOWHERE });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

describe('bad input is one clear line on stderr and no stack trace', () => {
  test.each<{ args: string[]; env?: Record<string, string>; stdin?: string; code: number; says: RegExp }>([
    { args: ['nothing-such'], code: 2, says: /unknown command 'nothing-such'/ },
    { args: ['poll', '--nothing'], code: 2, says: /unknown option '--nothing'/ },
    { args: ['feeds', 'add'], code: 2, says: /missing required argument 'url'/ },
    {
      args: ['feeds', 'add', 'ftp://x.example/feed'],
      env: NOWHERE,
      code: 1,
      says: /^feeds: url: an http or https address/,
    },
    {
      args: ['feeds', 'add', 'https://x.example/feed'],
      env: NOWHERE,
      code: 1,
      says: /^database: .*DATABASE_URL/,
    },
    { args: ['feeds', 'import', 'absent.opml'], code: 1, says: /^feeds: cannot read absent\.opml/ },
    { args: ['actors', 'import', 'absent.csv'], code: 1, says: /^actors: cannot read absent\.csv/ },
    {
      args: ['token', 'create', 'me', '--scopes', 'READ,EVERYTHING'],
      code: 1,
      says: /^token: no scope is called EVERYTHING/,
    },
    { args: ['token', 'create', 'me', '--days', 'many'], code: 1, says: /^token: --days/ },
    { args: ['serve'], env: { VIGIE_PORT: 'abc' }, code: 1, says: /^configuration: VIGIE_PORT/ },
    { args: ['migrate'], env: { DATABASE_URL: 'mysql://x' }, code: 1, says: /^configuration: DATABASE_URL/ },
    { args: ['migrate'], env: NOWHERE, code: 1, says: /^database: .*DATABASE_URL/ },
    {
      args: ['read'],
      stdin: '{"id":1,"text":"a"}\nnot json\n',
      code: 1,
      says: /^read: line 2 of the input is not JSON/,
    },
    { args: ['read'], stdin: '{"id":1}\n', code: 1, says: /^read: line 1 of the input: text/ },
  ])('vigie $args', async ({ args, env = {}, stdin = '', code, says }) => {
    const ran = await vigie(args, { env, stdin });
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(says);
    expect(ran.stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
    expect(ran.stderr).not.toMatch(/\n\s+at /);
  });
});

describe('reading', () => {
  test('articles go in as JSON lines and come out read, in order, without a database', async () => {
    const articles = [
      { id: 'a', title: 'Une levée', text: 'La société Mistral AI a levé 105 millions d’euros en juin.' },
      { id: 'b', title: '', text: 'Rien à signaler.' },
      {
        id: 3,
        text: '« Nous recrutons à Paris dès cet automne », annonce Arthur Mensch, PDG de Mistral AI.',
      },
    ];
    const { code, stdout } = await vigie(['read'], {
      env: NOWHERE,
      stdin: articles.map((article) => `${JSON.stringify(article)}\n`).join('\n'),
    });
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ id }) => id)).toEqual(['a', 'b', '3']);
    expect(lines[0].funding).toMatchObject([
      { recipient: 'Mistral AI', amount: 105_000_000, currency: 'EUR', status: 'CLOSED' },
    ]);
    expect(lines[1]).toMatchObject({ actors: [], claims: [], funding: [] });
    expect(lines[2].claims).toMatchObject([
      { speaker: 'Arthur Mensch', kind: 'DIRECT', quote: 'Nous recrutons à Paris dès cet automne' },
    ]);
  });
});

describe('on a database', () => {
  test('feeds are added, listed, exported and removed', async () => {
    const { url } = await useTestDatabase();
    const refused = await vigie(['feeds', 'add', 'http://127.0.0.1:1/flux.xml'], {
      env: { DATABASE_URL: url },
    });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/is not at a public address/) });
    const env = { DATABASE_URL: url, VIGIE_ALLOW_HOSTS: '127.0.0.1:1' };
    // Nothing answers there: it is followed all the same, and the user is told.
    const added = await vigie(['feeds', 'add', 'http://127.0.0.1:1/flux.xml', '--outlet', 'Le Phare'], {
      env,
    });
    expect(added).toMatchObject({ code: 0, stdout: 'Following http://127.0.0.1:1/flux.xml (Le Phare).\n' });
    expect(added.stderr).toMatch(/followed all the same/);
    const twice = await vigie(['feeds', 'add', 'http://127.0.0.1:1/flux.xml'], { env });
    expect(twice.code).toBe(1);
    expect(twice.stderr).toMatch(/is followed already/);
    expect((await vigie(['feeds', 'list'], { env })).stdout).toMatch(
      /^new {5}Le Phare {2}http:\/\/127\.0\.0\.1:1\/flux\.xml\n1 feeds/,
    );
    expect((await vigie(['feeds', 'export'], { env })).stdout).toContain(
      'xmlUrl="http://127.0.0.1:1/flux.xml"',
    );
    expect((await vigie(['feeds', 'remove', 'http://127.0.0.1:1/flux.xml'], { env })).code).toBe(0);
    expect((await vigie(['feeds', 'remove', 'http://127.0.0.1:1/flux.xml'], { env })).code).toBe(1);
  });

  test('a list of feeds is imported in the character set that it is in', async () => {
    const { url, db } = await useTestDatabase();
    const file = join(await mkdtemp(join(tmpdir(), 'vigie-opml-')), 'feeds.opml');
    onTestFinished(() => rm(file, { force: true }));
    const outline = '<outline text="Économie" xmlUrl="https://eco.example/rss"/>';
    const opml = `<?xml version="1.0" encoding="ISO-8859-1"?><opml version="2.0"><body>${outline}</body></opml>`;
    await writeFile(file, opml, 'latin1');
    const { stdout } = await vigie(['feeds', 'import', file], { env: { DATABASE_URL: url } });
    expect(stdout).toBe('1 feeds added, 0 followed already.\n');
    expect(await db.feed.findMany()).toMatchObject([{ title: 'Économie' }]);
  });

  test('the successor of a dead feed is turned down, or followed in its place', async () => {
    const { url, db } = await useTestDatabase();
    const env = { DATABASE_URL: url };
    const dead = 'https://phare.example/mort.xml';
    const now = new Date();
    const { id } = await db.feed.create({
      data: { url: dead, title: 'Le Phare', outlet: 'Le Phare', status: 'GONE', nextPollAt: now },
    });
    await db.feedSuccessor.create({
      data: { feedId: id, searchedAt: now, url: 'https://phare.example/un.xml', title: 'Un', foundAt: now },
    });
    expect(await vigie(['feeds', 'dismiss', dead], { env })).toEqual({
      code: 0,
      stdout: `That successor of ${dead} is not proposed again.\n`,
      stderr: '',
    });
    expect(await db.feedSuccessor.findUnique({ where: { feedId: id } })).toMatchObject({
      url: null,
      dismissed: ['https://phare.example/un.xml'],
    });
    await db.feedSuccessor.update({
      where: { feedId: id },
      data: { url: 'https://phare.example/deux.xml', title: 'Deux', foundAt: now },
    });
    expect(await vigie(['feeds', 'adopt', dead], { env })).toEqual({
      code: 0,
      stdout: `Following https://phare.example/deux.xml (Le Phare) in the place of ${dead}.\n`,
      stderr: '',
    });
    expect(await db.feed.findMany()).toMatchObject([
      { id, url: 'https://phare.example/deux.xml', status: 'ACTIVE' },
    ]);
  });

  test('a poll that reaches no feed sums up in one line and does not fail', async () => {
    const { url } = await useTestDatabase();
    const env = { DATABASE_URL: url, VIGIE_ALLOW_HOSTS: '127.0.0.1:1' };
    await vigie(['feeds', 'add', 'http://127.0.0.1:1/flux.xml'], { env });
    const { code, stdout } = await vigie(['poll', '--all'], { env });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 feeds polled in .* 0 new articles, .* 1 failed\n$/);
  });

  test('a token is printed once, and only its hash is kept', async () => {
    const { url, db } = await useTestDatabase();
    const { code, stdout } = await vigie(
      ['token', 'create', 'tableau', '--scopes', 'read,text', '--days', '30'],
      { env: { DATABASE_URL: url } },
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^vigie_[\w-]{43}\n$/);
    const tokens = await db.apiToken.findMany();
    expect(tokens).toMatchObject([{ name: 'tableau', scopes: ['READ', 'TEXT'] }]);
    expect(JSON.stringify(tokens)).not.toContain(stdout.trim());
  });

  test('the register is imported twice with the same result', async () => {
    const { url, db } = await useTestDatabase();
    const file = join(await mkdtemp(join(tmpdir(), 'vigie-csv-')), 'actors.csv');
    onTestFinished(() => rm(file, { force: true }));
    await writeFile(
      file,
      'slug,name,kind,aliases,context,affiliations,wikidata\nphare-calcul,Phare Calcul,COMPANY,~Phare,calcul,,\n',
    );
    const first = await vigie(['actors', 'import', file], { env: { DATABASE_URL: url } });
    expect(first.stderr).toBe('');
    expect(first.stdout).toBe('1 actors created, 0 updated, 0 unchanged.\n');
    expect((await vigie(['actors', 'import', file], { env: { DATABASE_URL: url } })).stdout).toBe(
      '0 actors created, 0 updated, 1 unchanged.\n',
    );
    expect(await db.actor.count()).toBe(1);
  });

  test('doctor says what works, and fails when something does not', async () => {
    const { url } = await useTestDatabase();
    const well = await vigie(['doctor'], { env: { DATABASE_URL: url } });
    expect(well.stdout).toMatch(/✓ database/);
    expect(well.stdout).toMatch(/✓ migrations up to date/);
    expect(well.stdout).toMatch(/✗ feeds/);
    expect(well.code).toBe(1);
    const ill = await vigie(['doctor'], { env: NOWHERE });
    expect(ill.code).toBe(1);
    expect(ill.stdout).toMatch(/✗ database/);
  });
});
