/** `vigie actors import`: the register from a CSV file. */
import { readFile } from 'node:fs/promises';
import { importActors } from '#actor/actor.store.ts';
import { parseRegister } from '#actor/register.ts';
import { openConfiguredDatabase } from '#platform/open.ts';
import { type CommandContext, CommandError } from './command.ts';

/** Creates and updates the actors of the file; the others stay as they are. */
export async function importActorsFile(context: CommandContext, file: string): Promise<void> {
  let csv: string;
  try {
    csv = await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandError(`actors: cannot read ${file}: ${(error as Error).message}`);
  }
  const actors = parseRegister(csv);
  await using database = await openConfiguredDatabase(context.config());
  const { created, updated, unchanged } = await importActors(database.db, actors);
  context.stdout.write(`${created} actors created, ${updated} updated, ${unchanged} unchanged.\n`);
}
