/** Cursors of the match log: opaque to clients, a sequence number to us. */

/** What stands before the number, before it is encoded. */
export const CURSOR_PREFIX = 'm1:';

/** The cursor that stands behind the match with this sequence number. */
export function formatCursor(seq: bigint): string {
  return Buffer.from(`${CURSOR_PREFIX}${seq}`).toString('base64url');
}

/** The sequence number of a cursor; null when it is none of ours. */
export function parseCursor(cursor: string): bigint | null {
  if (cursor.length > 64) return null;
  const match = /^m1:(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  return match?.[1] === undefined ? null : BigInt(match[1]);
}
