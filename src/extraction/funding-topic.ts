/**
 * Who receives where nothing around the sum says so: whom the article is about, unless the sum has another end or no single
 * receiver.
 */
import { compareDecimals } from '#text/numbers.ts';
import type { ReadActor } from './extraction.ts';
import { hasDestination } from './funding-give-recipient.ts';
import type { Clause, Parties } from './funding-links.ts';
import { findSubject } from './funding-parties.ts';
import { isVenture } from './funding-scene.ts';

/** Beyond these a sum is told for a country or a building site; the first where public money is spoken of. */
const PUBLIC_LIMIT = '50000000';
const LIMIT = '500000000';

/** Whom the article is about, as the receiver of a sum that names none; null where the sum may well have none. */
export function recipientByTopic(clause: Clause, { investors, state }: Parties): ReadActor | null {
  const { scene, page, amount, verdict } = clause;
  const { main } = scene;
  if (!main || !isVenture(main) || scene.payers.has(main.ref)) return null;
  if (
    scene.civic
      ? !scene.title.mentions.some((m) => m.actor.ref === main.ref)
      : !scene.sure && hasRival(clause, main)
  )
    return null;
  if (verdict.type === 'PLAN' || verdict.type === 'BUY' || verdict.cue === null) return null;
  const received = verdict.type === 'RAISE' || verdict.type === 'DEBT';
  if ((investors.length === 0 && !received) || investors.some((i) => i.actor.ref === main.ref)) return null;
  if (compareDecimals(amount.amount.amount, state || scene.civic ? PUBLIC_LIMIT : LIMIT) >= 0) return null;
  if (hasDestination(clause, true)) return null;
  if (turnsToAnother(clause, main)) return null;
  const subject = findSubject(page, amount.from, page.sentences[amount.sentence]!.from, () => true);
  return subject?.kind === 'CROWD' ? null : main;
}

/** True where another venture is named as often: the text may be about that one. */
function hasRival({ scene }: Clause, main: ReadActor): boolean {
  const often = scene.frequency.get(main.ref) ?? 0;
  return [...scene.title.mentions, ...scene.text.mentions].some(
    ({ actor }) =>
      actor.ref !== main.ref &&
      isVenture(actor) &&
      !scene.backers.has(actor.ref) &&
      (scene.frequency.get(actor.ref) ?? 0) >= often,
  );
}

/** True where the paragraph, or the sentence before, names another venture after the one that the article is about. */
function turnsToAnother({ scene, page, amount }: Clause, main: ReadActor): boolean {
  const { line } = page.sentences[amount.sentence]!;
  for (let k = page.mentions.length - 1; k >= 0; k--) {
    const { from, actor } = page.mentions[k]!;
    if (from >= amount.from) continue;
    const s = page.sentenceOf[from]!;
    if (actor.ref === main.ref || (page.sentences[s]!.line !== line && s < amount.sentence - 1)) return false;
    if (isVenture(actor) && !scene.backers.has(actor.ref) && !scene.payers.has(actor.ref)) return true;
  }
  return false;
}
