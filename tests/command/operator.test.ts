/** What the operator does with the stored articles and the actors in them, as typed. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { importActors } from '#actor/actor.store.ts';
import { confirm, listAllCandidates, merge, reject } from '#command/candidates.ts';
import type { CommandContext } from '#command/command.ts';
import { rereadCommand } from '#command/reread.ts';
import { ingestArticle } from '#pipeline/ingest-article.ts';
import { readConfig } from '#platform/config.ts';
import { useTestDatabase } from '../support/database.ts';
import { articleOf, createIngestContext } from '../support/ingest.ts';

const NO_DATABASE = 'postgresql://nobody@127.0.0.1:1/nothing';

/** Runs a command on a database; what it printed on stdout. */
async function run(url: string, command: (context: CommandContext) => Promise<void>): Promise<string> {
  const stdout = new PassThrough();
  const context = {
    stdin: new PassThrough(),
    stdout,
    stderr: new PassThrough(),
    signal: new AbortController().signal,
    config: () => readConfig({ DATABASE_URL: url, VIGIE_LOG_LEVEL: 'silent' }),
  } as unknown as CommandContext;
  await command(context);
  stdout.end();
  return await text(stdout);
}

async function useArticles() {
  const database = await useTestDatabase();
  const context = await createIngestContext(database);
  const texts = [
    'La start-up Tramontane Robotics, fondée à Toulouse, prépare un bras articulé pour les vergers.',
    'Dans les chais du Bordelais, la start-up Tramontane Robotics fait goûter ses machines. On en parle.',
    'Le laboratoire Kyutai et la start-up Bise Calcul\u001b[31m partagent un étage.',
  ];
  for (const [index, body] of texts.entries()) {
    await ingestArticle(
      context,
      articleOf({
        url: `https://semaphore.example/${index}`,
        title: `Brève ${index + 1}`,
        text: body,
        publishedAt: new Date(`2026-03-0${index + 1}T08:00:00Z`),
      }),
    );
  }
  return database;
}

const FLAGS = { minArticles: '1', limit: '50' };

describe('vigie candidates', () => {
  test('lists who waits for a decision, with a sentence, and takes the decisions', async () => {
    const { url, db } = await useArticles();
    const listed = await run(url, (context) => listAllCandidates(context, FLAGS));
    expect(listed).toBe(
      '    2  2026-03-02  company       tramontane-robotics  Tramontane Robotics\n' +
        '       Le Sémaphore: Dans les chais du Bordelais, la start-up Tramontane Robotics fait goûter ses machines.\n' +
        '    1  2026-03-03  company       bise-calcul          Bise Calcul\n' +
        '       Le Sémaphore: Le laboratoire Kyutai et la start-up Bise Calcul\ufffd[31m partagent un étage.\n' +
        '2 candidates\n',
    );
    expect(
      await run(url, (context) =>
        listAllCandidates(context, { minArticles: '2', limit: '1', kind: 'company' }),
      ),
    ).toMatch(/tramontane-robotics.*\n.*\n1 candidate\n$/);
    expect(await run(url, (context) => listAllCandidates(context, { ...FLAGS, limit: '1' }))).toMatch(
      /\n2 candidates, the first 1 shown\n$/,
    );
    expect(
      await run(url, (context) =>
        confirm(context, 'tramontane-robotics', { name: 'Tramontane', kind: 'lab' }),
      ),
    ).toMatch(/is a member of the register/);
    expect(await run(url, (context) => merge(context, 'bise-calcul', 'kyutai'))).toMatch(
      /is another name of "kyutai"/,
    );
    expect(await run(url, (context) => listAllCandidates(context, FLAGS))).toBe('0 candidates\n');
    expect(
      await db.actor.findMany({
        where: { slug: { in: ['tramontane-robotics', 'bise-calcul'] } },
        orderBy: { slug: 'asc' },
        select: { name: true, kind: true, status: true, mergedInto: { select: { slug: true } } },
      }),
    ).toEqual([
      { name: 'Bise Calcul', kind: 'COMPANY', status: 'CANDIDATE', mergedInto: { slug: 'kyutai' } },
      { name: 'Tramontane', kind: 'LAB', status: 'CONFIRMED', mergedInto: null },
    ]);
  });

  test('rejects several at once', async () => {
    const { url, db } = await useArticles();
    const told = await run(url, (context) => reject(context, ['tramontane-robotics', 'bise-calcul']));
    expect(told.split('\n')).toHaveLength(3);
    expect(await db.actor.count({ where: { status: 'REJECTED' } })).toBe(2);
  });

  test.each<[string, (context: CommandContext) => Promise<void>, RegExp]>([
    [
      'an unknown slug',
      (context) => confirm(context, 'personne', {}),
      /^candidates: no actor has the slug "personne"$/,
    ],
    [
      'a member to reject',
      (context) => reject(context, ['kyutai']),
      /^candidates: "kyutai" is a member of the register$/,
    ],
    [
      'a merge into a candidate',
      (context) => merge(context, 'kyutai', 'bise-calcul'),
      /^candidates: "bise-calcul" is no member/,
    ],
  ])('%s is one clear line', async (_what, command, message) => {
    const { url } = await useArticles();
    await expect(run(url, command)).rejects.toThrow(message);
  });

  test.each<[string, (context: CommandContext) => Promise<void>, RegExp]>([
    [
      '--kind',
      (context) => listAllCandidates(context, { ...FLAGS, kind: 'VENT' }),
      /^candidates: no kind is called "VENT"/,
    ],
    [
      '--min-articles',
      (context) => listAllCandidates(context, { ...FLAGS, minArticles: '0' }),
      /^candidates: --min-articles takes/,
    ],
    [
      '--limit',
      (context) => listAllCandidates(context, { ...FLAGS, limit: '1e9' }),
      /^candidates: --limit takes/,
    ],
    [
      '--name',
      (context) => confirm(context, 'bise-calcul', { name: ' ' }),
      /^candidates: name: a name is needed/,
    ],
    [
      '--since',
      (context) => rereadCommand(context, { since: 'hier', alertDays: '0' }),
      /^reread: --since takes a date/,
    ],
    [
      '--since',
      (context) => rereadCommand(context, { since: '2026-13-45', alertDays: '0' }),
      /^reread: --since takes a date/,
    ],
    ['--alert-days', (context) => rereadCommand(context, { alertDays: '-1' }), /^reread: --alert-days takes/],
    [
      '--alert-days',
      (context) => rereadCommand(context, { alertDays: '1.5' }),
      /^reread: --alert-days takes/,
    ],
  ])('a senseless %s is said before the database is opened', async (_option, command, message) => {
    await expect(run(NO_DATABASE, command)).rejects.toThrow(message);
  });
});

describe('vigie reread', () => {
  test('sums up in one line what it did, and has nothing to do the next time', async () => {
    const { url, db } = await useArticles();
    await importActors(db, [
      {
        slug: 'chais',
        name: 'Chais',
        kind: 'COMPANY',
        aliases: [{ text: 'bras articulé', ambiguous: false }],
        affiliations: [],
        context: [],
        wikidata: null,
      },
    ]);
    expect(await run(url, (context) => rereadCommand(context, { alertDays: '0', dryRun: true }))).toMatch(
      /^3 articles would be read again in [\d.]+ s, 1 would change: mentions \+1, claims ±0, funding reports ±0, 0 matches\n$/,
    );
    expect(
      await run(url, (context) => rereadCommand(context, { alertDays: '0', since: '2026-03-02' })),
    ).toMatch(/^2 articles read again in [\d.]+ s, 0 changed: mentions ±0, /);
    expect(await run(url, (context) => rereadCommand(context, { alertDays: '3650' }))).toMatch(
      /^1 articles read again in [\d.]+ s, 1 changed: mentions \+1, .*, 1 matches\n$/,
    );
    expect(await run(url, (context) => rereadCommand(context, { alertDays: '0' }))).toBe(
      'Every article is up to date. Read them again all the same with --all.\n',
    );
  });

  test('fails when an article could not be read again, and says how many', async () => {
    const { url, db, pool } = await useArticles();
    await db.article.updateMany({ data: { reader: '0', readingHash: null } });
    await pool.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
      create trigger refuse before insert on mention for each row when (new.article_id = 2) execute function refuse()`);
    await expect(run(url, (context) => rereadCommand(context, { alertDays: '0' }))).rejects.toThrow(
      /^reread: 1 articles failed/,
    );
    expect(await db.article.count({ where: { reader: '0' } })).toBe(1);
  });
});

describe('the program', () => {
  test('hands the options and arguments of these commands on', async () => {
    const { url } = await useArticles();
    const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
    const vigie = async (...args: string[]): Promise<string> => {
      const child = execFile(process.execPath, [main, ...args], { env: { DATABASE_URL: url } });
      const [stdout] = await Promise.all([
        text(child.stdout!),
        new Promise((done) => child.once('exit', done)),
      ]);
      return stdout;
    };
    expect(await vigie('candidates', 'list', '--limit', '1', '--kind', 'company')).toMatch(
      /2 candidates, the first 1 shown\n$/,
    );
    expect(await vigie('candidates', 'reject', 'bise-calcul')).toMatch(/^"bise-calcul" is no actor/);
    expect(await vigie('candidates', 'confirm', 'tramontane-robotics', '--name', 'Tramontane')).toMatch(
      /is a member/,
    );
    expect(await vigie('candidates', 'merge', 'tramontane-robotics', 'kyutai')).toMatch(
      /another name of "kyutai"/,
    );
    expect(await vigie('reread', '--dry-run', '--outlet', 'Le Sémaphore', '--since', '2026-03-02')).toMatch(
      /^2 articles would be read again/,
    );
  });
});
