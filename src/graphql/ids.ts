/** Global ids: what `node(id:)` takes. Opaque to clients; the type and the row's key to us. */

/** Ids that one request may ask for at a time. */
export const IDS_MAX = 100;

const ID_LENGTH_MAX = 200;
const INT4_MAX = 2_147_483_647;
const INT8_MAX = 9_223_372_036_854_775_807n;

/** Type and key of a global id; null when it is none of ours. */
export function decodeGlobalId(globalId: string): { typename: string; id: string } | null {
  if (globalId.length > ID_LENGTH_MAX) return null;
  const match = /^([A-Z][A-Za-z]*):(\d{1,19})$/.exec(Buffer.from(globalId, 'base64').toString('utf8'));
  return match === null ? null : { typename: match[1]!, id: match[2]! };
}

/** The global id of a row. */
export function encodeGlobalId(typename: string, id: number | bigint): string {
  return Buffer.from(`${typename}:${id}`).toString('base64');
}

/** The key of a row of `typename`; null when the id is of another type or of none. */
export function decodeRowId(globalId: string, typename: string): number | null {
  const decoded = decodeGlobalId(globalId);
  return decoded?.typename === typename ? rowIdOf(decoded.id) : null;
}

/** The key as Postgres takes it; 0, which no row has, when it is out of the range of its column. */
export function rowIdOf(id: string): number {
  const value = Number(id);
  return value <= INT4_MAX ? value : 0;
}

/** As `rowIdOf`, for a bigint key. */
export function bigRowIdOf(id: string): bigint {
  const value = BigInt(id);
  return value <= INT8_MAX ? value : 0n;
}
