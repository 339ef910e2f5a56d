/** What a dashboard asks: each kind of page and plot once. */
import { casesFor } from './cases.ts';
import { NEWEST } from './database.ts';
import type { Question } from './vigie.ts';

/** Days that a plot shows. */
const DAYS = 90;
const TO = NEWEST;
const FROM = new Date(Date.parse(NEWEST) - DAYS * 86_400_000).toISOString();
const WINDOW = `from: "${FROM}", to: "${TO}"`;

const ARTICLE = 'nodes { id title outlet url publishedAt }';
const CLAIM = 'nodes { quote kind status speakerName speaker { slug name } article { title outlet url } }';
const ROUND =
  'nodes { date kind status amountEur recipient { slug name } money { amount currency } investors { lead investor { slug name } } }';

const QUERIES: Readonly<Record<string, string>> = {
  'articles of an actor': `{ articles(first: 20, filter: { actors: ["actor-7"] }) { ${ARTICLE} totalCount } }`,
  'articles of an actor seldom named': `{ articles(first: 20, filter: { actors: ["actor-480"] }) { ${ARTICLE} totalCount } }`,
  'articles of an outlet': `{ articles(first: 20, filter: { outlets: ["Outlet 3"] }) { ${ARTICLE} totalCount } }`,
  'articles with funding': `{ articles(first: 20, filter: { hasFunding: true }) { ${ARTICLE} } }`,
  'articles with a frequent word': `{ articles(first: 20, filter: { text: "souveraineté" }) { ${ARTICLE} } }`,
  'search, a frequent word': '{ search(text: "souveraineté", first: 20) { nodes { __typename } } }',
  'search, a rare phrase': `{ search(text: "\\"bacorda\\" souveraineté", first: 20) { nodes { __typename } } }`,
  'stories of several outlets': `{ stories(first: 20, filter: { minimumArticles: 2 }) { nodes { title articleCount articles(first: 5) { nodes { outlet title url } } } } }`,
  'latest statements': `{ claims(first: 20) { ${CLAIM} } }`,
  'statements of a speaker': `{ claims(first: 20, filter: { speakers: ["actor-7"] }) { ${CLAIM} totalCount } }`,
  'statements with a word': `{ claims(first: 20, filter: { text: "calcul" }) { ${CLAIM} } }`,
  'latest rounds': `{ fundingEvents(first: 20) { ${ROUND} } }`,
  'largest rounds of a time': `{ fundingEvents(first: 20, filter: { minimumEur: "1500000", dateAfter: "${FROM}" }) { ${ROUND} } }`,
  'latest alerts': '{ matches(first: 20) { nodes { actor { slug name } article { title outlet url } } } }',
  'alerts of an actor': `{ matches(first: 20, filter: { actors: ["actor-7"] }) { nodes { actor { slug name } article { title outlet url } } } }`,
  'timeline of an actor': `{ actor(slug: "actor-7") { timeline(first: 20) { nodes { __typename } } } }`,
  'activity of an actor, by day': `{ actor(slug: "actor-7") { activity(period: DAY, ${WINDOW}) { start articles mentions claims } } }`,
  'beside an actor': `{ actor(slug: "actor-7") { coActors(first: 10, ${WINDOW}) { articles actor { slug name } } } }`,
  'articles a week': `{ articleCounts(period: WEEK, ${WINDOW}) { start count } }`,
  'articles of an actor a week': `{ articleCounts(period: WEEK, ${WINDOW}, filter: { actors: ["actor-7"] }) { start count } }`,
  'statements a week': `{ claimCounts(period: WEEK, ${WINDOW}) { start count } }`,
  'most quoted': `{ mostQuoted(first: 10, ${WINDOW}) { claims actor { slug name } } }`,
  'raised, by recipient': `{ fundingTotals(by: RECIPIENT, first: 10, ${WINDOW}) { totalEur events actor { slug name } } }`,
  'outlets that were first': `{ firstOutlets(first: 10, ${WINDOW}) { outlet first shared } }`,
  'actors by name': '{ search(text: "actor 12", types: [ACTOR], first: 10) { nodes { __typename } } }',
};

/** `cursor` stands behind page 49 of the articles. */
export function dashboardQuestions(cursor: string): Question[] {
  const pages = casesFor({ cursor, publishedAt: new Date(0), id: 0 });
  return [...pages, ...Object.entries(QUERIES).map(([name, query]) => ({ name, query, variables: {} }))];
}
