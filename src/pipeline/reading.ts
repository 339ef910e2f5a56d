/** The reader in use, rebuilt when the register has changed. */
import { loadRegister, loadRegisterVersion } from '#actor/actor.store.ts';
import { createReader } from '#extraction/extract.ts';
import type { Db } from '#platform/database.ts';
import type { Reading } from './ingest-article.ts';

/** Gives the current reading; each call asks Postgres for the register's version, and only a change costs more. */
export function createReadingSource(db: Db): () => Promise<Reading> {
  let current: Promise<Reading> | null = null;
  let version = -1n;
  return async () => {
    const latest = await loadRegisterVersion(db);
    if (current === null || latest !== version) {
      version = latest;
      current = loadRegister(db).then((register) => ({ register, reader: createReader(register.actors) }));
      // A failed load is tried again at the next call.
      current.catch(() => {
        version = -1n;
      });
    }
    return await current;
  };
}
