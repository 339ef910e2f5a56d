/** Errors that a client can act on. Everything else is masked in one place (`server/yoga.ts`) and logged once. */
import type { AuthFailure } from '@pothos/plugin-scope-auth';
import { GraphQLError } from 'graphql';

function findScope(failure: AuthFailure): string | null {
  if (failure.kind === 'AuthScope') return String(failure.parameter);
  if ('failures' in failure) {
    for (const inner of failure.failures) {
      const scope = findScope(inner);
      if (scope !== null) return scope;
    }
  }
  return null;
}

/** The viewer's token does not allow this. The answer's other fields stand; `extensions.scope` names what is missing. */
export class AccessError extends GraphQLError {
  constructor(failure: AuthFailure) {
    const scope = findScope(failure);
    super(scope === null ? 'not allowed' : `this needs a token with the scope ${scope}`, {
      extensions: { code: 'FORBIDDEN', ...(scope === null ? {} : { scope }) },
    });
  }
}

/** An argument of a query or subscription makes no sense; `argument` names it by its path (`filter.actors`). */
export class BadInputError extends GraphQLError {
  readonly argument: string;
  readonly problem: string;
  constructor(argument: string, problem: string) {
    super(`${argument}: ${problem}`, { extensions: { code: 'BAD_USER_INPUT', argument } });
    this.argument = argument;
    this.problem = problem;
  }
}

/** What the expected errors of mutations, which come as typed results, have in common. */
export interface UserError {
  /** For programs. */
  readonly code: string;
  /** Path of the input that is wrong: `input.url`. */
  readonly field: string;
  /** For people. */
  readonly message: string;
}

/** An argument is of the right type but makes no sense; `field` names it by its path (`input.url`). */
export class InvalidInputError extends Error implements UserError {
  override readonly name = 'InvalidInputError';
  readonly code = 'INVALID_INPUT';
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** What the argument names does not exist. */
export class NotFoundError extends Error implements UserError {
  override readonly name = 'NotFoundError';
  readonly code = 'NOT_FOUND';
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** Something with the same identity exists already; `existing` is its global id. */
export class ConflictError extends Error implements UserError {
  override readonly name = 'ConflictError';
  readonly code = 'CONFLICT';
  readonly field: string;
  readonly existing: string;
  constructor(field: string, message: string, existing: string) {
    super(message);
    this.field = field;
    this.existing = existing;
  }
}

/** An address that stands for several things; `choices` lists them, the likeliest first. */
export class ChoiceError extends Error implements UserError {
  override readonly name = 'ChoiceError';
  readonly code = 'CHOICE';
  readonly field: string;
  readonly choices: readonly Choice[];
  constructor(field: string, message: string, choices: readonly Choice[]) {
    super(message);
    this.field = field;
    this.choices = choices;
  }
}

export interface Choice {
  /** What to give in the argument's place. */
  readonly value: string;
  /** What it is called; null where nobody says. */
  readonly title: string | null;
}
