/** The scalars beside GraphQL's own. */
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { builder } from './builder.ts';
import { isMoment } from './moment.ts';

const URL_MAX = 2_048;
const CURSOR_MAX = 2_048;

const refuse = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
};

/** A scalar that is a string on both sides; `check` says what is wrong with one, or null. */
function textScalar(
  name: string,
  description: string,
  check: (text: string) => string | null,
  specifiedByURL?: string,
): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => {
    if (typeof value !== 'string') return refuse(`${name} must be a string`);
    const problem = check(value);
    return problem === null ? value : refuse(`${name}: ${problem}`);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    specifiedByURL,
    serialize: (value) => String(value),
    parseValue: parse,
    parseLiteral: (node) =>
      node.kind === Kind.STRING ? parse(node.value) : refuse(`${name} must be written as a string`),
  });
}

const { specifiedByURL: _specified, ...dateTime } = GraphQLDateTimeISO.toConfig();

const checkMoment = (moment: Date): Date =>
  isMoment(moment.getTime()) ? moment : refuse('DateTime: a year from 1 to 9999 is needed');

builder.addScalarType(
  'DateTime',
  new GraphQLScalarType({
    ...dateTime,
    name: 'DateTime',
    parseValue: (value) => checkMoment(dateTime.parseValue(value)),
    parseLiteral: (node, variables) => checkMoment(dateTime.parseLiteral(node, variables)),
    description:
      'A moment, ISO 8601 in UTC: `2026-03-12T07:30:00.000Z`. As input any offset is accepted: `2026-03-12T08:30:00+01:00`.',
  }),
);

builder.addScalarType(
  'URL',
  textScalar(
    'URL',
    `An absolute http or https address of at most ${URL_MAX} characters: \`https://example.org/article\`.`,
    (text) =>
      text.length <= URL_MAX && /^https?:\/\//i.test(text) && URL.canParse(text)
        ? null
        : `an http or https address of at most ${URL_MAX} characters is needed`,
    'https://url.spec.whatwg.org/',
  ),
);

builder.addScalarType(
  'Decimal',
  textScalar(
    'Decimal',
    'An exact decimal number as a string, at most 18 digits before the point and 2 behind it: `"105000000"`, `"0.5"`.',
    (text) =>
      /^-?\d{1,18}(\.\d{1,2})?$/.test(text) ? null : 'a number such as "105000000" or "0.5" is needed',
  ),
);

builder.addScalarType(
  'Cursor',
  textScalar(
    'Cursor',
    'A place in a list: opaque, good for as long as the list has the same order. Take it from `pageInfo`, an edge or a match, and hand it back unchanged.',
    (text) => (text.length <= CURSOR_MAX ? null : 'this is none of our cursors'),
  ),
);
