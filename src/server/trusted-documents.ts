/**
 * Trusted documents: where the operator knows every client, only what those clients ask is executed. A client sends the
 * document as it stands in the manifest, or only its hash in `extensions.persistedQuery.sha256Hash`.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { GraphQLError } from 'graphql';
import { z } from 'zod';

export interface TrustedDocuments {
  /** The document of this id or SHA-256; undefined when there is none. */
  find(id: string): string | undefined;
  /** True for a document as it stands in the manifest. */
  has(document: string): boolean;
}

/** The manifest cannot be used; the message says why. */
export class TrustedDocumentsError extends Error {
  override readonly name = 'TrustedDocumentsError';
}

/** Relay and graphql-codegen write ids to documents; Apollo writes a list. */
const Manifest = z.union([
  z.object({ operations: z.array(z.object({ id: z.string(), body: z.string() })) }),
  z.record(z.string(), z.string()),
]);

const hashOf = (document: string): string => createHash('sha256').update(document).digest('hex');

async function readManifest(file: string): Promise<[id: string, document: string][]> {
  const parsed = Manifest.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) {
    throw new Error('neither {"id": "document"} nor {"operations": [{"id", "body"}]}');
  }
  const { data } = parsed;
  return 'operations' in data && Array.isArray(data.operations)
    ? data.operations.map(({ id, body }) => [id, body])
    : Object.entries(data as Record<string, string>);
}

async function readFolder(folder: string): Promise<[id: string, document: string][]> {
  const names = (await readdir(folder)).filter((name) => ['.graphql', '.gql'].includes(extname(name)));
  return await Promise.all(
    names.sort().map(async (name): Promise<[string, string]> => {
      const document = await readFile(join(folder, name), 'utf8');
      return [hashOf(document), document];
    }),
  );
}

/** Reads a manifest (`.json`) or the documents of a folder (`*.graphql`, one each); throws `TrustedDocumentsError`. */
export async function loadTrustedDocuments(path: string): Promise<TrustedDocuments> {
  try {
    const entries = (await stat(path)).isDirectory() ? await readFolder(path) : await readManifest(path);
    if (entries.length === 0) throw new Error('it holds no document');
    const byId = new Map([
      ...entries,
      ...entries.map(([, document]) => [hashOf(document), document] as const),
    ]);
    const documents = new Set(byId.values());
    return { find: (id) => byId.get(id), has: (document) => documents.has(document) };
  } catch (error) {
    throw new TrustedDocumentsError(
      `trusted documents: ${path} cannot be used: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    );
  }
}

/** How any other document looks in an answer. */
export const untrusted = (): GraphQLError =>
  new GraphQLError('only the documents that the operator has listed are executed here', {
    extensions: { code: 'DOCUMENT_NOT_TRUSTED', http: { status: 403 } },
  });
