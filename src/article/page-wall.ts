/** The words with which French sites cut an article off before readers who do not pay. */
import { collapse } from './plain-text.ts';

const THIS = String.raw`(?:cet article|l['’]article(?! \d)|ce contenu)`;
// « La suite Office », « la suite de nos enquêtes » are others.
const REST = `la suite(?! (?!de ${THIS}|pour|dès|à|avec|en|et|seulement|gratuit|réserv|abonn|connect|identif|inscri|créez|sans)[a-zà-ÿ])`;
const READ = String.raw`(?:(?:(?:lire|lisez|découvr\w+|accéder|accédez|accès|offrez-vous|débloque[rz]|déverrouille[rz])(?: à)?|(?:continue|poursuive)[rz](?: à lire)?) (?:${REST}|(?:l['’]intégralité|la totalité) de ${THIS}|${THIS})|(?:continuez|poursuivez|pour (?:continuer|poursuivre)) (?:votre|la) lecture)`;
const JOIN =
  "abonnez-vous|je m['’]abonne|connectez-vous|identifiez-vous|inscrivez-vous|créez (?:un|votre) compte|offre numérique|sans engagement";
/** A sum alone is none: it stands in the titles of other articles. */
const PRICE = String.raw`(?:dès|pour|à partir de|seulement) \d[\d.,]* ?(?:€|euros?)|\d[\d.,]* ?(?:€|euros?) ?(?:par|/) ?(?:mois|an|semaine)`;
const SUBSCRIBERS = '(?:abonn|membres|adhérents|inscrits)';

/**
 * They speak of the article in hand, wherever they stand in it. A free article taken for a walled one loses its text for good, a walled
 * one taken for free costs its readers little: what is in doubt is no wall.
 */
const WALL = new RegExp(
  [
    `${READ}(?: ?: ?|[^.!?:]{0,80})(?:${JOIN}|${PRICE}|réservée?s? aux abonnés)`,
    `(?:${JOIN}|déjà abonnée?)[^.!]{0,80}${READ}`,
    String.raw`il vous reste (?:encore )?\d[\d .,]*(?:%|mots) (?:de ${THIS}|à lire)`,
    String.raw`vous avez lu \d[\d .,]*% de ${THIS}`,
    String.raw`\d[\d .,]*% de ${THIS} (?:restante?s?|à lire)`,
    String.raw`(?:^|[.!?…] ?)(?:cet article|ce contenu|(?:l[ea] (?:reste|suite|lecture)|l['’](?:accès|intégralité)) (?:de|à) ${THIS}) (?:est |n['’]est )[^.]{0,20}?(?:payante?\b|accès (?:payant|réservé|restreint)|réservée? [^.]{0,40}\b${SUBSCRIBERS}|accessible qu[^.]{0,40}\b${SUBSCRIBERS})`,
    String.raw`(?:^|[.!?…] ?)la suite est (?:exclusivement )?réservée [^.]{0,20}\babonnés`,
    '(?:envie de|souhaitez(?:-vous)?|voulez(?:-vous)?) lire la suite ?[?]',
    `(?:vous devez être abonnée?|seuls (?:les|nos) abonnés (?:peuvent|ont accès))[^.]{0,20} (?:la suite|${THIS})`,
    "vous n['’]avez pas accès à (?:l['’]intégralité de )?(?:cet article|ce contenu)",
    String.raw`(?:débloquez|déverrouillez|accédez à l['’]intégralité de) (?:cet |l['’])article(?! (?:\d|sur ))`,
  ].join('|'),
  'i',
);
/** What is said where the article is free all the same. */
const FREE =
  /newsletter|infolettre|lettre d['’]information|(?<!vous |compte )gratuitement|(?:accès libre|libre accès|offert|souten)|\bà tous\b|n['’]est (?:pas|plus) (?:payant|réservé|en accès)|plus tard|hors[ -](?:ligne|connexion)|sans pub|commenter/i;
/** What the links beside a wall's words lead to. */
const CALL =
  /^(?:(?:je|déjà|pas encore|nos|voir|les|toutes) )*(?:[ms]['’])?(?:abonn|connect|identifi|inscri|cré|compte|offre|essa|profit|découvr|débloqu|déverrouill|accéd|lire|lisez|continue|poursui|cliqu)[^:]{0,60}$/i;
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
  const notices = new Map<Element, string | null>();
  const texts = document.createTreeWalker(document.body, 4);
  for (let node = texts.nextNode(); node !== null && looked.size < MAX_BLOCKS; node = texts.nextNode()) {
    if (!HINT.test(node.textContent?.slice(0, MAX_NOTICE) ?? '')) continue;
    const block = node.parentElement?.closest(BLOCK) ?? null;
    if (block === null || looked.has(block)) continue;
    looked.add(block);
    const words = notice(block);
    if (words === null) continue;
    const isLabel = LABEL.test(words);
    if (!isLabel && (!WALL.test(words) || FREE.test(words))) continue;
    if (isLabel ? isLabelOfArticle(block) : isOfArticle(block)) return true;
  }
  return false;

  /** The words of a short block; null for one that is text. */
  function notice(block: Element): string | null {
    const known = notices.get(block);
    if (known !== undefined) return known;
    const words = collapse(block.textContent ?? '').replace(/\s/g, ' ');
    const short = words.length > MAX_NOTICE ? null : words;
    notices.set(block, short);
    return short;
  }

  /** Not hidden, within the article where the page has marked it, and not beside the link to another article. */
  function isOfArticle(block: Element): boolean {
    if (block.closest(`${HIDDEN}, li, nav, footer, script, style`) !== null) return false;
    if (home !== null && !home.contains(block)) return false;
    const around = block.closest('article');
    if (around !== null && heading !== null && !around.contains(heading)) return false;
    return ![block.closest('a'), ...boxOf(block).querySelectorAll('a')].some(isTitle);
  }

  function isLabelOfArticle(block: Element): boolean {
    if (home === null || block.closest('a, aside, button') !== null || !isOfArticle(block)) return false;
    return ![...boxOf(block).querySelectorAll('h2, h3, h4')].some((title) => !title.contains(block));
  }

  /** The largest element around a block that is still a notice, such as the card of another article. */
  function boxOf(block: Element): Element {
    let box = block;
    for (let next = box.parentElement; next !== null && next !== home; next = box.parentElement) {
      if (next.contains(heading) || notice(next) === null) break;
      box = next;
    }
    return box;
  }
}

/** A link that reads like the title of an article; shorter ones are names and buttons. */
function isTitle(link: Element | null): boolean {
  const words = collapse(link?.textContent ?? '');
  return words.split(/\s/).length > 3 && !CALL.test(words);
}
