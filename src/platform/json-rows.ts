/** Rows as one parameter of one statement, to be taken apart by `json_to_recordset`. */

/** Half a surrogate pair and U+0000 as JSON.stringify writes them; also where a text spells them out, which does no harm. */
const REFUSED = /\\u(?:0000|d[89a-f])/;

/**
 * Writes rows as JSON that Postgres takes. Half a surrogate pair and U+0000, which it does not, become U+FFFD, as they do (or
 * fail) in a plain text parameter.
 */
export function jsonRows(rows: readonly object[]): string {
  const json = JSON.stringify(rows);
  if (!REFUSED.test(json)) return json;
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value,
  );
}
