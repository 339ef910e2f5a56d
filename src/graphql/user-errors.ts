/** How the expected errors of mutations look in the schema. */
import { builder } from './builder.ts';
import {
  type Choice,
  ChoiceError,
  ConflictError,
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
      description: 'What is wrong, for programs: `INVALID_INPUT`, `NOT_FOUND`, `CONFLICT` or `CHOICE`.',
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
