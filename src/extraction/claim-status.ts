/** Whether a claim is asserted, put in the press's conditional, or denied. */
import { isConditional } from '#text/conjugation.ts';
import type { ClaimStatus } from './extraction.ts';
import type { Report } from './reporting.ts';

/** Words of an indirect claim in which its main verb is sought. */
const MAIN_VERB_REACH = 25;

/** "aurait levé", "serait en discussion": what the press has not checked, whoever it lends it to. */
const UNCHECKED = /^(?:aurait|auraient|serait|seraient)$/;

/**
 * The status of a claim: what the reporting verb denies is DENIED; a verb of speech in the conditional ("aurait
 * déclaré") or a reported clause in it ("selon X, la société vaudrait") makes it CONDITIONAL. After "que" only "aurait"
 * and "serait" do: "a dit qu'il viendrait" is a future, "estime que l'IA pourrait" the speaker's own caution. So is the
 * conditional within a direct quotation.
 */
export function claimStatus(
  report: Report | null,
  kind: 'DIRECT' | 'INDIRECT',
  words: readonly string[],
  subordinate: boolean,
): ClaimStatus {
  if (report?.denied) return 'DENIED';
  if (report?.conditional) return 'CONDITIONAL';
  if (kind === 'DIRECT') return 'ASSERTED';
  const unchecked = subordinate ? (word: string): boolean => UNCHECKED.test(word) : isConditional;
  if (subordinate && report?.past)
    return words.some(
      (word, i) => UNCHECKED.test(word) && i < MAIN_VERB_REACH && PARTICIPLE.test(words[i + 1] ?? ''),
    )
      ? 'CONDITIONAL'
      : 'ASSERTED';
  return words.slice(0, MAIN_VERB_REACH).some(unchecked) ? 'CONDITIONAL' : 'ASSERTED';
}

const PARTICIPLE = /(?:é|ée|és|ées|i|is|it|u|us|ert|été)$/;
