/**
 * What the same words have in common wherever they are printed, so that a quotation in several outlets is one claim.
 *
 * Case, accents, ligatures, typography, numbers' spaces, "[…]" and a leading "que" or "de" make no difference, nor does an
 * incise within the marks ("A, explique X, B" is "A, B"). Past the sixteenth word nothing counts, so a quotation cut
 * short further on is still the same. Not recognised: one cut before that, one that begins elsewhere, another
 * translation, and an incise whose verb is not one of speech. Short quotations of different people may be the same
 * words ("C'est faux"): compare speakers too.
 */
import { createHash } from 'node:crypto';
import { type ClaimToken, readTokens } from '#extraction/claim-tokens.ts';
import { subjectAfter } from '#extraction/inverted-subject.ts';
import { findReports, type Report } from '#extraction/reporting.ts';
import { fold } from '#text/fold.ts';

/** Words that tell one quotation from another. */
const WORDS_COMPARED = 16;
/** Code units read of a quotation: room for its first words and an incise. */
const READ = 1_500;
/** Tokens an incise may have. */
const LONGEST_INCISE = 25;

/** Where the incise that the verb group begins ends: at the punctuation after its subject, or null when it is none. */
function inciseEnd(tokens: readonly ClaimToken[], report: Report): number | null {
  const before = tokens[report.from - 1];
  if (report.mode !== 'FINITE' || before?.kind !== 'MARK' || !/^[,–—!?…-]$/.test(before.word)) return null;
  const subject = report.pronoun === null ? subjectAfter(tokens, report.to, tokens.length) : null;
  if (report.pronoun === null && !subject?.unknown && subject?.noun?.class !== 'PERSON') return null;
  let end = subject?.to ?? report.to;
  const limit = Math.min(tokens.length, report.to + LONGEST_INCISE);
  while (end < limit && tokens[end]!.kind !== 'MARK') end++;
  // "A, explique X, fondateur de Y. B": the apposition goes too, up to the full stop.
  let stop = end;
  while (stop < limit && !/^[.!?…]$/.test(tokens[stop]!.word)) stop++;
  const next = tokens[end + 1];
  const apposed =
    tokens[end]?.word === ',' && next?.kind === 'WORD' && !next.capital && stop < limit && stop - end < 12;
  return apposed && /^[.]$/.test(tokens[stop]!.word) && stop < tokens.length - 1 ? stop : end;
}

function withoutIncises(quote: string): string {
  const tokens = readTokens(quote, 0, quote.length, [], []);
  let kept = '';
  let at = 0;
  for (const report of findReports(tokens, 0, tokens.length)) {
    const from = tokens[report.from]!.start;
    if (from < at) continue;
    const end = inciseEnd(tokens, report);
    if (end === null) continue;
    kept += quote.slice(at, from);
    at = tokens[end - 1]!.end;
  }
  return kept + quote.slice(at);
}

/** A key that quotations of the same words share; 22 URL-safe characters. */
export function claimFingerprint(quote: string): string {
  const text = fold(withoutIncises(quote.slice(0, READ).normalize('NFC'))).replace(
    /(?<=\d)[\s.](?=\d{3}(?!\d))/g,
    '',
  );
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  let start = 0;
  while (start < words.length - 3 && /^(?:que?|qu|de?)$/.test(words[start]!)) start++;
  const head = words.slice(start, start + WORDS_COMPARED).join(' ');
  return createHash('sha256').update(head).digest('base64url').slice(0, 22);
}
