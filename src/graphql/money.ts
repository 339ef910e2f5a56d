/** Amounts of money: exact, with their currency. */
import { Prisma } from '#generated/prisma/client.ts';
import { builder } from './builder.ts';
import { asSql } from './sql-field.ts';

const { sql } = Prisma;

/** An exact amount and its ISO 4217 code. */
export interface MoneyShape {
  readonly amount: Prisma.Decimal;
  readonly currency: string;
}

/** Both or neither, as the columns hold them. */
export function moneyOf(amount: Prisma.Decimal | null, currency: string | null): MoneyShape | null {
  return amount === null || currency === null ? null : { amount, currency };
}

/** A number as `Decimal` is written. */
export const decimalSql = (column: Prisma.Sql): Prisma.Sql => sql`trim_scale(${column})::text`;

/** What `moneyOf` is in SQL. */
export function moneySql(amount: string, currency: string): ReturnType<typeof asSql> {
  return asSql({
    object: (row) => {
      const [sum, unit] = [sql`${row}.${Prisma.raw(amount)}`, sql`${row}.${Prisma.raw(currency)}`];
      return {
        present: sql`${sum} is not null and ${unit} is not null`,
        fields: { amount: decimalSql(sum), currency: unit },
      };
    },
  });
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
