/**
 * Alerts as Slack, Discord and Teams show them. Texts are foreign: each target's marks are taken from them, so that no headline can
 * call a channel together, forge a link or change the look of a message.
 */
import type { Alert, AlertArticle, AlertWatch } from './alert.ts';
import type { ChatKind, Language } from './channel.ts';
import { type Entry, groupAlerts } from './entries.ts';
import { formatDate, nameActors, oneLine, wordsOf } from './words.ts';

const TITLE_MAX = 200;
/** Characters of a sentence, then of what is shown where ten of those are more than a target takes. */
const SENTENCES = [300, 120, 0] as const;
/** A longer address is not linked to in Slack and Teams: it would take the room of all else. */
const LINK_MAX = 800;
/** What each takes: of a text, of an address and of all embeds together, and of a message in bytes. */
const LIMITS = { slackText: 3_000, discordUrl: 2_048, discordEmbeds: 6_000, teamsBytes: 28_000 } as const;
const ACCENT = 0xb3401f;

export interface ChatMessage {
  readonly watch: AlertWatch;
  /** At most ten. */
  readonly alerts: readonly Alert[];
  readonly language: Language;
  readonly test: boolean;
}

/** A body to post, and whether its target takes as much. */
interface Draft {
  readonly body: object;
  readonly fits: boolean;
}

const when = ({ publishedAt }: AlertArticle, language: Language): string =>
  formatDate(publishedAt, language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Paris' });

function headOf({ watch, alerts, language, test }: ChatMessage): string {
  const words = wordsOf(language);
  return `${oneLine(watch.name, 100)} · ${words.alerts(alerts.length)}${test ? ` (${words.test})` : ''}`;
}

/** What to read after the title; empty where nothing of it is to be shown. */
const sentenceOf = ({ sentence }: Entry, most: number): string => (most === 0 ? '' : oneLine(sentence, most));

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

function slack(message: ChatMessage, most: number): Draft {
  const { language } = message;
  const head = headOf(message);
  const entries = groupAlerts(message.alerts).map((entry) => {
    const url = slackUrl(entry.article.url);
    const title = forSlack(oneLine(entry.article.title, TITLE_MAX));
    const sentence = forSlack(sentenceOf(entry, most));
    const lines = [
      url.length > LINK_MAX ? `*${title}*` : `*<${url}|${title}>*`,
      ...(sentence === '' ? [] : [sentence]),
      `_${forSlack(nameActors(entry.actors, language))}_`,
    ];
    return { text: lines.join('\n'), source: sourceOf(entry, language) };
  });
  const body = {
    text: forSlack(head),
    unfurl_links: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: oneLine(head, 150), emoji: false } },
      ...entries.flatMap(({ text, source }) => [
        { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } },
        { type: 'context', elements: [{ type: 'plain_text', text: source, emoji: false }] },
      ]),
    ],
  };
  return { body, fits: entries.every(({ text }) => text.length <= LIMITS.slackText) };
}

/** Whatever Discord's Markdown, mentions and emoji begin with. */
const forDiscord = (text: string): string => text.replace(/[\\*_~`|>#[\]()<@:+-]/g, '\\$&');

function discord(message: ChatMessage, most: number): Draft {
  const { language } = message;
  const embeds = groupAlerts(message.alerts).map((entry) => {
    const { article, actors } = entry;
    const sentence = forDiscord(sentenceOf(entry, most));
    const lines = [...(sentence === '' ? [] : [sentence]), `**${forDiscord(nameActors(actors, language))}**`];
    return {
      title: forDiscord(oneLine(article.title, TITLE_MAX)).slice(0, 256),
      ...(article.url.length > LIMITS.discordUrl ? {} : { url: article.url }),
      description: lines.join('\n'),
      color: ACCENT,
      footer: { text: sourceOf(entry, language) },
      timestamp: article.publishedAt.toISOString(),
    };
  });
  const size = embeds.reduce(
    (sum, { title, description, footer }) => sum + title.length + description.length + footer.text.length,
    0,
  );
  const body = {
    content: forDiscord(headOf(message)),
    // Nobody is called, whatever the texts say.
    allowed_mentions: { parse: [] },
    embeds,
  };
  return { body, fits: size <= LIMITS.discordEmbeds };
}

/** A card's text runs know no Markdown, unlike its text blocks: nothing needs escaping there. */
function teams(message: ChatMessage, most: number): Draft {
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
      ...groupAlerts(message.alerts).map((entry) => {
        const { title, url } = entry.article;
        const link = url.length > LINK_MAX ? {} : { selectAction: { type: 'Action.OpenUrl', url } };
        const sentence = sentenceOf(entry, most);
        return {
          type: 'Container',
          separator: true,
          spacing: 'Medium',
          items: [
            paragraph(oneLine(title, TITLE_MAX), { weight: 'Bolder', color: 'Accent', ...link }),
            ...(sentence === '' ? [] : [paragraph(sentence)]),
            paragraph(nameActors(entry.actors, language), { italic: true }),
            paragraph(sourceOf(entry, language), { size: 'Small', isSubtle: true }),
          ],
        };
      }),
    ],
  };
  const body = {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
  return { body, fits: Buffer.byteLength(JSON.stringify(body)) <= LIMITS.teamsBytes };
}

const TEMPLATES: Readonly<Record<ChatKind, (message: ChatMessage, most: number) => Draft>> = {
  SLACK: slack,
  DISCORD: discord,
  TEAMS: teams,
};

/** The body to post, with as much of each sentence as the target takes: one that is refused would stop the channel. */
export function chatBody(kind: ChatKind, message: ChatMessage): string {
  const write = TEMPLATES[kind];
  const [longest, ...shorter] = SENTENCES;
  let draft = write(message, longest);
  for (let most = shorter.shift(); !draft.fits && most !== undefined; most = shorter.shift())
    draft = write(message, most);
  return JSON.stringify(draft.body);
}
