/** What a client has left to ask for, in the API. */
import { builder } from '#graphql/builder.ts';
import type { Allowance } from '#graphql/context.ts';

const RateLimitRef = builder.objectRef<Allowance & { readonly cost: number }>('RateLimit').implement({
  description: 'What the token, or the address without one, may still ask for. The unit is the cost.',
  fields: (t) => ({
    limit: t.exposeInt('limit', { description: 'Cost that may be asked for in a minute.' }),
    remaining: t.exposeInt('remaining', { description: 'What is left of it, this request counted.' }),
    resetAt: t.expose('resetAt', { type: 'DateTime', description: 'When all of it is there again.' }),
    cost: t.exposeInt('cost', { description: 'What this request costs.' }),
  }),
});

builder.queryField('rateLimit', (t) =>
  t.field({
    type: RateLimitRef,
    nullable: true,
    description:
      'How much may still be asked for this minute; null where nothing limits it. The same stands in the header fields RateLimit and RateLimit-Policy.\n\nExample: `{ rateLimit { limit remaining resetAt cost } }`',
    resolve: (_root, _args, { allowance, cost }) =>
      allowance === null || allowance === undefined ? null : { ...allowance, cost: cost ?? 0 },
  }),
);
