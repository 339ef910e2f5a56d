/** A reading as one HTML page that needs nothing else: no script, no file, no network. */

import { ACTOR_KINDS } from '#actor/actor.ts';
import { escapeHtml } from '#text/html.ts';
import { EXPLAIN_STYLE } from './explain-style.ts';
import {
  describeActor,
  describeAffiliation,
  describeClaim,
  describeFunding,
  describeMark,
  groupActors,
  headlineFunding,
  KIND_WORDS,
  marksOf,
  percent,
  type ReadingToExplain,
  type ReadMark,
  speakerOf,
  tagOfClaim,
  tagOfFunding,
} from './explanation.ts';
import type { Extraction, Field } from './extraction.ts';
import { cutAtMarks, type Segment, splitLines } from './segments.ts';

/** Control characters mean nothing in a page, and a lone half of a pair cannot be encoded. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant.
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** A text as it may stand in the page, between tags or in quotation marks. */
const escapeText = (text: string): string => escapeHtml(text.toWellFormed().replace(UNPRINTABLE, '\ufffd'));

/** Marks inside one another that are shown, and of these, those that a title tells of. No reading nests so deep. */
const DEPTH_MAX = 12;
const TITLES_MAX = 6;

/** The name of a mark's look. */
function classOf(mark: ReadMark, extraction: Extraction): string {
  if (mark.type === 'CLAIM') {
    return `claim ${mark.claim.kind.toLowerCase()} ${mark.claim.status.toLowerCase()}`;
  }
  if (mark.type === 'MONEY') return `money ${mark.report.status.toLowerCase()}`;
  const actor = extraction.actors[mark.mention.actor];
  const known = actor?.slug === null ? ' unknown' : '';
  return `actor ${(actor?.kind ?? 'ORGANIZATION').toLowerCase()}${known}`;
}

/** One line of a field: marks nest where they can, and one that crosses another is closed and opened again. */
function lineHtml(
  line: readonly Segment<ReadMark>[],
  extraction: Extraction,
  { prefix, seen }: { readonly prefix: string; readonly seen: Set<ReadMark> },
): string {
  let html = '';
  let open: readonly ReadMark[] = [];
  const closeTo = (depth: number): void => {
    html += '</span>'.repeat(open.length - depth);
    open = open.slice(0, depth);
  };
  for (const { text, closes, ...segment } of line) {
    const marks = segment.marks.slice(0, DEPTH_MAX);
    let shared = 0;
    while (shared < open.length && open[shared] === marks[shared]) shared += 1;
    closeTo(shared);
    marks.slice(shared).forEach((mark, index) => {
      // What is inside tells of what is around it too: only the innermost shows its title.
      const around = marks
        .slice(0, shared + index + 1)
        .toReversed()
        .slice(0, TITLES_MAX);
      const title = around.map((each) => describeMark(each, extraction)).join('\n');
      const id = mark.type === 'MENTION' || seen.has(mark) ? '' : ` id="${prefix}${mark.tag}"`;
      seen.add(mark);
      html += `<span class="${classOf(mark, extraction)}"${id} title="${escapeText(title)}">`;
    });
    open = marks;
    html += escapeText(text);
    // A tag stands behind its mark, unless another that began inside it goes on.
    let depth = open.length;
    while (depth > 0 && closes.includes(open[depth - 1]!)) depth -= 1;
    closeTo(depth);
    for (const mark of closes.toReversed()) {
      if (mark.type === 'MENTION') continue;
      html += `<a class="tag" href="#${prefix}list-${mark.tag}">${mark.tag}</a>`;
    }
  }
  closeTo(0);
  return html;
}

function actorsHtml(extraction: Extraction): string {
  return groupActors(extraction)
    .map(({ kind, title, actors }) => {
      const items = actors.map(({ actor, mentions, surfaces }) => {
        const others = surfaces.filter((surface) => surface !== actor.name);
        const known = actor.slug === null ? ' unknown' : '';
        const also = others.length === 0 ? '' : `<br><small>also as ${escapeText(others.join(', '))}</small>`;
        return `<li><span class="actor ${kind.toLowerCase()}${known}" title="${escapeText(describeActor(actor))}">${escapeText(actor.name)}</span> <small>${percent(actor.confidence)} · ×${mentions}${actor.slug === null ? ' · not in the register' : ''}</small>${also}</li>`;
      });
      return `<h3>${title}</h3><ul class="actors">${items.join('')}</ul>`;
    })
    .join('');
}

interface Entry {
  readonly tag: string;
  readonly head: string;
  readonly quote: string | null;
  readonly detail: string;
}

function listHtml(title: string, entries: readonly Entry[], prefix: string): string {
  if (entries.length === 0) return '';
  const items = entries.map(
    ({ tag, head, quote, detail }) =>
      `<li id="${prefix}list-${tag}"><a class="tag" href="#${prefix}${tag}">${tag}</a><b>${escapeText(head)}</b>${
        quote === null ? '' : `<q>${escapeText(quote)}</q>`
      }<small>${escapeText(detail)}</small></li>`,
  );
  return `<h2>${title}</h2><ol class="entries">${items.join('')}</ol>`;
}

function articleHtml({ article, extraction }: ReadingToExplain, prefix: string): string {
  const seen = new Set<ReadMark>();
  const linesOf = (text: string, field: Field): string[] =>
    splitLines(cutAtMarks(text, marksOf(extraction, field))).map((line) =>
      lineHtml(line, extraction, { prefix, seen }),
    );
  const claims = extraction.claims.map((claim, index) => ({
    tag: tagOfClaim(index),
    head: speakerOf(claim, extraction),
    quote: claim.quote,
    detail: describeClaim(claim, extraction),
  }));
  const funding = extraction.funding.map((report, index) => ({
    tag: tagOfFunding(index),
    head: headlineFunding(report, extraction),
    quote: null,
    detail: describeFunding(report, extraction),
  }));
  const ties = extraction.affiliations.map(
    (tie) => `<li>${escapeText(describeAffiliation(tie, extraction))}</li>`,
  );
  const actors = actorsHtml(extraction);
  return `<article>
<section class="text" lang="fr">
<h1>${linesOf(article.title, 'TITLE').join(' ')}</h1>
${linesOf(article.text, 'TEXT')
  .map((line) => `<p>${line}</p>`)
  .join('\n')}
</section>
<aside>
${actors === '' ? '<p class="none">No actor was found.</p>' : `<h2>Actors</h2>${actors}`}
${listHtml('Claims', claims, prefix)}
${listHtml('Funding', funding, prefix)}
${ties.length === 0 ? '' : `<h2>Affiliations</h2><ul>${ties.join('')}</ul>`}
</aside>
</article>`;
}

const LEGEND = [
  ...ACTOR_KINDS.map((kind) => `<span class="actor ${kind.toLowerCase()}">${KIND_WORDS[kind].one}</span>`),
  '<span class="actor company unknown">not in the register</span>',
  '<span class="claim direct asserted">direct quotation</span>',
  '<span class="claim indirect asserted">reported speech</span>',
  '<span class="claim indirect conditional">conditional</span>',
  '<span class="claim indirect denied">denied</span>',
  '<span class="money closed">money</span>',
];

/** The page of one or several readings. Everything that comes from the texts is escaped; the page may load nothing. */
export function explainAsHtml(readings: readonly ReadingToExplain[]): string {
  const title = readings[0]?.article.title || 'Reading';
  const articles = readings.map((reading, index) =>
    articleHtml(reading, readings.length === 1 ? '' : `a${index + 1}-`),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeText(title)} · Vigie</title>
<style>${EXPLAIN_STYLE}</style>
</head>
<body>
<header><b>Vigie</b> <span>what was read</span><nav class="legend">${LEGEND.join('')}</nav></header>
${articles.join('\n')}
<footer>Reader version ${escapeText(readings[0]?.extraction.reader ?? '')}. Hover a mark to see what it stands for; a tag leads to the list and back.</footer>
</body>
</html>
`;
}
