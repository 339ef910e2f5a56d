/** Whether a claim is asserted, put in the press's conditional, or denied. */
import { isConditional } from '#text/conjugation.ts';
import type { ClaimStatus } from './extraction.ts';
import type { Report } from './reporting.ts';

/** Words of an indirect claim in which its main verb is sought. */
const MAIN_VERB_REACH = 25;

/**
 * The status of a claim: what the reporting verb denies is DENIED; a reported clause whose first finite verb is in the
 * conditional ("la société aurait levé"), or a verb of speech that is ("aurait déclaré"), makes it CONDITIONAL. The
 * conditional within a direct quotation is the speaker's own and says nothing.
 */
export function claimStatus(report: Report | null, kind: 'DIRECT' | 'INDIRECT', words: readonly string[]): ClaimStatus {
  if (report?.denied) return 'DENIED';
  if (report?.conditional) return 'CONDITIONAL';
  if (kind === 'DIRECT') return 'ASSERTED';
  return words.slice(0, MAIN_VERB_REACH).some(isConditional) ? 'CONDITIONAL' : 'ASSERTED';
}
