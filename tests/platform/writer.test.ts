import { expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';

async function useTable() {
  const database = await useTestDatabase();
  await database.pool.query('create table note (text text primary key)');
  const notes = async (): Promise<string[]> =>
    (await database.pool.query<{ text: string }>('select text from note order by text')).rows.map(
      ({ text }) => text,
    );
  return { ...database, notes };
}

test('statements sent together run in their order and are committed together', async () => {
  const { write, notes } = await useTable();
  const counts = await write((tx) =>
    Promise.all([
      tx.$executeRaw`insert into note values ('a'), ('b')`,
      tx.$queryRaw`select count(*) as count from note`,
      tx.$executeRaw`delete from note where text = ${'a'}`,
    ]),
  );
  expect(counts).toEqual([2, [{ count: 2n }], 1]);
  expect(await notes()).toEqual(['b']);
});

test('a failure of the work takes everything back', async () => {
  const { write, notes } = await useTable();
  const work = write(async (tx) => {
    await tx.$executeRaw`insert into note values ('a')`;
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  expect(await notes()).toEqual([]);
});

test('a statement that fails takes everything back, even if nobody looks at its failure', async () => {
  const { write, notes } = await useTable();
  const work = write(async (tx) => {
    await tx.$executeRaw`insert into note values ('a')`;
    await tx.$executeRaw`insert into note values ('a')`.catch(() => {});
  });
  await expect(work).rejects.toThrow('duplicate key');
  expect(await notes()).toEqual([]);
  await write((tx) => tx.$executeRaw`insert into note values ('b')`);
  expect(await notes()).toEqual(['b']);
});

test('a value that cannot be sent takes everything back, even if nobody looks at it, and costs no later transaction', async () => {
  const { write, notes } = await useTable();
  const note = (value: unknown) => write((tx) => tx.$executeRaw`insert into note values (${value})`);
  await note('a');
  const work = write(async (tx) => {
    await tx.$executeRaw`insert into note values (${'b'})`;
    await tx.$executeRaw`insert into note values (${{ count: 1n }})`.catch(() => {});
  });
  await expect(work).rejects.toThrow('serialize a BigInt');
  expect(await notes()).toEqual(['a']);
  await note('c');
  expect(await notes()).toEqual(['a', 'c']);
});

test('nothing is written behind a transaction that has failed', async () => {
  const { write, notes } = await useTable();
  const failed = Promise.withResolvers<void>();
  let late: Promise<unknown> = Promise.resolve();
  const work = write(async (tx) => {
    late = failed.promise.then(() => tx.$executeRaw`insert into note values ('late')`);
    await Promise.all([late, tx.$executeRaw`select 1 / 0`]);
  });
  await expect(work).rejects.toThrow('division by zero');
  failed.resolve();
  await expect(late).rejects.toThrow('the transaction has ended');
  expect(await notes()).toEqual([]);
});

test('transactions of a process run one after another, and one whose connection is cut costs no other', async () => {
  const { write, pool, notes } = await useTable();
  const order: string[] = [];
  const note = (name: string) =>
    write(async (tx) => {
      order.push(`${name} begins`);
      await tx.$executeRaw`insert into note values (${name})`;
      await tx.$queryRaw`select pg_sleep(0)`;
      order.push(`${name} ends`);
    });
  const cut = write(async (tx) => {
    const [{ id }] = await tx.$queryRaw<[{ id: number }]>`select pg_backend_pid() as id`;
    await pool.query('select pg_terminate_backend($1)', [id]);
    await tx.$executeRaw`insert into note values ('cut')`;
  });
  const [a, b, c] = await Promise.allSettled([note('a'), cut, note('b')]);
  expect([a.status, b.status, c.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(await notes()).toEqual(['a', 'b']);
});
