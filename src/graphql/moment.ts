/** Years of four digits, from 1 on: what Postgres and ISO 8601 write alike. */
const [FIRST, LAST] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/** True for milliseconds since 1970 that are a moment which can be stored and shown. */
export const isMoment = (time: number): boolean => time >= FIRST && time <= LAST;
