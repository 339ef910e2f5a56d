/** A reading in words: what `vigie read --explain` says beside and below a text, whatever it is shown on. */
import { ACTOR_KINDS, type ActorKind } from '#actor/actor.ts';
import type {
  Extraction,
  Field,
  FundingKind,
  Money,
  ReadActor,
  ReadAffiliation,
  ReadableArticle,
  ReadClaim,
  ReadFunding,
  ReadMention,
} from './extraction.ts';

/** A marked place of an article, and what was read there. */
export type ReadMark =
  | { readonly type: 'MENTION'; readonly start: number; readonly end: number; readonly mention: ReadMention }
  | {
      readonly type: 'CLAIM';
      readonly start: number;
      readonly end: number;
      readonly claim: ReadClaim;
      /** `c1`: ties the place to the list. */
      readonly tag: string;
    }
  | {
      readonly type: 'MONEY';
      readonly start: number;
      readonly end: number;
      readonly report: ReadFunding;
      /** `f1`. */
      readonly tag: string;
    };

/** One article and what was read of it. */
export interface ReadingToExplain {
  readonly article: ReadableArticle;
  readonly extraction: Extraction;
}

export const tagOfClaim = (index: number): string => `c${index + 1}`;
export const tagOfFunding = (index: number): string => `f${index + 1}`;

/** Everything that was read in one field. */
export function marksOf({ mentions, claims, funding }: Extraction, field: Field): ReadMark[] {
  const here = <T extends { readonly field: Field }>({ field: other }: T): boolean => other === field;
  const place = ({ start, end }: { readonly start: number; readonly end: number }) => ({ start, end });
  return [
    ...claims.map((claim, index): ReadMark & { field: Field } => ({
      type: 'CLAIM',
      field: claim.field,
      ...place(claim),
      claim,
      tag: tagOfClaim(index),
    })),
    ...funding.map((report, index): ReadMark & { field: Field } => ({
      type: 'MONEY',
      field: report.field,
      ...place(report),
      report,
      tag: tagOfFunding(index),
    })),
    ...mentions.map((mention): ReadMark & { field: Field } => ({
      type: 'MENTION',
      field: mention.field,
      ...place(mention),
      mention,
    })),
  ].filter(here);
}

/** What the kinds of actors are called. */
export const KIND_WORDS: Record<ActorKind, { readonly one: string; readonly many: string }> = {
  PERSON: { one: 'person', many: 'People' },
  COMPANY: { one: 'company', many: 'Companies' },
  LAB: { one: 'lab', many: 'Labs' },
  INVESTOR: { one: 'investor', many: 'Investors' },
  GOVERNMENT: { one: 'government', many: 'Government' },
  ORGANIZATION: { one: 'organisation', many: 'Organisations' },
};

/** One actor of the list. */
export interface ExplainedActor {
  readonly actor: ReadActor;
  /** How often it is named. */
  readonly mentions: number;
  /** The different spellings, the first first. */
  readonly surfaces: readonly string[];
}

/** The actors by kind, each kind's by how often they are named. */
export function groupActors({
  actors,
  mentions,
}: Extraction): { readonly kind: ActorKind; readonly title: string; readonly actors: ExplainedActor[] }[] {
  const byActor = Map.groupBy(mentions, ({ actor }) => actor);
  const explained = actors.map((actor): ExplainedActor => {
    const own = byActor.get(actor.ref) ?? [];
    return { actor, mentions: own.length, surfaces: [...new Set(own.map(({ surface }) => surface))] };
  });
  const byKind = Map.groupBy(explained, ({ actor }) => actor.kind);
  return ACTOR_KINDS.flatMap((kind) => {
    const group = byKind.get(kind);
    return group === undefined
      ? []
      : [{ kind, title: KIND_WORDS[kind].many, actors: group.toSorted((a, b) => b.mentions - a.mentions) }];
  });
}

export const percent = (confidence: number): string => `${Math.round(confidence * 100)}%`;

const FUNDING_WORDS: Record<FundingKind, string> = {
  SEED: 'seed round',
  SERIES_A: 'series A',
  SERIES_B: 'series B',
  SERIES_C: 'series C',
  SERIES_D_PLUS: 'series D or later',
  GROWTH: 'growth round',
  ROUND: 'round',
  GRANT: 'grant',
  PUBLIC_PLAN: 'public plan',
  ENDOWMENT: 'endowment',
  DEBT: 'debt',
  ACQUISITION: 'acquisition',
  INVESTMENT: 'investment',
};

const COMPACT = { notation: 'compact', maximumFractionDigits: 2 } as const;

/** An amount as a person says it: `€105M`, `$1.03B`. */
export function formatMoney({ amount, currency }: Money): string {
  const options = { style: 'currency', currency, ...COMPACT } as const;
  return new Intl.NumberFormat('en', options).format(Number(amount));
}

const BOUNDS: Record<ReadFunding['precision'], string> = {
  EXACT: '',
  ABOUT: 'about ',
  AT_LEAST: 'at least ',
  AT_MOST: 'at most ',
};

/** Who an actor of the extraction is; a reference that leads nowhere is said so. */
export const nameOf = ({ actors }: Extraction, ref: number): string => actors[ref]?.name ?? `actor ${ref}`;

/** An actor in a phrase: `Mistral AI, company, 98%`. */
export function describeActor({ name, kind, slug, confidence }: ReadActor): string {
  const known = slug === null ? ', not in the register' : '';
  return `${name}, ${KIND_WORDS[kind].one}${known}, ${percent(confidence)}`;
}

/** Who says it. */
export function speakerOf(claim: ReadClaim, extraction: Extraction): string {
  if (claim.speaker !== null) return nameOf(extraction, claim.speaker);
  return claim.speakerName ?? 'no speaker named';
}

/** What kind of claim: `direct quotation, asserted, by « explique »`. */
export function describeClaim(claim: ReadClaim, extraction: Extraction): string {
  return [
    claim.kind === 'DIRECT' ? 'direct quotation' : 'reported speech',
    claim.status.toLowerCase(),
    ...(claim.verb === null ? [] : [`by “${claim.verb}”`]),
    ...(claim.about.length === 0
      ? []
      : [`about ${claim.about.map((ref) => nameOf(extraction, ref)).join(', ')}`]),
    ...(claim.topics.length === 0 ? [] : [`on ${claim.topics.slice(0, 5).join(', ')}`]),
    percent(claim.confidence),
  ].join(' · ');
}

/** Who got how much: `Mistral AI: €600M`. */
export function headlineFunding(report: ReadFunding, extraction: Extraction): string {
  const recipient = report.recipient === null ? 'no recipient named' : nameOf(extraction, report.recipient);
  return `${recipient}: ${BOUNDS[report.precision]}${formatMoney(report.money)}`;
}

/** What kind of funding, and from whom. */
export function describeFunding(report: ReadFunding, extraction: Extraction): string {
  const { kind, status, investors, valuation, date, cumulative, confidence } = report;
  const from = investors.map(({ actor, lead }) => `${nameOf(extraction, actor)}${lead ? ' (lead)' : ''}`);
  const basis = valuation?.basis ? ` ${valuation.basis.toLowerCase()}-money` : '';
  return [
    FUNDING_WORDS[kind],
    status.toLowerCase(),
    ...(cumulative ? ['all rounds together'] : []),
    ...(from.length === 0 ? [] : [`from ${from.join(', ')}`]),
    ...(valuation === null ? [] : [`valued at ${formatMoney(valuation)}${basis}`]),
    ...(date === null ? [] : [`dated ${date}`]),
    percent(confidence),
  ].join(' · ');
}

/** A tie: `Arthur Mensch, PDG of Mistral AI`. */
export function describeAffiliation(affiliation: ReadAffiliation, extraction: Extraction): string {
  const { person, organization, role, former } = affiliation;
  const what = `${former ? 'formerly ' : ''}${role}`;
  return `${nameOf(extraction, person)}, ${what} of ${nameOf(extraction, organization)}`;
}

/** What a marked place means, in a line. */
export function describeMark(mark: ReadMark, extraction: Extraction): string {
  if (mark.type === 'MENTION') {
    const actor = extraction.actors[mark.mention.actor];
    return actor === undefined ? 'an actor' : describeActor(actor);
  }
  if (mark.type === 'CLAIM') {
    return `${mark.tag}: ${speakerOf(mark.claim, extraction)} · ${describeClaim(mark.claim, extraction)}`;
  }
  const { report, tag } = mark;
  return `${tag}: ${headlineFunding(report, extraction)} · ${describeFunding(report, extraction)}`;
}
