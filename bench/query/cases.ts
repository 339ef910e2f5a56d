/** The questions of `bench -- query`, each as GraphQL and as the one SQL statement that gives the same answer. */

export interface Case {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Gives one row with one column `data`: what GraphQL answers under `data`. */
  readonly sql: string;
  readonly params: readonly unknown[];
}

const globalId = (type: string, id: number): string => Buffer.from(`${type}:${id}`).toString('base64');

const TIME = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const ID = (type: string, column: string): string =>
  `replace(encode(convert_to('${type}:' || ${column}, 'UTF8'), 'base64'), E'\\n', '')`;

/** `after` is the cursor behind page 49, and its place. */
export function casesFor(after: {
  readonly cursor: string;
  readonly publishedAt: Date;
  readonly id: number;
}): Case[] {
  return [
    {
      name: 'article by id',
      query: `query ($id: ID!) { node(id: $id) { ... on Article { id title summary outlet url publishedAt text } } }`,
      variables: { id: globalId('Article', 4_321) },
      sql: `select json_build_object('node', json_build_object('id', ${ID('Article', 'a.id')}, 'title', a.title, 'summary', a.summary,
              'outlet', a.outlet, 'url', a.url, 'publishedAt', ${TIME('a.published_at')}, 'text', b.text)) as data
              from article a join article_body b on b.article_id = a.id where a.id = $1`,
      params: [4_321],
    },
    {
      name: 'latest 20 with actors and claims',
      query: `query { articles(first: 20) { nodes { id title summary url publishedAt outlet
        actors(first: 10) { nodes { slug name kind } } claims(first: 10) { nodes { quote verb speakerName speaker { slug name } } } } } }`,
      variables: {},
      sql: `select json_build_object('articles', json_build_object('nodes', json_agg(json_build_object(
              'id', ${ID('Article', 'a.id')}, 'title', a.title, 'summary', a.summary, 'url', a.url, 'publishedAt', ${TIME('a.published_at')},
              'outlet', a.outlet,
              'actors', (select json_build_object('nodes', coalesce(json_agg(json_build_object('slug', x.slug, 'name', x.name, 'kind', x.kind) order by x.place, x.id), '[]'))
                from (select c.id, c.slug, c.name, c.kind, k.place from (
                    select m.actor_id, min(m.start + (m.field = 'TEXT')::int * 100000000) as place from mention m where m.article_id = a.id group by m.actor_id) k
                  join actor c on c.id = k.actor_id and c.status = 'CONFIRMED' order by k.place, c.id limit 10) x),
              'claims', (select json_build_object('nodes', coalesce(json_agg(json_build_object('quote', x.quote, 'verb', x.verb, 'speakerName', x.speaker_name,
                  'speaker', case when s.id is null then null else json_build_object('slug', s.slug, 'name', s.name) end) order by x.field = 'TEXT', x.start, x.id), '[]'))
                from (select * from claim c where c.article_id = a.id order by c.field = 'TEXT', c.start, c.id limit 10) x left join actor s on s.id = x.speaker_id)
              ) order by a.published_at desc, a.id desc))) as data
              from (select * from article order by published_at desc, id desc limit 20) a`,
      params: [],
    },
    {
      name: 'actor page',
      query: `query ($slug: String!) { actor(slug: $slug) { slug name kind
        articles(first: 20) { nodes { id title outlet url publishedAt } }
        fundingEvents(first: 20) { nodes { date kind status money { amount currency } investors { lead investor { slug name } } } } } }`,
      variables: { slug: 'actor-7' },
      sql: `select json_build_object('actor', json_build_object('slug', a.slug, 'name', a.name, 'kind', a.kind,
              'articles', (select json_build_object('nodes', coalesce(json_agg(json_build_object('id', ${ID('Article', 'x.id')}, 'title', x.title,
                  'outlet', x.outlet, 'url', x.url, 'publishedAt', ${TIME('x.published_at')}) order by x.published_at desc, x.id desc), '[]'))
                from (select r.* from (select distinct m.published_at, m.article_id from mention m where m.actor_id = a.id
                        order by m.published_at desc, m.article_id desc limit 20) k join article r on r.id = k.article_id) x),
              'fundingEvents', (select json_build_object('nodes', coalesce(json_agg(json_build_object('date', ${TIME('x.date')}, 'kind', x.kind, 'status', x.status,
                  'money', json_build_object('amount', trim_scale(x.amount)::text, 'currency', x.currency),
                  'investors', (select coalesce(json_agg(json_build_object('lead', p.lead, 'investor', json_build_object('slug', i.slug, 'name', i.name))
                                  order by p.lead desc, p.investor_id), '[]') from funding_participation p join actor i on i.id = p.investor_id where p.event_id = x.id)
                  ) order by x.date desc, x.id desc), '[]'))
                from (select * from funding_event e where e.recipient_id = a.id order by e.date desc, e.id desc limit 20) x))) as data
              from actor a where a.slug = $1`,
      params: ['actor-7'],
    },
    {
      name: 'page 50 of a list',
      query: `query ($after: Cursor!) { articles(first: 20, after: $after) { nodes { id title outlet publishedAt } totalCount pageInfo { hasNextPage } } }`,
      variables: { after: after.cursor },
      sql: `select json_build_object('articles', json_build_object(
              'nodes', (select json_agg(json_build_object('id', ${ID('Article', 'x.id')}, 'title', x.title, 'outlet', x.outlet,
                  'publishedAt', ${TIME('x.published_at')}) order by x.n) from (select * from p where n <= 20) x),
              'totalCount', (select count(*) from (select from article limit 10001) c),
              'pageInfo', json_build_object('hasNextPage', (select count(*) > 20 from p)))) as data
              from (select 1) one, lateral (select 1) two`,
      params: [after.publishedAt, after.id],
    },
    {
      name: 'search',
      query: `query ($text: String!) { articles(first: 20, filter: { text: $text }) { nodes { id title outlet publishedAt } } }`,
      variables: { text: '"bacorda" souveraineté' },
      sql: `select json_build_object('articles', json_build_object('nodes', coalesce(json_agg(json_build_object('id', ${ID('Article', 'x.id')},
              'title', x.title, 'outlet', x.outlet, 'publishedAt', ${TIME('x.published_at')}) order by x.published_at desc, x.id desc), '[]'))) as data
              from (select a.* from article a where exists (select from article_body b where b.article_id = a.id
                      and b.search @@ websearch_to_tsquery('public.vigie_french', $1)) order by a.published_at desc, a.id desc limit 20) x`,
      params: ['"bacorda" souveraineté'],
    },
  ].map((one) =>
    one.name === 'page 50 of a list'
      ? {
          ...one,
          sql: `with p as (select a.*, row_number() over (order by published_at desc, id desc) as n from (
                  select * from article where (published_at, id) < ($1::timestamptz, $2::int) order by published_at desc, id desc limit 21) a) ${one.sql}`,
        }
      : one,
  );
}
