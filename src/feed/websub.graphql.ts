/** A feed's subscription at its hub in the API. */
import { SubscriptionStatus } from '#generated/prisma/enums.ts';
import { builder } from '#graphql/builder.ts';
import { FeedRef } from './feed.graphql.ts';

const WebSubStatusRef = builder.enumType('WebSubStatus', {
  description: 'How far a subscription at a hub has come.',
  values: {
    [SubscriptionStatus.REQUESTED]: { description: 'The hub was asked and has not called back yet.' },
    [SubscriptionStatus.ACTIVE]: { description: 'The hub brings what is new, until the lease ends.' },
    [SubscriptionStatus.DENIED]: { description: 'The hub refused; it is asked again after a week.' },
    [SubscriptionStatus.FAILED]: { description: 'The hub could not be asked; it is tried again.' },
  } as const,
});

const WebSubRef = builder.prismaObject('FeedSubscription', {
  name: 'WebSub',
  description:
    'A subscription at the hub that a feed announces (WebSub): the hub brings what is new, and polling is the net under it.',
  fields: (t) => ({
    hub: t.expose('hub', { type: 'URL', description: 'The hub.' }),
    status: t.expose('status', { type: WebSubStatusRef, description: 'How far the subscription has come.' }),
    problem: t.exposeString('problem', {
      nullable: true,
      description: 'What went wrong last, in plain words.',
    }),
    leaseEndsAt: t.expose('leaseEndsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the hub stops unless it is asked again; null before it has agreed.',
    }),
    lastDeliveryAt: t.expose('lastDeliveryAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the hub last brought something.',
    }),
  }),
});

builder.prismaObjectField(FeedRef, 'webSub', (t) =>
  t.relation('subscription', {
    type: WebSubRef,
    nullable: true,
    description: 'The subscription at its hub; null when it announces none, or Vigie has no public address.',
  }),
);
