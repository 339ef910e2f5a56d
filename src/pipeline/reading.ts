/** The reader in use, rebuilt when the register has changed. */
import { loadRegister, loadRegisterVersion } from '#actor/actor.store.ts';
import { createReader } from '#extraction/extract.ts';
import type { Db } from '#platform/database.ts';
import type { Reading } from './ingest-article.ts';

/**
 * Gives the current reading; only a change of the register costs more than asking Postgres for its version. A reading of the
 * version `least` or a later one is given without asking, where there is one.
 */
export function createReadingSource(db: Db): (least?: bigint) => Promise<Reading> {
  let current: Promise<Reading> | null = null;
  let version = -1n;
  return async (least) => {
    if (current !== null && least !== undefined && version >= least) return await current;
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
