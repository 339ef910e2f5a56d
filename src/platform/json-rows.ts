/** Rows as one parameter of one statement, to be taken apart by `json_to_recordset`. */

/**
 * Writes rows as JSON that Postgres takes. Half a surrogate pair and U+0000, which it does not, become U+FFFD, as they do (or
 * fail) in a plain text parameter.
 */
export function jsonRows(rows: readonly object[]): string {
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value,
  );
}
