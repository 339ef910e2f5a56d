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
    edges {
      node {
        title
        outlet
        publishedAt
        url
        actors(first: 10) { nodes { name kind slug } }
        claims(first: 5) { nodes { quote speakerName kind status } }
      }
    }
  }
}
`,
  `# Who raised how much, from whom.
query Funding {
  fundingEvents(first: 10) {
    edges {
      node {
        date
        recipient { name }
        money { amount currency }
        amountEur
        kind
        status
        investors { lead investor { name } }
        reports(first: 5) { nodes { article { title outlet url } } }
      }
    }
  }
}
`,
  `# One actor: who speaks for it, what it said, what it raised.
query Actor {
  actor(slug: "mistral-ai") {
    name
    kind
    aliases { text ambiguous }
    articles(first: 5) { nodes { title outlet publishedAt url } }
    claims(first: 5) { nodes { quote article { title url } } }
    fundingEvents(first: 5) { nodes { date money { amount currency } status } }
  }
}
`,
  `# The feeds and how they are.
query Feeds {
  feeds(first: 20) {
    edges {
      node { outlet title url status lastPollAt nextPollAt lastError failingSince }
    }
  }
}
`,
];
