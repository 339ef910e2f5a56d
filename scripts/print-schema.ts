/** Writes `schema.graphql` from the code. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printVigieSchema } from '#server/schema.ts';

await writeFile(join(import.meta.dirname, '..', 'schema.graphql'), printVigieSchema());
