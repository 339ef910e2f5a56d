/** Errors that a client can act on. Everything else is masked in one place (`server/yoga.ts`) and logged once. */
import type { AuthFailure } from '@pothos/plugin-scope-auth';
import { GraphQLError } from 'graphql';

/** The scope whose lack a failure tells of; null for none. */
export function findScope(failure: AuthFailure): string | null {
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
  constructor(scope: string | null) {
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

/** What a mutation throws to give it as its result. */
abstract class MutationError extends Error implements UserError {
  abstract readonly code: string;
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** Whether an error is one that a mutation gives as its result. */
export const isUserError = (error: unknown): boolean => error instanceof MutationError;

/** An argument is of the right type but makes no sense; `field` names it by its path (`input.url`). */
export class InvalidInputError extends MutationError {
  override readonly name = 'InvalidInputError';
  readonly code = 'INVALID_INPUT';
}

/** What the argument names does not exist. */
export class NotFoundError extends MutationError {
  override readonly name = 'NotFoundError';
  readonly code = 'NOT_FOUND';
}

/** Something with the same identity exists already; `existing` is its global id. */
export class ConflictError extends MutationError {
  override readonly name = 'ConflictError';
  readonly code = 'CONFLICT';
  readonly existing: string;
  constructor(field: string, message: string, existing: string) {
    super(field, message);
    this.existing = existing;
  }
}

/** An address that stands for several things; `choices` lists them, the likeliest first. */
export class ChoiceError extends MutationError {
  override readonly name = 'ChoiceError';
  readonly code = 'CHOICE';
  readonly choices: readonly Choice[];
  constructor(field: string, message: string, choices: readonly Choice[]) {
    super(field, message);
    this.choices = choices;
  }
}

/** What is wrong with an idempotency key. */
type IdempotencyProblem = 'KEY_REUSED' | 'KEY_UNDER_WAY' | 'KEY_LOST';

/** An idempotency key under which the request can be neither carried out nor answered as the first time. */
export class IdempotencyKeyError extends MutationError {
  override readonly name = 'IdempotencyKeyError';
  readonly code: IdempotencyProblem;
  constructor(code: IdempotencyProblem, message: string) {
    super('input.idempotencyKey', message);
    this.code = code;
  }
}

export interface Choice {
  /** What to give in the argument's place. */
  readonly value: string;
  /** What it is called; null where nobody says. */
  readonly title: string | null;
}
