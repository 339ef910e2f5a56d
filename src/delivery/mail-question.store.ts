/** Questions to the owners of mail addresses. They may be somebody who wants none of this, so few are asked. */
import type { Db, Tx } from '#platform/database.ts';

/** Why the owner of an address is not asked. */
export const ASKED_ENOUGH = 'the owner of this address was asked often enough today; try again tomorrow';

/** Questions to one address within a day, whatever becomes of the channels that it is asked for. */
const QUESTIONS_MAX = 3;
const DAY_MS = 86_400_000;
/** First key of the advisory locks; any number no one else uses. */
const LOCK_CLASS = 86_445;

/** Who writes an address in capitals reaches the same mailbox. */
const keyOf = (address: string): string => address.toLowerCase();

const dayBefore = (now: Date): Date => new Date(now.getTime() - DAY_MS);

/** True when the owner of an address has been asked as often as may be within a day. */
export async function isAskedEnough(tx: Tx, address: string, now: Date): Promise<boolean> {
  const where = { address: keyOf(address), askedAt: { gte: dayBefore(now) } };
  return (await tx.mailQuestion.count({ where })) >= QUESTIONS_MAX;
}

/** Counts a question that is about to be asked; its number, or null when it may not be asked. */
export async function countQuestion(db: Db, address: string, now: Date): Promise<bigint | null> {
  return await db.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK_CLASS}::int, hashtext(${keyOf(address)}))`;
    if (await isAskedEnough(tx, address, now)) return null;
    return (await tx.mailQuestion.create({ data: { address: keyOf(address), askedAt: now } })).id;
  });
}

/** Takes back a question that did not get out. */
export async function forgetQuestion(db: Db, id: bigint): Promise<void> {
  await db.mailQuestion.deleteMany({ where: { id } });
}

/** Forgets the questions that count no more. */
export async function pruneQuestions(db: Db, now: Date): Promise<void> {
  await db.mailQuestion.deleteMany({ where: { askedAt: { lt: dayBefore(now) } } });
}
