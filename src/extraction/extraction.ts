/**
 * What a reading says of one article: who is in it, who said what, who raised how much. Plain data, with the span of its
 * evidence for everything. Spans count UTF-16 code units in the stored field, end exclusive, so that
 * `field.slice(start, end)` is the surface.
 */
import type { ActorKind } from '#actor/actor.ts';

/** The article as the reader sees it. */
export interface ReadableArticle {
  readonly title: string;
  /** Plain text; paragraphs separated by line breaks. */
  readonly text: string;
  /** When it came out; dates what it says. Null when unknown. */
  readonly publishedAt: Date | null;
}

export type Field = 'TITLE' | 'TEXT';

/** A place in the stored article. */
export interface Span {
  readonly field: Field;
  readonly start: number;
  readonly end: number;
}

/** Whom a name in the text stands for. */
export interface ReadActor {
  /** Position in `Extraction.actors`; mentions, claims and funding refer to it. */
  readonly ref: number;
  /** Slug in the register; null when the register does not hold the actor (a candidate). */
  readonly slug: string | null;
  readonly name: string;
  readonly kind: ActorKind;
  /** 0 to 1. */
  readonly confidence: number;
}

export interface ReadMention extends Span {
  readonly actor: number;
  readonly surface: string;
  /** 0 to 1. */
  readonly confidence: number;
}

export const CLAIM_KINDS = ['DIRECT', 'INDIRECT'] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];
export const CLAIM_STATUSES = ['ASSERTED', 'CONDITIONAL', 'DENIED'] as const;
export type ClaimStatus = (typeof CLAIM_STATUSES)[number];

export interface ReadClaim extends Span {
  readonly kind: ClaimKind;
  readonly status: ClaimStatus;
  /** The words themselves, without quotation marks. */
  readonly quote: string;
  /** The speaker as the text gives it ("Arthur Mensch", a newspaper); null when there is none. */
  readonly speakerName: string | null;
  /** The speaker in `Extraction.actors`; null when there is none, or it is no actor. */
  readonly speaker: number | null;
  /** The verb or preposition that attributes it ("explique", "selon"); null when nothing does. */
  readonly verb: string | null;
  /** Actors that the claim names. */
  readonly about: readonly number[];
  /** Lower-case topic words, the most telling first. */
  readonly topics: readonly string[];
  /** 0 to 1. */
  readonly confidence: number;
}

export const FUNDING_KINDS = [
  'SEED',
  'SERIES_A',
  'SERIES_B',
  'SERIES_C',
  'SERIES_D_PLUS',
  'GROWTH',
  'ROUND',
  'GRANT',
  'PUBLIC_PLAN',
  'ENDOWMENT',
  'DEBT',
  'ACQUISITION',
  'INVESTMENT',
] as const;
export type FundingKind = (typeof FUNDING_KINDS)[number];
export const FUNDING_STATUSES = ['RUMOURED', 'PLANNED', 'CLOSED'] as const;
export type FundingStatus = (typeof FUNDING_STATUSES)[number];

/** An amount of money: a decimal string in currency units ("105000000") and an ISO 4217 code. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

export interface ReadFunding extends Span {
  readonly kind: FundingKind;
  readonly status: FundingStatus;
  readonly money: Money;
  /** How the text bounds the amount: exactly, about, more than, less than. */
  readonly precision: 'EXACT' | 'ABOUT' | 'AT_LEAST' | 'AT_MOST';
  /** Recipient in `Extraction.actors`; null when the text names none (a national plan). */
  readonly recipient: number | null;
  readonly investors: readonly { readonly actor: number; readonly lead: boolean }[];
  readonly valuation: (Money & { readonly basis: 'PRE' | 'POST' | null }) | null;
  /** ISO 8601 date of the deal (year, month or day precision) when the text gives it. */
  readonly date: string | null;
  /** True for a sum over several rounds ("600 millions levés depuis sa création"): no round of its own. */
  readonly cumulative: boolean;
  /** 0 to 1. */
  readonly confidence: number;
}

/** "Arthur Mensch, cofondateur de Mistral AI": a tie that the text states. */
export interface ReadAffiliation extends Span {
  readonly person: number;
  readonly organization: number;
  readonly role: string;
  /** True for "ancien", "ex-": the tie is over. */
  readonly former: boolean;
}

export interface Extraction {
  /** Version of the reader; a stored reading with another version is read again by `vigie reread`. */
  readonly reader: string;
  readonly actors: readonly ReadActor[];
  readonly mentions: readonly ReadMention[];
  readonly claims: readonly ReadClaim[];
  readonly funding: readonly ReadFunding[];
  readonly affiliations: readonly ReadAffiliation[];
}

/** A reader built on one state of the register. Pure and synchronous; never throws, whatever the text. */
export interface Reader {
  read(article: ReadableArticle): Extraction;
}
