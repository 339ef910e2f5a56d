import { describe, expect, test } from 'vitest';
import type { ChatKind } from '#delivery/channel.ts';
import { chatBody } from '#delivery/chat-message.ts';
import { ALERTS, hostileAlert, WATCH } from '../support/alerts.ts';

const bodyOf = (
  kind: ChatKind,
  alerts: readonly (typeof ALERTS)[number][] = ALERTS,
  language: 'FR' | 'EN' = 'FR',
) => JSON.parse(chatBody(kind, { watch: WATCH, alerts, language, test: false }));

test('Slack gets blocks: a header, and a section and its source a story', () => {
  expect(bodyOf('SLACK')).toMatchObject({
    text: 'Levées &amp; laboratoires · 6 alertes',
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'Levées & laboratoires · 6 alertes' } },
      { type: 'section' },
      { type: 'context', elements: [{ type: 'plain_text', text: 'Le Relais · 12 mars 2026, 04:33' }] },
      {
        type: 'section',
        text: {
          type: 'mrkdwn',
          text: '*<https://journal.example/levee?a=1&amp;b=2|Mistral AI lève 600 millions d’euros &amp; vise l’Asie>*\nLa jeune pousse a bouclé un tour de table de 600 millions d’euros, mené par General Catalyst, qui la valorise 5,8 milliards.\n_Mistral AI (lève des fonds), General Catalyst (investit), Bpifrance (investit)_',
        },
      },
      { type: 'context', elements: [{ text: 'Le Quotidien · 12 mars 2026, 07:08 · Aussi dans La Gazette' }] },
      { type: 'section' },
      { type: 'context' },
    ],
  });
});

test('Discord gets an embed a story, and calls nobody', () => {
  const body = bodyOf('DISCORD', ALERTS, 'EN');
  expect(body).toMatchObject({
    content: 'Levées & laboratoires · 6 alerts',
    allowed_mentions: { parse: [] },
    embeds: [
      { title: 'À Saclay, un campus sort de terre', url: 'https://journal.example/campus?a=1&b=2' },
      {
        title: 'Mistral AI lève 600 millions d’euros & vise l’Asie',
        description: expect.stringContaining(
          '**Mistral AI \\(raises money\\), General Catalyst \\(invests\\)',
        ),
        footer: { text: 'Le Quotidien · 12 Mar 2026, 07:08 · Also in La Gazette' },
        timestamp: '2026-03-12T06:08:00.000Z',
      },
      { title: 'Kyutai ouvre les poids de son modèle' },
    ],
  });
});

test('Teams gets an Adaptive Card made of text runs, which know no Markdown', () => {
  const body = bodyOf('TEAMS');
  const { content, contentType } = body.attachments[0];
  expect(contentType).toBe('application/vnd.microsoft.card.adaptive');
  expect(content).toMatchObject({ type: 'AdaptiveCard', version: '1.4' });
  expect(content.body).toHaveLength(4);
  expect(content.body[2].items[0].inlines).toEqual([
    {
      type: 'TextRun',
      text: 'Mistral AI lève 600 millions d’euros & vise l’Asie',
      weight: 'Bolder',
      color: 'Accent',
      selectAction: { type: 'Action.OpenUrl', url: 'https://journal.example/levee?a=1&b=2' },
    },
  ]);
  expect(JSON.stringify(content)).not.toContain('"TextBlock"');
});

describe('a foreign text', () => {
  test.each([
    [
      '<!channel> <@U1> <https://evil.example|Le Monde>',
      '&lt;!channel&gt; &lt;@U1&gt; &lt;https://evil.example|Le Monde&gt;',
    ],
    ['a & b &lt; c', 'a &amp; b &amp;lt; c'],
    ['deux\nlignes', 'deux lignes'],
  ])('cannot call anybody or forge a link in Slack: %s', (text, shown) => {
    const { blocks } = bodyOf('SLACK', hostileAlert(text));
    expect(blocks[1].text.text).toContain(`|${shown}>*`);
    expect(blocks[1].text.text.replaceAll(/^\*<[^|]*\|/g, '')).not.toMatch(/<[!@#]/);
  });

  test.each([
    '@everyone',
    '<@123>',
    '[Le Monde](https://evil.example)',
    '**gras** _penché_ `code`',
    '# titre',
    '> citation',
    '- liste',
  ])('is shown as it is in Discord: %s', (text) => {
    const [embed] = bodyOf('DISCORD', hostileAlert(text)).embeds;
    // Every mark stands behind a backslash.
    expect(embed.title.replaceAll(/\\[^a-z\d\s]/gi, '')).not.toMatch(/[*_~`|>#[\]()<@-]/);
    expect(embed.title.replaceAll('\\', '')).toBe(text);
  });

  test('cannot end an address in Slack', () => {
    const [alert] = ALERTS;
    const url = 'https://journal.example/a|b>c<d';
    const { blocks } = bodyOf('SLACK', [{ ...alert, article: { ...alert.article, url } }]);
    expect(blocks[1].text.text).toMatch(/^\*<https:\/\/journal\.example\/a%7Cb%3Ec%3Cd\|À Saclay/);
  });
});

describe.each([
  ['SLACK', 3_000],
  ['DISCORD', 6_000],
  ['TEAMS', 28_000],
] as const)('what %s takes', (kind, most) => {
  test.each([
    ['Accents', 'é*'],
    ['Ampersands', '&'],
    ['Quotation marks', '"\\'],
    ['Chinese', '中'],
  ])('is never less than ten alerts of the longest texts: %s', (_name, part) => {
    const url = `https://journal.example/?${'a&'.repeat(2_000)}`;
    const alerts = Array.from({ length: 10 }, (_, index) => {
      const [alert] = hostileAlert(part.repeat(400));
      const reasons = alert.reasons.map((reason) => ({ ...reason, sentence: part.repeat(300) }));
      return { ...alert, reasons, article: { ...alert.article, url }, storyId: `s${index}` };
    });
    const body = bodyOf(kind, alerts);
    if (kind === 'SLACK') {
      expect(body.blocks.length).toBeLessThanOrEqual(50);
      for (const block of body.blocks) expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(most);
    } else if (kind === 'DISCORD') {
      const characters = body.embeds.map(
        (embed: { title: string; description: string; footer: { text: string } }) =>
          embed.title.length + embed.description.length + embed.footer.text.length,
      );
      for (const embed of body.embeds) {
        expect(embed.title.length).toBeLessThanOrEqual(256);
        expect(embed.url?.length ?? 0).toBeLessThanOrEqual(2_048);
      }
      expect(characters.reduce((sum: number, length: number) => sum + length, 0)).toBeLessThanOrEqual(most);
    } else expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(most);
  });
});

test('ten stories of the usual length are told whole', () => {
  const sentence = `${'Un mot. '.repeat(30)}Fin`;
  const alerts = Array.from({ length: 10 }, (_, index) => {
    const [alert] = ALERTS;
    const reasons = alert.reasons.map((reason) => ({ ...reason, sentence }));
    return { ...alert, reasons, storyId: `s${index}` };
  });
  for (const kind of ['SLACK', 'DISCORD', 'TEAMS'] as const) {
    expect(JSON.stringify(bodyOf(kind, alerts)).split('Fin')).toHaveLength(11);
  }
});
