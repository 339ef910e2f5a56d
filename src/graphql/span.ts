/** Evidence: where in an article something was read. */
import { Field } from '#generated/prisma/enums.ts';
import { builder } from './builder.ts';

const FieldRef = builder.enumType('ArticleField', {
  description: 'The part of an article that a span lies in.',
  values: {
    [Field.TITLE]: { description: 'The title.' },
    [Field.TEXT]: { description: 'The text.' },
  } as const,
});

/** A place in a stored article. */
export interface SpanShape {
  readonly field: Field;
  readonly start: number;
  readonly end: number;
}

export const SpanRef = builder.interfaceRef<SpanShape>('Span').implement({
  description:
    'The place in an article where something was read: `article[field].slice(start, end)`, counted in UTF-16 code units as JavaScript and Java do.',
  fields: (t) => ({
    field: t.expose('field', { type: FieldRef, description: 'Whether it lies in the title or in the text.' }),
    start: t.exposeInt('start', { description: 'Where it begins, in UTF-16 code units from 0.' }),
    end: t.exposeInt('end', { description: 'Where it ends, exclusive.' }),
  }),
});
