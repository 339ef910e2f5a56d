/**
 * Alerts as Slack, Discord and Teams show them. Texts are foreign: each target's marks are taken from them, so that no headline can
 * call a channel together, forge a link or change the look of a message.
 */
import type { Alert, AlertArticle, AlertWatch } from './alert.ts';
import type { ChatKind, Language } from './channel.ts';
import { type Entry, groupAlerts } from './entries.ts';
import { nameActors, oneLine, wordsOf } from './words.ts';

/** Bounds within every target's own: Slack 3,000 a text, Discord 6,000 a message, Teams 28 KB a message. */
const TITLE_MAX = 200;
const SENTENCE_MAX = 300;
const ACCENT = 0xb3401f;

export interface ChatMessage {
  readonly watch: AlertWatch;
  /** At most ten. */
  readonly alerts: readonly Alert[];
  readonly language: Language;
  readonly test: boolean;
}

function when(article: AlertArticle, language: Language): string {
  return new Intl.DateTimeFormat(wordsOf(language).locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  }).format(article.publishedAt);
}

function headOf({ watch, alerts, language, test }: ChatMessage): string {
  const words = wordsOf(language);
  return `${oneLine(watch.name, 100)} · ${words.alerts(alerts.length)}${test ? ` (${words.test})` : ''}`;
}

const sourceOf = ({ article, others }: Entry, language: Language): string => {
  const outlets = [...new Set(others.map(({ outlet }) => oneLine(outlet, 60)))].slice(0, 5);
  const also = outlets.length === 0 ? '' : ` · ${wordsOf(language).also} ${outlets.join(', ')}`;
  return `${oneLine(article.outlet, 80)} · ${when(article, language)}${also}`;
};

/** Slack's three, and nothing else: https://docs.slack.dev/messaging/formatting-message-text/#escaping */
const forSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An address between `<` and `|`. */
const slackUrl = (url: string): string =>
  forSlack(url.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E'));

function slack(message: ChatMessage): object {
  const { language } = message;
  const head = headOf(message);
  const section = (entry: Entry): object => {
    const { article, actors, sentence } = entry;
    const lines = [
      `*<${slackUrl(article.url)}|${forSlack(oneLine(article.title, TITLE_MAX))}>*`,
      ...(sentence === '' ? [] : [forSlack(oneLine(sentence, SENTENCE_MAX))]),
      `_${forSlack(nameActors(actors, language))}_`,
    ];
    return { type: 'section', text: { type: 'mrkdwn', text: lines.join('\n'), verbatim: true } };
  };
  const source = (entry: Entry): object => ({
    type: 'context',
    elements: [{ type: 'plain_text', text: sourceOf(entry, language), emoji: false }],
  });
  return {
    text: forSlack(head),
    unfurl_links: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: oneLine(head, 150), emoji: false } },
      ...groupAlerts(message.alerts).flatMap((entry) => [section(entry), source(entry)]),
    ],
  };
}

/** Whatever Discord's Markdown, mentions and emoji begin with. */
const forDiscord = (text: string): string => text.replace(/[\\*_~`|>#[\]()<@:+-]/g, '\\$&');

function discord(message: ChatMessage): object {
  const { language } = message;
  return {
    content: forDiscord(headOf(message)),
    // Nobody is called, whatever the texts say.
    allowed_mentions: { parse: [] },
    embeds: groupAlerts(message.alerts).map((entry) => {
      const { article, actors, sentence } = entry;
      const lines = [
        ...(sentence === '' ? [] : [forDiscord(oneLine(sentence, SENTENCE_MAX))]),
        `**${forDiscord(nameActors(actors, language))}**`,
      ];
      return {
        title: forDiscord(oneLine(article.title, TITLE_MAX)).slice(0, 256),
        url: article.url,
        description: lines.join('\n'),
        color: ACCENT,
        footer: { text: sourceOf(entry, language) },
        timestamp: article.publishedAt.toISOString(),
      };
    }),
  };
}

/** A card's text runs know no Markdown, unlike its text blocks: nothing needs escaping there. */
function teams(message: ChatMessage): object {
  const { language } = message;
  const paragraph = (text: string, look: object = {}): object => ({
    type: 'RichTextBlock',
    spacing: 'Small',
    inlines: [{ type: 'TextRun', text, ...look }],
  });
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: headOf(message),
    msteams: { width: 'Full' },
    body: [
      paragraph(headOf(message), { size: 'Large', weight: 'Bolder' }),
      ...groupAlerts(message.alerts).map((entry) => ({
        type: 'Container',
        separator: true,
        spacing: 'Medium',
        items: [
          paragraph(oneLine(entry.article.title, TITLE_MAX), {
            weight: 'Bolder',
            color: 'Accent',
            selectAction: { type: 'Action.OpenUrl', url: entry.article.url },
          }),
          ...(entry.sentence === '' ? [] : [paragraph(oneLine(entry.sentence, SENTENCE_MAX))]),
          paragraph(nameActors(entry.actors, language), { italic: true }),
          paragraph(sourceOf(entry, language), { size: 'Small', isSubtle: true }),
        ],
      })),
    ],
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

const TEMPLATES: Readonly<Record<ChatKind, (message: ChatMessage) => object>> = {
  SLACK: slack,
  DISCORD: discord,
  TEAMS: teams,
};

/** The body to post. */
export const chatBody = (kind: ChatKind, message: ChatMessage): string =>
  JSON.stringify(TEMPLATES[kind](message));
