/** The dialect in which an outlet serves its feed. */
type FeedFormat = 'rss-full' | 'rss-latin1-summary' | 'atom' | 'rdf' | 'json' | 'rss-syndicated';

/** One newspaper of the demonstration press. All of them are invented. */
export interface Outlet {
  readonly slug: string;
  readonly name: string;
  readonly tagline: string;
  readonly format: FeedFormat;
  /** Media type of its feed, with the charset where the outlet bothers to say it. */
  readonly mediaType: string;
  /** Folder of its article pages. */
  readonly section: string;
  /** What follows the title in the feed of an outlet that marks its copies; empty for the others. */
  readonly titleSuffix: string;
  /** True when it only republishes what others wrote. */
  readonly syndicates: boolean;
  /** CSS colour of its masthead. */
  readonly colour: string;
}

/** The six sites and what each does to whoever reads its feed. */
export const OUTLETS: readonly Outlet[] = [
  {
    slug: 'le-semaphore',
    name: 'Le Sémaphore',
    tagline: 'Le quotidien qui voit venir',
    format: 'rss-full',
    mediaType: 'application/rss+xml; charset=utf-8',
    section: 'economie',
    titleSuffix: '',
    syndicates: false,
    colour: '#9b2226',
  },
  {
    slug: 'la-gazette-du-calcul',
    name: 'La Gazette du Calcul',
    tagline: 'Machines, réseaux et ceux qui les font tourner',
    format: 'rss-latin1-summary',
    mediaType: 'text/xml',
    section: 'articles',
    titleSuffix: '',
    syndicates: false,
    colour: '#005f73',
  },
  {
    slug: 'depeches-du-large',
    name: 'Dépêches du Large',
    tagline: 'Le fil, heure par heure',
    format: 'atom',
    mediaType: 'application/atom+xml',
    section: 'fil',
    titleSuffix: '',
    syndicates: false,
    colour: '#1d3557',
  },
  {
    slug: 'l-echo-des-modeles',
    name: 'L’Écho des Modèles',
    tagline: 'Recherche, langues et machines',
    format: 'rdf',
    mediaType: 'application/rdf+xml',
    section: 'lire',
    titleSuffix: '',
    syndicates: false,
    colour: '#386641',
  },
  {
    slug: 'tour-de-table',
    name: 'Tour de Table',
    tagline: 'Qui finance qui',
    format: 'json',
    mediaType: 'application/feed+json',
    section: 'operations',
    titleSuffix: '',
    syndicates: false,
    colour: '#7b2cbf',
  },
  {
    slug: 'le-relais',
    name: 'Le Relais',
    tagline: 'Toutes les dépêches, au même endroit',
    format: 'rss-syndicated',
    mediaType: 'application/rss+xml',
    section: 'actualite',
    titleSuffix: ' | Le Relais',
    syndicates: true,
    colour: '#bc6c25',
  },
];
