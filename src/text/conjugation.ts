/**
 * Third-person forms of French verbs, from the infinitive: what a sentence about someone else's words is made of. Covers
 * the regular groups with their spelling changes and the irregular families that verbs of speech belong to.
 */

/** The forms kept apart. PAST is the passé simple; GERUND the present participle. */
export type Tense =
  | 'PRESENT'
  | 'IMPERFECT'
  | 'PAST'
  | 'FUTURE'
  | 'CONDITIONAL'
  | 'PARTICIPLE'
  | 'GERUND'
  | 'INFINITIVE';

export interface VerbForm {
  /** Lower case, NFC, with its accents. */
  readonly form: string;
  readonly tense: Tense;
}

/**
 * Stems of an irregular family, put in place of the infinitive's ending: present singular, present plural, imperfect stem,
 * passé simple (singular, plural), future stem, past participle.
 */
type Family = readonly [string, string, string, string, string, string, string];

/** By infinitive ending; the longest that fits is taken. */
const FAMILIES: Readonly<Record<string, Family>> = {
  dire: ['dit', 'disent', 'dis', 'dit', 'dirent', 'dir', 'dit'],
  crire: ['crit', 'crivent', 'criv', 'crivit', 'crivirent', 'crir', 'crit'],
  lire: ['lit', 'lisent', 'lis', 'lut', 'lurent', 'lir', 'lu'],
  rire: ['rit', 'rient', 'ri', 'rit', 'rirent', 'rir', 'ri'],
  ndre: ['nd', 'ndent', 'nd', 'ndit', 'ndirent', 'ndr', 'ndu'],
  prendre: ['prend', 'prennent', 'pren', 'prit', 'prirent', 'prendr', 'pris'],
  aindre: ['aint', 'aignent', 'aign', 'aignit', 'aignirent', 'aindr', 'aint'],
  eindre: ['eint', 'eignent', 'eign', 'eignit', 'eignirent', 'eindr', 'eint'],
  tenir: ['tient', 'tiennent', 'ten', 'tint', 'tinrent', 'tiendr', 'tenu'],
  venir: ['vient', 'viennent', 'ven', 'vint', 'vinrent', 'viendr', 'venu'],
  mettre: ['met', 'mettent', 'mett', 'mit', 'mirent', 'mettr', 'mis'],
  battre: ['bat', 'battent', 'batt', 'battit', 'battirent', 'battr', 'battu'],
  connaître: ['connaît', 'connaissent', 'connaiss', 'connut', 'connurent', 'connaîtr', 'connu'],
  croire: ['croit', 'croient', 'croy', 'crut', 'crurent', 'croir', 'cru'],
  voir: ['voit', 'voient', 'voy', 'vit', 'virent', 'verr', 'vu'],
  prévoir: ['prévoit', 'prévoient', 'prévoy', 'prévit', 'prévirent', 'prévoir', 'prévu'],
  vouloir: ['veut', 'veulent', 'voul', 'voulut', 'voulurent', 'voudr', 'voulu'],
  faire: ['fait', 'font', 'fais', 'fit', 'firent', 'fer', 'fait'],
  clure: ['clut', 'cluent', 'clu', 'clut', 'clurent', 'clur', 'clu'],
  suivre: ['suit', 'suivent', 'suiv', 'suivit', 'suivirent', 'suivr', 'suivi'],
  entir: ['ent', 'entent', 'ent', 'entit', 'entirent', 'entir', 'enti'],
  ouvrir: ['ouvre', 'ouvrent', 'ouvr', 'ouvrit', 'ouvrirent', 'ouvrir', 'ouvert'],
  émouvoir: ['émeut', 'émeuvent', 'émouv', 'émut', 'émurent', 'émouvr', 'ému'],
  ir: ['it', 'issent', 'iss', 'it', 'irent', 'ir', 'i'],
};

/** Verbs of -eler that double the consonant instead of taking the grave accent. */
const DOUBLING = /(?:app|rapp|ép|renouv|morc)eler$|jeter$/;

/** The stem before a mute ending: "rappeler" gives "rappell", "répéter" gives "répèt", "appuyer" gives "appui". */
function muteStem(lemma: string, stem: string): string {
  if (DOUBLING.test(lemma)) return stem + stem.at(-1);
  if (stem.endsWith('oy') || stem.endsWith('uy')) return `${stem.slice(0, -1)}i`;
  return stem.replace(/[eé]([bcdfghjklmnpqrstvz]{1,2}|gu|qu)$/, (whole, after: string) =>
    whole.startsWith('e') && after.length > 1 ? whole : `è${after}`,
  );
}

function firstGroup(lemma: string): VerbForm[] {
  const stem = lemma.slice(0, -2);
  const mute = muteStem(lemma, stem);
  const future = stem.endsWith('y') || /e[^aeiouy]$/.test(stem) ? mute : stem;
  // Before a, "c" and "g" keep their sound.
  const soft = stem.endsWith('c') ? `${stem.slice(0, -1)}ç` : stem.endsWith('g') ? `${stem}e` : stem;
  return [
    { form: `${mute}e`, tense: 'PRESENT' },
    { form: `${mute}ent`, tense: 'PRESENT' },
    ...(stem.endsWith('ay') ? presentOfAyer(stem) : []),
    { form: `${soft}ait`, tense: 'IMPERFECT' },
    { form: `${soft}aient`, tense: 'IMPERFECT' },
    { form: `${soft}a`, tense: 'PAST' },
    { form: `${stem}èrent`, tense: 'PAST' },
    ...ahead(`${future}er`),
    ...participle(`${stem}é`),
    { form: `${soft}ant`, tense: 'GERUND' },
    { form: lemma, tense: 'INFINITIVE' },
  ];
}

/** "balaie" beside "balaye". */
function presentOfAyer(stem: string): VerbForm[] {
  const short = `${stem.slice(0, -1)}i`;
  return [
    { form: `${short}e`, tense: 'PRESENT' },
    { form: `${short}ent`, tense: 'PRESENT' },
  ];
}

function ahead(stem: string): VerbForm[] {
  return [
    { form: `${stem}a`, tense: 'FUTURE' },
    { form: `${stem}ont`, tense: 'FUTURE' },
    { form: `${stem}ait`, tense: 'CONDITIONAL' },
    { form: `${stem}aient`, tense: 'CONDITIONAL' },
  ];
}

function participle(form: string): VerbForm[] {
  const plural = form.endsWith('s') ? form : `${form}s`;
  return [form, `${form}e`, plural, `${form}es`].map((each) => ({ form: each, tense: 'PARTICIPLE' }));
}

/** All third-person and impersonal forms of a verb given by its infinitive ("affirmer", "dire"); no pronoun. */
export function conjugate(lemma: string): readonly VerbForm[] {
  if (lemma.endsWith('er')) return firstGroup(lemma);
  const ending = Object.keys(FAMILIES)
    .filter((each) => lemma.endsWith(each))
    .sort((a, b) => b.length - a.length)[0];
  if (ending === undefined) return [{ form: lemma, tense: 'INFINITIVE' }];
  const root = lemma.slice(0, lemma.length - ending.length);
  const [singular, plural, imperfect, past, pasts, future, done] = FAMILIES[ending]!;
  return [
    { form: root + singular, tense: 'PRESENT' },
    { form: root + plural, tense: 'PRESENT' },
    { form: `${root}${imperfect}ait`, tense: 'IMPERFECT' },
    { form: `${root}${imperfect}aient`, tense: 'IMPERFECT' },
    { form: root + past, tense: 'PAST' },
    { form: root + pasts, tense: 'PAST' },
    ...ahead(root + future),
    ...participle(root + done),
    { form: `${root}${imperfect}ant`, tense: 'GERUND' },
    { form: lemma, tense: 'INFINITIVE' },
  ];
}

/** Endings that only a conditional has; the imperfect of "espérer", "montrer", "livrer" or "serrer" keeps out. */
const CONDITIONAL =
  /(?:^|[^aeéèr])(?:au|sau)rait$|[^é]erait$|irait$|(?:en|on|ien|au|ou|oin|in|per|mor|tor|or)drait$|(?:met|bat|aî|ai)trait$|(?:ce|^de|^rede|pleu|^vi|survi|sui)vrait$|(?:ou|ve)rrait$|clurait$/;
/** The imperfect of verbs in -irer. */
const IMPERFECT_IN_IRAIT =
  /(?:^|at|re|é|sou)tirait$|spirait$|(?:ad|^)mirait$|(?:dé)sirait$|(?:sou|em)pirait$|(?:^|cha)virait$|déchirait$|délirait$/;

/** Whether a word is a verb in the conditional ("aurait", "permettraient"), as the press uses it for what it did not check. */
export function isConditional(word: string): boolean {
  if (word.length < 5 || word.length > 30) return false;
  const singular = word.endsWith('raient') ? `${word.slice(0, -6)}rait` : word;
  if (!singular.endsWith('rait')) return false;
  return CONDITIONAL.test(singular) && !IMPERFECT_IN_IRAIT.test(singular);
}
