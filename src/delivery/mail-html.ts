/**
 * A mail as HTML. Mail programs know little of it: tables, styles on the elements themselves, no remote image, no script. The style
 * element turns the colours round where the reader's screen is dark; where it is not understood, the mail stays light.
 */

import { escapeHtml } from '#text/html.ts';
import type { AlertArticle } from './alert.ts';
import type { Entry } from './entries.ts';
import type { MailPage } from './mail-message.ts';
import { momentOf } from './mail-text.ts';
import { mailWordsOf } from './mail-words.ts';
import { oneLine, wordsOf } from './words.ts';

const SERIF = "font-family:Georgia,'Times New Roman',serif";
const SANS = 'font-family:-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif';

const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .paper { background-color: #0f1b29 !important; }
  .card { background-color: #16263a !important; border-color: #2a3b4f !important; }
  .ink, .ink a { color: #f0ece2 !important; }
  .soft { color: #aab6c3 !important; }
  .accent, .accent a { color: #ff8a5c !important; }
  .chip { background-color: #223850 !important; color: #d9e2ec !important; }
  .money { background-color: #4a2a1a !important; color: #ffc9ae !important; }
  .line { border-color: #2a3b4f !important; }
  .button { background-color: #ff8a5c !important; }
  .button a { color: #0f1b29 !important; }
}
@media (max-width: 620px) { .pad { padding-left: 20px !important; padding-right: 20px !important; } }
`;

const link = (url: string, text: string, style: string): string =>
  `<a href="${escapeHtml(url)}" style="${style}">${escapeHtml(text)}</a>`;

function chips({ actors }: Entry, page: MailPage): string {
  const words = wordsOf(page.language);
  const chip = (text: string, money: boolean): string =>
    `<span class="${money ? 'money' : 'chip'}" style="display:inline-block;margin:0 6px 6px 0;padding:2px 9px;border-radius:10px;background-color:${money ? '#fbe3d8' : '#e9eef3'};color:${money ? '#8a2f14' : '#2a4158'};${SANS};font-size:12px;line-height:18px">${text}</span>`;
  const named = actors.slice(0, 8).map(({ name, parts }) => {
    const part = parts[0] ?? 'MENTIONED';
    return chip(
      `<b>${escapeHtml(oneLine(name, 80))}</b> ${escapeHtml(words.parts[part])}`,
      part === 'RAISING' || part === 'INVESTING',
    );
  });
  const rest = actors.length - named.length;
  return [...named, ...(rest > 0 ? [chip(escapeHtml(words.more(rest)), false)] : [])].join('');
}

function othersOf(others: readonly AlertArticle[], page: MailPage): string {
  if (others.length === 0) return '';
  const shown = others.slice(0, 5).map(({ url, outlet }) => link(url, oneLine(outlet, 60), 'color:inherit'));
  const rest = others.length - shown.length;
  const words = wordsOf(page.language);
  const more = rest > 0 ? ` ${escapeHtml(words.more(rest))}` : '';
  return `<div class="soft" style="margin-top:8px;${SANS};font-size:13px;line-height:19px;color:#5b6b7b">${escapeHtml(words.also)} ${shown.join(', ')}${more}</div>`;
}

function entryHtml(entry: Entry, page: MailPage): string {
  const { article, others, sentence } = entry;
  const source = `${oneLine(article.outlet, 80)} · ${momentOf(article.publishedAt, page)}`;
  return `<tr><td class="pad line" style="padding:24px 36px;border-top:1px solid #e3ded2">
<div class="soft" style="${SANS};font-size:12px;line-height:18px;color:#5b6b7b">${escapeHtml(source)}</div>
<div class="ink" style="margin:4px 0 10px;${SERIF};font-size:20px;line-height:26px;font-weight:bold;color:#10243a">${link(article.url, oneLine(article.title), 'color:#10243a;text-decoration:none')}</div>
${sentence === '' ? '' : `<div class="ink" style="margin:0 0 12px;${SERIF};font-size:16px;line-height:24px;color:#10243a">${escapeHtml(oneLine(sentence))}</div>\n`}<div>${chips(entry, page)}</div>
<div class="accent" style="margin-top:4px;${SANS};font-size:14px;line-height:20px;color:#b3401f">${link(article.url, `${mailWordsOf(page.language).read} →`, 'color:#b3401f;font-weight:600;text-decoration:none')}</div>${othersOf(others, page)}
</td></tr>`;
}

/** Writes the HTML. */
export function mailHtml(page: MailPage, subject: string): string {
  const { kicker, title, note, paragraphs, button, entries, footer, unsubscribe, language } = page;
  const text = paragraphs.map(
    (paragraph) =>
      `<tr><td class="pad ink" style="padding:0 36px 20px;${SERIF};font-size:17px;line-height:26px;color:#10243a">${escapeHtml(paragraph)}</td></tr>`,
  );
  const asked =
    button === null
      ? ''
      : `<tr><td class="pad" style="padding:4px 36px 32px"><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="button" style="border-radius:6px;background-color:#b3401f">${link(button.url, button.text, `display:inline-block;padding:13px 24px;${SANS};font-size:16px;font-weight:600;color:#ffffff;text-decoration:none`)}</td></tr></table></td></tr>`;
  const foot = [
    ...footer.map(escapeHtml),
    ...(unsubscribe === null ? [] : [link(unsubscribe.url, unsubscribe.text, 'color:inherit')]),
  ];
  return `<!doctype html>
<html lang="${language === 'FR' ? 'fr' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${STYLE}</style>
</head>
<body class="paper" style="margin:0;padding:0;background-color:#f6f4ee">
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f6f4ee"><tr><td align="center" style="padding:28px 12px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:620px;background-color:#ffffff;border:1px solid #e3ded2;border-radius:10px">
<tr><td class="pad" style="padding:32px 36px 22px">
<div class="accent" style="${SANS};font-size:13px;line-height:18px;font-weight:600;letter-spacing:.04em;color:#b3401f">${escapeHtml(kicker)}</div>
<div class="ink" style="margin-top:6px;${SERIF};font-size:30px;line-height:36px;color:#10243a">${escapeHtml(title)}</div>
${note === '' ? '' : `<div class="soft" style="margin-top:6px;${SANS};font-size:14px;line-height:20px;color:#5b6b7b">${escapeHtml(note)}</div>\n`}</td></tr>
${[...text, asked, ...entries.map((entry) => entryHtml(entry, page))].filter((row) => row !== '').join('\n')}
</table>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:620px"><tr><td class="pad soft" style="padding:18px 36px;${SANS};font-size:12px;line-height:19px;color:#5b6b7b">${foot.join('<br>\n')}</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}
