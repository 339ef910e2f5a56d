/** `vigie migrate`: the database brought to the current data model. */
import { openConfiguredDatabase } from '#platform/open.ts';
import type { CommandContext } from './command.ts';

/** Opening migrates; this says what was done. */
export async function migrateCommand(context: CommandContext): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  context.stdout.write(
    database.applied.length === 0
      ? 'The database is up to date.\n'
      : `Applied ${database.applied.length} migration${database.applied.length > 1 ? 's' : ''}: ${database.applied.join(', ')}\n`,
  );
}
