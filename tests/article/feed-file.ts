/** Feeds kept as files, because their bytes matter. */
import { readFileSync } from 'node:fs';
import { parseFeed } from '#article/parse.ts';

const FOLDER = new URL('./feeds/', import.meta.url);
/** Where the files pretend to have been found. */
export const FEED_URL = 'https://feeds.example/a/feed.xml';
export const NOW = new Date('2026-04-01T00:00:00Z');

/** The bytes of a file. */
export function bytesOf(name: string): Uint8Array {
  return readFileSync(new URL(name, FOLDER));
}

/** A file parsed and as plain data, dates as ISO strings, so that tables can say what they expect of it. */
export function parsedFile(name: string, contentType: string | null = null): unknown {
  return JSON.parse(JSON.stringify(parseFeed(bytesOf(name), contentType, { url: FEED_URL, now: NOW })));
}
