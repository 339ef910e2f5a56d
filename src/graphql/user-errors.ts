/** How the expected errors of mutations look in the schema. */
import { builder } from './builder.ts';
import {
  type Choice,
  ChoiceError,
  ConflictError,
  IdempotencyKeyError,
  InvalidInputError,
  NotFoundError,
  type UserError,
} from './errors.ts';

const UserErrorRef = builder.interfaceRef<UserError>('UserError').implement({
  description:
    'An expected error of a mutation, given as its result. Ask for it with `... on UserError { code field message }`.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What is wrong, for people.' }),
    code: t.exposeString('code', {
      description:
        'What is wrong, for programs: `INVALID_INPUT`, `NOT_FOUND`, `CONFLICT`, `CHOICE`, or of an idempotency key `KEY_REUSED`, `KEY_UNDER_WAY` or `KEY_LOST`.',
    }),
    field: t.exposeString('field', { description: 'Path of the argument that is wrong: `input.url`.' }),
  }),
});

builder.objectType(InvalidInputError, {
  name: 'InvalidInputError',
  description: 'An argument is of the right type but makes no sense. Nothing was changed.',
  interfaces: [UserErrorRef],
});

builder.objectType(NotFoundError, {
  name: 'NotFoundError',
  description: 'What an argument names does not exist. Nothing was changed.',
  interfaces: [UserErrorRef],
});

builder.objectType(ConflictError, {
  name: 'ConflictError',
  description: 'Something with the same identity exists already. Nothing was changed.',
  interfaces: [UserErrorRef],
  fields: (t) => ({
    existing: t.exposeID('existing', { description: 'Global id of what exists already.' }),
  }),
});

const ChoiceRef = builder.objectRef<Choice>('Choice').implement({
  description: 'One of several things that an argument may stand for.',
  fields: (t) => ({
    value: t.exposeString('value', { description: "What to give in the argument's place." }),
    title: t.exposeString('title', {
      nullable: true,
      description: 'What it is called; null where nobody says.',
    }),
  }),
});

builder.objectType(ChoiceError, {
  name: 'ChoiceError',
  description: 'An argument stands for several things. Nothing was changed; ask again with one of them.',
  interfaces: [UserErrorRef],
  fields: (t) => ({
    choices: t.field({
      type: [ChoiceRef],
      description: 'What it may stand for, the likeliest first.',
      resolve: ({ choices }) => [...choices],
    }),
  }),
});

builder.objectType(IdempotencyKeyError, {
  name: 'IdempotencyKeyError',
  description:
    'The request cannot be answered under its idempotency key: it stood for another request (`KEY_REUSED`), for one that has not ended yet (`KEY_UNDER_WAY`: ask again later), or for one that was cut off and may have been carried out (`KEY_LOST`). This request changed nothing.',
  interfaces: [UserErrorRef],
});
