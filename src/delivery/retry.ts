/** When a message that could not be delivered is tried again, and when that ends. */

/** Seconds to wait after the first failure, the second and so on; the last counts for all that follow. */
const WAITS: readonly number[] = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800];
/** Share by which a wait is made longer or shorter, so that many channels of one broken host do not come back at once. */
const JITTER = 0.2;
/** What fails for so long is given up. */
export const GIVE_UP_MS = 3 * 86_400_000;

/** How one attempt ended. */
export type AttemptResult =
  | { readonly outcome: 'DELIVERED'; readonly status: number | null }
  | {
      readonly outcome: 'FAILED';
      readonly status: number | null;
      /** In plain words, for the owner of the channel. */
      readonly problem: string;
      /** What the other side asks us to wait; null when it does not say. */
      readonly retryAfterSeconds: number | null;
      /** True when no further attempt can help: the target is gone, or the address unknown. */
      readonly final: boolean;
    };

export type Failure = Extract<AttemptResult, { outcome: 'FAILED' }>;

/** What follows from a failure: another attempt, or none and why. */
export type NextStep = { readonly retryAt: Date } | { readonly disable: string };

/**
 * What to do after a failure that ended at `now`. The last attempt is made three days after the first one failed. `failures`
 * counts those before this one; `random` is 0 to 1.
 */
export function decideRetry(
  failure: Pick<Failure, 'problem' | 'retryAfterSeconds' | 'final'>,
  state: {
    readonly failingSince: Date | null;
    readonly failures: number;
    readonly now: Date;
    readonly random: number;
  },
): NextStep {
  const { failingSince, failures, now, random } = state;
  if (failure.final) return { disable: failure.problem };
  const end = (failingSince ?? now).getTime() + GIVE_UP_MS;
  if (now.getTime() >= end) return { disable: `failed for three days; at last: ${failure.problem}` };
  const wait = WAITS[Math.min(failures, WAITS.length - 1)]! * (1 + JITTER * (2 * random - 1));
  const at = now.getTime() + Math.max(wait, failure.retryAfterSeconds ?? 0) * 1_000;
  return { retryAt: new Date(Math.min(at, end)) };
}
