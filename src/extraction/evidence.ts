/**
 * How much the words around a name speak for each thing that it may name. Weights add up; two and more convince.
 */
import type { ActorKind } from '#actor/actor.ts';

export interface Evidence {
  PERSON: number;
  COMPANY: number;
  LAB: number;
  INVESTOR: number;
  GOVERNMENT: number;
  ORGANIZATION: number;
  /** For any organisation, whatever its kind. */
  organization: number;
  /** For a product, a place, an event, a title: anything that is no actor. */
  other: number;
}

export function createEvidence(): Evidence {
  return {
    PERSON: 0,
    COMPANY: 0,
    LAB: 0,
    INVESTOR: 0,
    GOVERNMENT: 0,
    ORGANIZATION: 0,
    organization: 0,
    other: 0,
  };
}

const ORGANIZATION_KINDS = ['COMPANY', 'INVESTOR', 'LAB', 'GOVERNMENT', 'ORGANIZATION'] as const;

/** What the evidence says, and how strongly; the weight may be negative. */
export interface Verdict {
  readonly kind: ActorKind;
  readonly weight: number;
}

/** A full name stands against more: "un rapport de Sandrine Dumont" names a person all the same. */
const FULL_NAME = 0.6;

/** Weighs person against organisation, less what speaks for neither. An organisation of no certain kind is a company. */
export function weigh(evidence: Evidence): Verdict {
  let kind: ActorKind = 'COMPANY';
  for (const other of ORGANIZATION_KINDS) if (evidence[other] > evidence[kind]) kind = other;
  const organization = evidence.organization + evidence[kind];
  if (evidence.PERSON > organization)
    return { kind: 'PERSON', weight: evidence.PERSON - evidence.other * FULL_NAME };
  return { kind, weight: organization - evidence.other };
}
