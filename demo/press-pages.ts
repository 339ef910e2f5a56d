import {
  articlePath,
  escapeMarkup,
  type PublishedItem,
  paragraphsHtml,
  type SiteContent,
} from './press-feeds.ts';
import type { Outlet } from './press-outlets.ts';

const NOTICE =
  'Presse de démonstration : journaux inventés, textes et citations écrits pour l’essai. Ce ne sont les propos de personne.';

/** A site's front page, with its feed announced for autodiscovery. */
export function homePage({ outlet, url, items }: SiteContent): string {
  const rows = items.map(
    (item) =>
      `<li><a href="${url}/${articlePath(outlet, item.id)}">${escapeMarkup(item.title)}</a> <time datetime="${item.publishedAt.toISOString()}">${frenchDate(item.publishedAt)}</time></li>`,
  );
  const head = `<link rel="alternate" type="${outlet.mediaType.split(';')[0]}" title="${escapeMarkup(outlet.name)}" href="${url}/feed">`;
  return layout(outlet, url, outlet.name, head, `<main><ul class="une">${rows.join('\n')}</ul></main>`);
}

/** An article's page, with all that surrounds a text in real life: navigation, banner, other titles, comments. */
export function articlePage(site: SiteContent, item: PublishedItem): string {
  const { outlet, url } = site;
  const canonical = `${url}/${articlePath(outlet, item.id)}`;
  const others = site.items.filter((other) => other.id !== item.id).slice(0, 3);
  const head = `<link rel="canonical" href="${canonical}">
<meta property="og:type" content="article"><meta property="og:site_name" content="${escapeMarkup(outlet.name)}">
<meta property="og:title" content="${escapeMarkup(item.title)}">
<meta property="article:published_time" content="${item.publishedAt.toISOString()}">
<meta property="article:modified_time" content="${item.updatedAt.toISOString()}">`;
  const also = others.map(
    (other) => `<li><a href="${url}/${articlePath(outlet, other.id)}">${escapeMarkup(other.title)}</a></li>`,
  );
  return layout(
    outlet,
    url,
    item.title,
    head,
    `<main><article><h1>${escapeMarkup(item.title)}</h1>
<p class="signature">Par ${escapeMarkup(item.author)}, le <time datetime="${item.publishedAt.toISOString()}">${frenchDate(item.publishedAt)}</time></p>
<div class="texte">
${paragraphsHtml(item.paragraphs)}
</div></article>
<aside class="a-lire-aussi"><h2>À lire aussi</h2><ul>${also.join('')}</ul></aside>
<aside class="lettre"><h2>La lettre du matin</h2><p>Recevez chaque jour notre sélection.</p><form><input type="email" placeholder="Votre adresse"><button type="button">S’inscrire</button></form></aside>
<section class="commentaires"><h2>Commentaires</h2><p>Les commentaires sont fermés pour cet article.</p></section></main>`,
  );
}

/** The list of the sites, for whoever opens the press's own address. */
export function kioskPage(sites: readonly SiteContent[]): string {
  const rows = sites.map(
    ({ outlet, url, items }) =>
      `<li><a href="${url}/">${escapeMarkup(outlet.name)}</a> (${items.length} articles, <a href="${url}/feed">flux</a>)</li>`,
  );
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Kiosque de démonstration</title></head>
<body><h1>Kiosque</h1><p>${NOTICE}</p><ul>${rows.join('\n')}</ul><p><a href="/sources.opml">Toutes les sources (OPML)</a></p></body></html>
`;
}

/** The sites' feeds as OPML 2.0. */
export function opml(sites: readonly SiteContent[]): string {
  const outlines = sites.map(({ outlet, url }) => {
    const name = escapeMarkup(outlet.name);
    const type = outlet.format === 'json' ? 'json' : outlet.format === 'atom' ? 'atom' : 'rss';
    return `<outline type="${type}" text="${name}" title="${name}" xmlUrl="${url}/feed" htmlUrl="${url}/" language="fr"/>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Presse de démonstration</title></head>
<body><outline text="Intelligence artificielle">
${outlines.join('\n')}
</outline></body></opml>
`;
}

function frenchDate(date: Date): string {
  return date.toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' });
}

function layout(outlet: Outlet, url: string, title: string, head: string, body: string): string {
  const name = escapeMarkup(outlet.name);
  const heading = title === outlet.name ? name : `${escapeMarkup(title)} - ${name}`;
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading}</title>
${head}
<style>
body{margin:0;font:18px/1.6 Georgia,'Times New Roman',serif;color:#1b1b1b;background:#fffdf8}
header{background:${outlet.colour};color:#fff;padding:1rem 1.5rem}header a{color:#fff;text-decoration:none}
header .titre{font-size:1.7rem;font-weight:bold}header .devise{opacity:.85;font-style:italic}
nav ul{display:flex;flex-wrap:wrap;gap:1.2rem;list-style:none;margin:0;padding:.6rem 1.5rem;border-bottom:1px solid #ddd;font:15px sans-serif}
nav a,main a{color:${outlet.colour}}.avis,.temoins{font:14px sans-serif;padding:.5rem 1.5rem;background:#f1ece0}
main{max-width:42rem;margin:0 auto;padding:1rem 1.5rem}h1{line-height:1.2;font-size:2rem}
.signature,time{color:#666;font:15px sans-serif}aside,.commentaires{border-top:1px solid #ddd;margin-top:2rem;font-size:16px}
.une{padding:0;list-style:none}.une li{padding:.7rem 0;border-bottom:1px solid #eee}
footer{font:14px sans-serif;color:#555;padding:2rem 1.5rem;border-top:1px solid #ddd}
</style></head>
<body>
<div class="avis" role="note">${NOTICE}</div>
<div class="temoins" id="cookie-banner" role="dialog" aria-label="Témoins de connexion">Nous utilisons des témoins de connexion pour mesurer l’audience. <button type="button">Accepter</button> <button type="button">Refuser</button></div>
<header><a href="${url}/"><span class="titre">${name}</span></a><br><span class="devise">${escapeMarkup(outlet.tagline)}</span></header>
<nav aria-label="Rubriques"><ul><li><a href="${url}/">Accueil</a></li><li><a href="${url}/">Économie</a></li><li><a href="${url}/">Sciences</a></li><li><a href="${url}/">S’abonner</a></li></ul></nav>
${body}
<footer>${name}, journal imaginaire. Mentions légales. Gestion des témoins. Contact.</footer>
</body></html>
`;
}
