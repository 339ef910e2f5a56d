/** Amounts of money: exact, with their currency. */
import type { Prisma } from '#generated/prisma/client.ts';
import { builder } from './builder.ts';

/** An exact amount and its ISO 4217 code. */
export interface MoneyShape {
  readonly amount: Prisma.Decimal;
  readonly currency: string;
}

/** Both or neither, as the columns hold them. */
export function moneyOf(amount: Prisma.Decimal | null, currency: string | null): MoneyShape | null {
  return amount === null || currency === null ? null : { amount, currency };
}

export const MoneyRef = builder.objectRef<MoneyShape>('Money').implement({
  description: 'An exact amount of money in the currency it was reported in.',
  fields: (t) => ({
    amount: t.field({
      type: 'Decimal',
      description: 'The amount in whole units of the currency: `"105000000"`.',
      resolve: ({ amount }) => amount.toFixed(),
    }),
    currency: t.exposeString('currency', { description: 'The currency, ISO 4217: `EUR`, `USD`.' }),
  }),
});
