/** The list of actors, one actor by its slug, and the mutation that adds one. */
import { Prisma } from '#generated/prisma/client.ts';
import { ActorStatus } from '#generated/prisma/enums.ts';
import { ActorKindRef } from '#graphql/actor-kind.ts';
import { builder } from '#graphql/builder.ts';
import { contains, isGiven, oneOf, resembles, withoutNul } from '#graphql/columns.ts';
import { pageArgs } from '#graphql/connection.ts';
import { ConflictError, InvalidInputError } from '#graphql/errors.ts';
import { idempotencyKey, KEY_ERRORS, once } from '#graphql/idempotency.ts';
import { encodeGlobalId } from '#graphql/ids.ts';
import { asSql } from '#graphql/sql-field.ts';
import { ActorRef, ActorStatusRef, actors } from './actor.graphql.ts';
import { checkActor } from './actor-input.ts';
import { createActor } from './create-actor.store.ts';

const { sql } = Prisma;

const ActorFilterInput = builder.inputType('ActorFilterInput', {
  description: 'Which actors. Every condition given must hold; within a list, any value does.',
  fields: (t) => ({
    text: t.string({
      description:
        'These letters stand in its name or a spelling of it, or nearly so: `mistral`, `hugingface`. Accents and case do not matter.',
    }),
    kinds: t.field({ type: [ActorKindRef], description: 'Of one of these kinds.' }),
    statuses: t.field({
      type: [ActorStatusRef],
      description: 'In one of these states; only confirmed ones without it.',
    }),
    organization: t.string({
      description: 'That belongs or belonged to the organisation of this slug: `inria`.',
    }),
  }),
});

function actorConditions(filter: typeof ActorFilterInput.$inferInput | null | undefined): Prisma.Sql[] {
  const spelt = (column: Prisma.Sql): Prisma.Sql[] => [
    ...contains([column], filter?.text),
    ...resembles(column, filter?.text),
  ];
  const text = [
    ...spelt(sql`t.name`),
    ...spelt(sql`l.text`).map((is) => sql`t.id in (select l.actor_id from alias l where ${is})`),
  ];
  return [
    sql`t.merged_into_id is null`,
    ...oneOf(sql`t.status`, filter?.statuses ?? [ActorStatus.CONFIRMED], 'ActorStatus'),
    ...oneOf(sql`t.kind`, filter?.kinds, 'ActorKind'),
    ...(text.length > 0 ? [sql`(${Prisma.join(text, ' or ')})`] : []),
    ...(isGiven(filter?.organization)
      ? [
          sql`t.id in (select f.actor_id from affiliation f join actor o on o.id = f.organization_id
                        where o.slug = ${withoutNul(filter.organization)})`,
        ]
      : []),
  ];
}

builder.queryFields((t) => ({
  actors: t.field({
    type: actors.type,
    description:
      'The actors of the register, in alphabetical order.\n\nExample: `{ actors(filter: { text: "mistral", kinds: [COMPANY] }) { nodes { slug name kind } } }`',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: ActorFilterInput, description: 'Which actors; all confirmed ones without it.' }),
    },
    ...actors.over(actorConditions),
  }),
  actor: t.prismaField({
    type: ActorRef,
    nullable: true,
    description:
      'The actor of this slug; null when there is none. The slug of an actor that was merged into another gives the other.\n\nExample: `{ actor(slug: "mistral-ai") { name articles(first: 5) { nodes { title outlet } } fundingEvents { nodes { money { amount currency } } } } }`',
    args: { slug: t.arg.string({ required: true, description: 'Slug: `mistral-ai`.' }) },
    extensions: asSql({
      row: ({ slug }: { slug: string }) => ({
        type: 'Actor',
        where: sql`t.id = (select coalesce(a.merged_into_id, a.id) from actor a where a.slug = ${withoutNul(slug)})`,
      }),
    }),
    resolve: (query, _root, args, { db }) => {
      const slug = withoutNul(args.slug);
      return db.actor.findFirst({
        ...query,
        where: { OR: [{ slug, mergedIntoId: null }, { merged: { some: { slug } } }] },
      });
    },
  }),
}));

const AliasInput = builder.inputType('AliasInput', {
  description: 'A spelling under which the press names an actor.',
  fields: (t) => ({
    text: t.string({ required: true, description: 'The spelling, at most 200 characters.' }),
    ambiguous: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'True when it is also a plain word or another’s name (`Orange`, `H`): it then counts only near one of the `context` words or another spelling.',
    }),
  }),
});

const CreateActorInput = builder.inputType('CreateActorInput', {
  description: 'An actor for the register.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'Its name as the press should use it, at most 200 characters.',
    }),
    slug: t.string({ description: 'Letters a-z, digits and single hyphens; made from the name without it.' }),
    kind: t.field({ type: ActorKindRef, required: true, description: 'What it is.' }),
    aliases: t.field({
      type: [AliasInput],
      description: 'Other spellings, at most 100; the name itself among them when it is ambiguous.',
    }),
    context: t.stringList({
      description: 'Words that make an ambiguous spelling count when they stand near it, at most 100.',
    }),
    wikidata: t.string({ description: 'Its item in Wikidata: `Q95`.' }),
    idempotencyKey: idempotencyKey(t),
  }),
});

const CreateActorPayload = builder.objectRef<{ readonly actorId: number }>('CreateActorPayload').implement({
  description: 'The actor that is a member of the register from now on.',
  fields: (t) => ({
    actor: t.prismaField({
      type: ActorRef,
      description: 'The actor.',
      resolve: (query, { actorId }, _args, { db }) =>
        db.actor.findUniqueOrThrow({ ...query, where: { id: actorId } }),
    }),
  }),
});

builder.mutationField('createActor', (t) =>
  t.field({
    type: CreateActorPayload,
    authScopes: { scope: 'ADMIN' },
    errors: { types: [...KEY_ERRORS], union: { description: 'The actor, or why it was not added.' } },
    description:
      'Adds an actor to the register, or confirms the candidate of the same slug; articles read from now on name it. Needs the scope ADMIN.\n\nExample: `mutation { createActor(input: { name: "Kyutai", kind: LAB, aliases: [{ text: "kyutai labs" }] }) { ... on CreateActorPayload { actor { slug } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: CreateActorInput, required: true, description: 'The actor.' }) },
    resolve: once(
      async (input: typeof CreateActorInput.$inferInput, { db, clock }) => {
        const checked = checkActor(input);
        if (!checked.ok) throw new InvalidInputError(`input.${checked.field}`, checked.problem);
        const { id, created } = await createActor(db, checked.actor, clock.now());
        if (!created) {
          throw new ConflictError(
            'input.slug',
            `"${checked.actor.slug}" is a member of the register already`,
            encodeGlobalId('Actor', id),
          );
        }
        return { actorId: id };
      },
      { type: 'Actor', idOf: ({ actorId }) => actorId },
    ),
  }),
);
