/** Errors that a client can act on. Everything else is masked in one place (`server/yoga.ts`) and logged once. */
import { GraphQLError } from 'graphql';

/** The viewer's token does not allow this. */
export class AccessError extends GraphQLError {
  constructor(message: string) {
    super(message, { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });
  }
}

/** An argument is of the right type but makes no sense; `field` names it by its path (`input.url`). */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** What the argument names does not exist. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** Something with the same identity exists already; `existing` is its global id. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly field: string;
  readonly existing: string;
  constructor(field: string, message: string, existing: string) {
    super(message);
    this.field = field;
    this.existing = existing;
  }
}
