/** What two readings have in common when they say the same. */
import { createHash } from 'node:crypto';
import type { Extraction } from './extraction.ts';

/** A hash of everything that a reading says, the reader's version included: a reader makes the same of the same text. */
export function readingHash(extraction: Extraction): string {
  return createHash('sha256').update(JSON.stringify(extraction)).digest('base64url');
}
