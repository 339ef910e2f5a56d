/** The words with which French sites cut an article off before readers who do not pay. */
import { collapse } from './plain-text.ts';

const READ = String.raw`(?:(?:lire|lisez|découvr\w+|accéder|accédez|accès|offrez-vous|débloque[rz]|déverrouille[rz])(?: à)?|(?:continue|poursuive)[rz](?: à lire)?) (?:la suite|l['’]intégralité|la totalité|cet article|l['’]article|ce contenu|votre lecture|la lecture)`;
const PAY =
  '(?:abonn|connectez-vous|identifiez-vous|inscrivez-vous|créez (?:un|votre) compte|payante?|€|euros?|offre numérique|sans engagement)';

/** They speak of the article in hand, wherever they stand on its page. */
const WALL = new RegExp(
  [
    `${READ}[^.!?]{0,80}${PAY}`,
    `${PAY}[^.!]{0,80}${READ}`,
    String.raw`il vous reste (?:encore )?(?:\d[\d\s.,]*(?:%|mots) |à lire )`,
    String.raw`\d[\d\s.,]*% de (?:cet|l['’])\s?article`,
    String.raw`(?:cet article|ce contenu|la suite|l[ea] (?:reste|suite|lecture) de (?:cet article|l['’]article|ce contenu)) (?:est|n['’]est)[^.]{0,20} (?:payante?|accès (?:payant|réservé|restreint)|(?:réservée?|accessible)(?= )[^.]{0,40}\b(?:abonn|membres|adhérents|lecteurs|inscrits))`,
    '(?:envie de|souhaitez|voulez|pour) lire la suite ?[?:]',
    "vous devez être abonné|seuls (?:les|nos) abonnés (?:peuvent|ont accès)|vous n['’]avez pas accès à (?:l['’]intégralité|cet article|ce contenu)",
    "(?:débloquez|déverrouillez|accédez à l['’]intégralité de) (?:cet |l['’])article",
  ].join('|'),
  'i',
);
/** A label, which other articles in a list carry as well. */
const LABEL =
  /^(?:(?:article|contenu|lecture|la suite) )?(?:est )?(?:réservée?|exclusif|exclusive)(?: |[ -]+)(?:à nos|aux|pour nos|pour les) (?:abonnés|membres|adhérents|lecteurs abonnés)\b.{0,10}$/i;
/** What is worth a closer look. */
const HINT = /abonn|réservé|reste|suite|lecture|article|contenu/i;

const BLOCK = 'p, div, section, h2, h3, h4, h5, h6, li, td, aside, article, button, header, span[class]';
const HIDDEN =
  'template, noscript, [hidden], [aria-hidden="true"], [style*="display:none"], [style*="display: none"]';
/** Longer blocks are text, not a notice. */
const MAX_NOTICE = 400;
const MAX_BLOCKS = 400;

/** True when the page says that the rest of its article is for those who pay. What it says of other articles does not count. */
export function isWalled(document: Document): boolean {
  const heading = document.querySelector('h1');
  const home = heading?.closest('article, main') ?? null;
  const looked = new Set<Element>();
  const texts = document.createTreeWalker(document.body, 4);
  for (let node = texts.nextNode(); node !== null && looked.size < MAX_BLOCKS; node = texts.nextNode()) {
    if (!HINT.test(node.textContent?.slice(0, MAX_NOTICE) ?? '')) continue;
    const block = node.parentElement?.closest(BLOCK) ?? null;
    if (block === null || looked.has(block)) continue;
    looked.add(block);
    const words = collapse(block.textContent ?? '');
    if (words.length > MAX_NOTICE) continue;
    const walled = WALL.test(words) || (LABEL.test(words) && home?.contains(block) === true);
    if (walled && isOfArticle(block)) return true;
  }
  return false;

  /** Not hidden, and not beside the link to another article. */
  function isOfArticle(block: Element): boolean {
    if (block.closest(`${HIDDEN}, li, nav, footer, script, style`) !== null) return false;
    const around = block.closest('article');
    if (around !== null && heading !== null && !around.contains(heading)) return false;
    return LABEL.test(collapse(block.textContent ?? '')) ? block.closest('a, aside, button') === null : true;
  }
}
