/** What stands on an article's page and is not the article. */

import { Parser } from 'htmlparser2';

/** Elements that never hold the article. */
const NEVER =
  'nav, footer, form, dialog, script, style, iframe, [role="navigation"], [role="banner"], [role="contentinfo"], [role="complementary"], [role="dialog"], [role="search"], [aria-hidden="true"][hidden]';

/** Words of class names and ids of blocks that are set beside or into an article. */
const ASIDE =
  /(?:^|[-_\s])(?:newsletter|nl-?box|inscription|related|read-?(?:also|more|next)|a-?lire(?:-aussi)?|lire-?aussi|voir-?aussi|en-?relation|sur-le-meme-(?:sujet|theme)|recommand(?:ation|e|ed)s?|comment(?:s|aires?|-?list|-?section)?|disqus|share|sharing|social|partage|cookies?|consent|gdpr|didomi|tarteaucitron|breadcrumbs?|fil-?ariane|sidebar|outbrain|taboola|ligatus|promo|pub|advert(?:isement)?|ads?|sponsor(?:ed|ise)?|paywall|subscribe|abonnement|author-?(?:bio|box)|tags?-?list|most-?(?:read|popular)|plus-?lus)(?:$|[-_\s])/i;

/** Headings of such blocks. */
const ASIDE_HEADING =
  /^(?:(?:à )?lire (?:aussi|également|la suite)|(?:à )?voir (?:aussi|également)|sur le m[êe]me (?:sujet|th[èe]me)|articles? (?:li[ée]s?|recommand[ée]s?|similaires?|associ[ée]s?|connexes?)|dans la m[êe]me rubrique|les plus lus|nos (?:derniers )?articles?|(?:vos )?commentaires?|\d+ commentaires?|laisser un commentaire|contenus? sponsoris[ée]s?|r[ée]agir|newsletters?|inscrivez-vous|recevez|s['’]abonner|pour aller plus loin|partager(?: cet article)?|suivez-nous|related articles?|read also|you may also like|comments?)\b/i;

/** The line over readers' comments where it is no heading. */
const REACTIONS = /^(?:\d+|vos) (?:commentaires?|r[ée]actions?)$/i;

/** Pointers to other articles: « → À lire aussi : … », « (Relire notre enquête : …) ». */
const POINTER =
  /^[^\p{L}\d]{0,4}(?:(?!d[ée]couvrir (?:l['’]|les? |la )\p{L}+ )(?:à )?(?:re)?(?:lire|voir|[ée]couter|d[ée]couvrir|regarder)(?: (?:aussi|[ée]galement))?(?: (?:(?:nos?|notre|cet?|cette) |(?:l['’]|les? |la )(?:article|enqu[êe]te|dossier|vid[ée]o|entretien|interview|portrait|d[ée]cryptage|tribune|analyse|reportage|podcast))[^:|]{0,40})?\s*[:|>›–—\]-]|(?:à )?(?:lire|voir|[ée]couter) (?:aussi|[ée]galement)\s*$|ne manquez pas\s*:|pour aller plus loin\s*:)/iu;

/** What a site says of itself: its letters, its pages elsewhere, its advertisers. */
const OFFER =
  /^(?:(?:pour )?recevoir .{1,80}(?:inscri|abonn)|.{0,120}\bdans votre (?:bo[îi]te|messagerie).{0,30}$|(?:(?:la|notre|nos) )?newsletters?\b.{0,30}$|(?:suivez|retrouvez|rejoignez).{1,80} sur (?:google|whatsapp|facebook|x|twitter|linkedin|instagram|telegram|bluesky|tiktok|youtube)\b.{0,60}$|.{0,60}\bfaites un don\b.{0,30}$|(?:la suite|votre contenu).{0,20} publicit[ée]$|publicit[ée], votre contenu|laisser un commentaire$|votre adresse e-?mail ne sera pas publi)/i;

/** Lines of text that belong to the site, not to the article. */
const LINE =
  /^(?:lire la suite\b.{0,80}$|sur le m[êe]me sujet\s*:?$|(?:abonnez|inscrivez)-vous (?:à|gratuitement|pour|dès)(?=\s)|recevez (?:chaque|tous|toute|nos|notre|le meilleur)\b|partager (?:cet article|sur)\b|suivez[- ](?:nous|l['’])\b|ajoutez .{1,40} à vos (?:sources|flux|favoris)\b|cet article vous a plu|(?:l['’]|cet )article .{1,300} est apparu en premier sur\b|the post .{1,300} appeared first on\b|temps de lecture\b.{0,30}$|publicit[ée]$|advertisement$|\d+ commentaires?$|commentaires?$|cr[ée]dits? photo)/i;

/** What dates are written with, each of them a word: « le mardi 3 février 2026 à 10h30, mis à jour il y a 2 heures ». */
const WHEN = String.raw`(?:[\s,;|·•–—-]+(?:le(?: ?:)?|à|il y a|aujourd['’]hui|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre|et|h|min(?:utes?)?|heures?|jours?|semaines?|mois|publi[ée]e?|modifi[ée]e?|mise? (?:à jour|en ligne)|1er|(?:janv|f[ée]vr|sept|oct|nov|d[ée]c)\.|\d[\dh/.]*(?::\d\d)?)(?![\p{L}\d]))`;
/** An article's date, and its author: nothing else, as « Publiée hier par Bpifrance, l’étude … » begins the same way. */
const STAMP = new RegExp(
  String.raw`^(?:(?:publi[ée]e?|mise? (?:à jour|en ligne)|modifi[ée]e?)(?:\s?:)?${WHEN}+(?: par [^,.:]{2,40})?|par [^.!?:]{2,80}?(?=[\s,]+(?:publi[ée]e? )?le \d)${WHEN}+)[\s.]*$`,
  'iu',
);

/** True for a line that belongs to the site rather than the article ("Lire aussi : …"). */
export function isBoilerplateLine(line: string): boolean {
  const text = line.trim();
  return line.length < 400 && [LINE, STAMP, POINTER, OFFER].some((site) => site.test(text));
}

const CONSENT =
  /\b(?:cookies?|traceurs?)\b|\b(?:vo(?:tre|s)|nos|ses) (?:\d[\d\s]*)?(?:consentements?|vie privée|partenaires|données personnelles|choix)|\bpolitique de confidentialité\b|\bpublicités? (?:ciblée|personnalisée|et contenus? personnalisés?)/i;

/** True for a text that asks for consent to cookies: most of it speaks of that, and to the reader. */
export function isConsent(lines: readonly string[]): boolean {
  let all = 0;
  let asking = 0;
  for (const line of lines) {
    all += line.length;
    if (CONSENT.test(line)) asking += line.length;
  }
  return asking > all * 0.6 && lines.some((line) => /\bvo(?:tre|s)\b|\bvous\b/i.test(line));
}

/** Removes the blocks from the page. What holds most of the page's paragraphs is never removed, whatever it is called. */
export function dropBoilerplate(document: Document): void {
  for (const element of [...document.querySelectorAll(NEVER)]) element.remove();
  const paragraphs = document.querySelectorAll('p').length;
  // Thousands of headings may stand in one block, which is looked through once.
  const known = new Map<Element, boolean>();
  const holdsArticle = (element: Element) => {
    const holds = known.get(element) ?? isArticle(element);
    known.set(element, holds);
    return holds;
  };
  const isArticle = (element: Element) =>
    element.tagName === 'ARTICLE' ||
    element.tagName === 'MAIN' ||
    element.tagName === 'BODY' ||
    element.tagName === 'HTML' ||
    element.querySelectorAll('p').length * 2 > paragraphs ||
    element.querySelector('h1') !== null;
  for (const element of [...document.querySelectorAll('[class], [id]')]) {
    const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
    if (names.length < 500 && ASIDE.test(names) && element.parentNode !== null && !holdsArticle(element))
      element.remove();
  }
  for (const heading of [...document.querySelectorAll('h2, h3, h4, h5, h6, strong, aside > p')]) {
    if (!ASIDE_HEADING.test((heading.textContent ?? '').slice(0, 200).trim())) continue;
    const block = heading.closest('aside, section, ul, div');
    if (block !== null && !holdsArticle(block)) block.remove();
    else dropWithList(heading);
  }
  for (const line of [...document.querySelectorAll('p')]) {
    const block = REACTIONS.test((line.textContent ?? '').slice(0, 60).trim())
      ? line.closest('section, div')
      : null;
    if (block !== null && !holdsArticle(block)) block.remove();
  }
  for (const aside of [...document.querySelectorAll('aside')]) if (!holdsArticle(aside)) aside.remove();
}

/** A heading within the article's own text goes with the list of links that follows it. */
function dropWithList(heading: Element): void {
  const next = heading.nextElementSibling;
  if (next !== null && /^(UL|OL)$/.test(next.tagName)) next.remove();
  if (/^H\d$/.test(heading.tagName)) heading.remove();
}

/** True when most of a piece of HTML's text is that of its links: a list of articles, not an article. */
export function isMostlyLinks(html: string): boolean {
  let inLinks = 0;
  let all = 0;
  let depth = 0;
  const parser = new Parser({
    onopentagname(name) {
      if (name === 'a') depth += 1;
    },
    ontext(text) {
      const { length } = text.trim();
      all += length;
      if (depth > 0) inLinks += length;
    },
    onclosetag(name) {
      if (name === 'a') depth -= 1;
    },
  });
  parser.end(html);
  return inLinks * 2 > all;
}
