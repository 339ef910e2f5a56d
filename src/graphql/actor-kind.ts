/** The kinds of actors, which filters of every noun name. */
import { ActorKind } from '#generated/prisma/enums.ts';
import { builder } from './builder.ts';

export const ActorKindRef = builder.enumType('ActorKind', {
  description: 'What an actor is.',
  values: {
    [ActorKind.PERSON]: { description: 'A person.' },
    [ActorKind.COMPANY]: { description: 'A company, from start-up to group.' },
    [ActorKind.LAB]: { description: 'A research laboratory or institute.' },
    [ActorKind.INVESTOR]: { description: 'A fund, bank or angel: whoever invests for a living.' },
    [ActorKind.GOVERNMENT]: { description: 'A government, ministry, agency, regulator or public programme.' },
    [ActorKind.ORGANIZATION]: { description: 'Any other body: association, school, union, foundation.' },
  } as const,
});
