/**
 * Keys of what a story can tell of an actor: that it is named, that it said this, that it raised that. A story tells each
 * once; what it has told stands in `AlertedFact`, and whoever tells it again alerts nobody.
 */

/** The story names the actor. */
export const MENTION_FACT = 'mention';

/** The actor said this; the fingerprint is the claim's. */
export const claimFact = (fingerprint: string): string => `claim:${fingerprint}`;

/** This was said of the actor. */
export const aboutFact = (fingerprint: string): string => `about:${fingerprint}`;

/** The actor raises money: a funding event, in a status. */
export const raisingFact = (event: number, status: string): string => `raising:${event}:${status}`;

/** The actor gives money. */
export const investingFact = (event: number, status: string): string => `investing:${event}:${status}`;

/** True for a fact about money, which is told once and for all; other facts are told once in each story. */
export const isOfMoney = (fact: string): boolean =>
  fact.startsWith('raising:') || fact.startsWith('investing:');
