/** The queries that stand ready in GraphiQL, one a tab: what an analyst asks first. */
export const EXAMPLES: readonly string[] = [
  `# Alerts for Mistral AI and Kyutai: press ▶ and wait.
# Give the last cursor you saw as "after":
# nothing is missed, nothing comes twice.
subscription Alerts {
  matches(filter: { actors: ["mistral-ai", "kyutai"] }) {
    cursor
    actor { name }
    article { title outlet url publishedAt }
    reasons { kind sentence text field start end }
  }
}
`,
  `# The latest articles: who is in them, who said what.
query Latest {
  articles(first: 10) {
    nodes {
      title
      outlet
      publishedAt
      url
      actors(first: 10) { nodes { name kind slug } }
      claims(first: 5) { nodes { quote speakerName kind status } }
    }
  }
}
`,
  `# One actor: with whom it appears, what happened to it,
# who speaks for it.
query Actor {
  actor(slug: "mistral-ai") {
    name
    kind
    coActors(first: 5) { articles actor { name slug } }
    timeline(first: 10) {
      nodes {
        ... on Article { title outlet publishedAt url }
        ... on Claim { quote speakerName }
        ... on FundingEvent {
          date
          money { amount currency }
          status
        }
      }
    }
    spokespeople(first: 5) { nodes { name slug } }
  }
}
`,
  `# Who raised how much, from whom, and who reports it.
query Funding {
  fundingEvents(first: 10) {
    nodes {
      date
      recipient { name }
      money { amount currency }
      amountEur
      kind
      status
      investors { lead investor { name } }
      reports(first: 5) { nodes { article { outlet url } } }
    }
  }
}
`,
  `# What can be plotted, of the last 90 days.
query Plots {
  raised: fundingTotals(by: RECIPIENT, first: 10) {
    actor { name }
    totalEur
    events
  }
  articles: articleCounts(
    period: WEEK
    filter: { actors: ["mistral-ai"] }
  ) { start count }
  quoted: mostQuoted(first: 5) { actor { name } claims }
  scoops: firstOutlets(first: 5) { outlet first shared }
}
`,
  `# Accents and plurals do not matter, nor typing errors in names.
query Search {
  name: search(text: "mistrl", types: [ACTOR], first: 3) {
    nodes { ... on Actor { name slug kind } }
  }
  text: search(text: "modele de langage", first: 10) {
    edges {
      snippet { text highlights { start end } }
      node {
        ... on Actor { name slug }
        ... on Article { title outlet url }
        ... on Claim { quote speakerName }
      }
    }
  }
}
`,
  `# What a watch would have caught, before it is saved.
query Preview {
  watchPreview(
    filter: { reasons: [RAISING], words: "levée OR financement" }
  ) {
    count
    perWeek
    actors { actor { name } count }
    examples { article { title outlet url } }
  }
}
`,
  `# The feeds and how they are.
query Feeds {
  feedHealth { total healthy failing gone }
  feeds(first: 20) {
    nodes {
      outlet
      url
      status
      lastPollAt
      nextPollAt
      lastError
      failingSince
    }
  }
}
`,
];
