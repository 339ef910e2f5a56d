/** Random documents that a schema takes, with variables that no sensible client would send. */
import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** A document and its variables. */
export interface RandomQuery {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const TEXTS: readonly string[] = [
  '',
  ' ',
  '\0',
  "'; drop table article; --",
  '%_\\',
  '\u202e\ud800',
  '💥'.repeat(200),
  'é'.repeat(5_000),
  '{"$ne":null}',
  '../../etc/passwd',
  'http://169.254.169.254/latest/meta-data',
  'javascript:alert(1)',
  'mistral-ai',
  '"levée de fonds" -rumeur or (kyutai',
  '& | ! <-> :*',
  'QXJ0aWNsZTox',
  'QWN0b3I6OTk5OTk5OTk5OTk5OTk5OTk5OQ==',
  'bTE6MA',
  'WyJhcnRpY2xlcyIsMSwiMSJd',
  '2026-01-01T00:00:00Z',
  '+999999-12-31T23:59:59.999Z',
  '0000-00-00',
  '__proto__',
];
const NUMBERS: readonly number[] = [0, 1, 2, 20, 100, 101, -1, 2 ** 31 - 1, -(2 ** 31), 1e308, 0.5];
const ODDITIES: readonly unknown[] = [null, true, [], {}, [[[]]], { __proto__: null, a: 1 }];

/** Writes documents with `random` (0 to 1), so that a seed gives the same ones again. */
export function createQueryWriter(schema: GraphQLSchema, random: () => number) {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const chance = (probability: number): boolean => random() < probability;

  function value(type: GraphQLInputType, depth = 0): unknown {
    if (isNonNullType(type)) return value(type.ofType, depth);
    if (chance(0.05)) return pick(ODDITIES);
    if (isListType(type)) {
      const length = chance(0.05) ? 500 : Math.floor(random() * 4);
      return Array.from({ length }, () => value(type.ofType, depth + 1));
    }
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => isNonNullType(field.type) || chance(depth > 2 ? 0.1 : 0.3),
      );
      return Object.fromEntries(fields.map((field) => [field.name, value(field.type, depth + 1)]));
    }
    if (isEnumType(type)) return chance(0.9) ? pick(type.getValues()).name : 'NONE';
    if (type.name === 'Boolean') return chance(0.9) ? chance(0.5) : 'yes';
    if (type.name === 'Int' || type.name === 'Float') return chance(0.9) ? pick(NUMBERS) : pick(TEXTS);
    if (type.name === 'DateTime' && chance(0.6))
      return pick(['2026-01-01T00:00:00Z', '1970-01-01T00:00:00Z']);
    return chance(0.95) ? pick(TEXTS) : pick(NUMBERS);
  }

  return function write(keyword: 'query' | 'mutation'): RandomQuery {
    const declared: string[] = [];
    const variables: Record<string, unknown> = {};
    let fields = 0;

    const argumentsOf = (field: { readonly args: readonly GraphQLArgument[] }): string => {
      const given = field.args.filter((argument) => isRequiredArgument(argument) || chance(0.35));
      if (given.length === 0) return '';
      const written = given.map((argument) => {
        const name = `v${declared.length}`;
        declared.push(`$${name}: ${argument.type}`);
        variables[name] = value(argument.type);
        return `${argument.name}: $${name}`;
      });
      return `(${written.join(', ')})`;
    };
    const selectionsOf = (type: GraphQLNamedType, depth: number): string => {
      const parts: string[] = ['__typename'];
      const possible =
        !isObjectType(type) && !isLeafType(type) && 'name' in type
          ? schema.getPossibleTypes(type as never)
          : [];
      for (const member of possible) {
        if (chance(0.4)) parts.push(`... on ${member.name} { ${selectionsOf(member, depth + 1)} }`);
      }
      if (isObjectType(type) || isInterfaceType(type)) {
        for (const field of Object.values(type.getFields())) {
          const inner = getNamedType(field.type);
          const deep = !isLeafType(inner);
          if (fields > 60 || (deep && depth > 7) || !chance(deep ? 0.35 : 0.5)) continue;
          fields += 1;
          // An alias each, because two of one name with other arguments would conflict.
          parts.push(
            `f${fields}: ${field.name}${argumentsOf(field)}${deep ? ` { ${selectionsOf(inner, depth + 1)} }` : ''}`,
          );
        }
      }
      return parts.join(' ');
    };

    const root = keyword === 'query' ? schema.getQueryType()! : schema.getMutationType()!;
    const count = keyword === 'query' ? 1 + Math.floor(random() * 3) : 1;
    const chosen = Array.from({ length: count }, (_, index) => {
      const field = pick(Object.values(root.getFields()));
      const inner = getNamedType(field.type);
      const selection = isLeafType(inner) ? '' : ` { ${selectionsOf(inner, 1)} }`;
      return `r${index}: ${field.name}${argumentsOf(field)}${selection}`;
    });
    const head = declared.length === 0 ? keyword : `${keyword} (${declared.join(', ')})`;
    return { query: `${head} { ${chosen.join(' ')} }`, variables };
  };
}
