/**
 * Gender that a first name shows in French use, for "explique-t-il" and "explique-t-elle". Only names whose ending would
 * mislead are listed; the others go by their ending.
 */
import { fold } from '#text/fold.ts';
import type { Gender } from './speaker-nouns.ts';

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}

/** Men's names that end like women's. */
const MALE =
  names(`alexandre alphonse ambroise anatole andre antoine apolline aristide armande auguste aurele basile baptiste
blaise brice bruce camille claude clarence come constantine cyrille daniele dave dominique edouard eugene fabrice felipe
ferdinande gabriele george georges giuseppe guillaume gustave hippolyte honore jacque jacques jake jérome jerome joe jose jorge
kyle larry laurence leone luce luca luke lance mathurine maxence maxime maurice mike narcisse noe octave ousmane patrice paule
philippe pierre pie prosper raphaele remi rene rodolphe samuele salvatore serge simone stephane steve terence theodore theophile thibaude
tancrede tristane ulysse urbaine valere vince virgile wayne xavi yve zinedine etienne ange aime charlie elie jeremie
zacharie isaie tobie sacha joshua noa elia nicola andrea mustapha moustapha mustafa yahya issa moussa akira kenya hiroya musa reza
satya krishna aditya ilya mikita nikita misha sasha dima kolya vanya costa juha mika jukka jaakko abdoulaye mamadou cheikh
wade blake drake duke pete gene dale dane shane zane cole hope dante pape boubacar christophe jean-christophe jean-pierre jean-baptiste
jean-philippe jean-claude pierre-antoine marc-antoine antonine hugo arsene eudes gilles jules charles yves cedric frederic`);

/** Women's names that end like men's. */
const FEMALE =
  names(`agnes alice alison aline alix anais anne-laure anouk audrey axel beatrix carmen carol cathy chantal
chloe charlotte clemence constance daphne deborah delphine doris dorothee edith edwige eleonor elisabeth elizabeth ellen emily
esther eve fanny fatou fidji florence france frances francoise garance gaelle gladys guenaelle helen hortense ines ingrid iris
isabel isabelle jane janet jennifer jenny jill joan jocelyne joy judith karen kate kathleen katherine kim laure laurence leonor lily
lisbeth liz lou lucy ludivine magali manon margaret margot margrethe marguerite marine marion marlene mary maud megan meryem meredith
mathilde myriam nancy nathalie nicole ophelie odile patricia prudence rachel raphaelle rachida rose ruth salome sarah segolene
sharon sheryl sigrid solange solene soizic stephanie susan suzanne sybille tiffany valerie veronique victoire violaine vivian viviane
yael yasmine yejin zoe marie anne jeanne claire helene irene celine diane eliane ariane louise elise denise francine sabine
julie emilie sophie virginie amelie aurelie melanie rosalie nathalie stephanie coralie lucie annie sylvie fleur-ange capucine
mercedes dolores ghislaine adele cecile lucile odette colette juliette violette bernadette ginette paulette josephine`);

const FEMALE_ENDING = /(?:a|ah|ee|ie|ine|elle|ette|anne|enne|ane|ene|ique|ance|ence|ise|ude|ile|oe|y?s?sa)$/;

/** The gender of a person's full name, by its first name; null when the name does not tell. */
export function genderOfName(name: string): Gender | null {
  const first = fold(name).split(/\s+/, 1)[0] ?? '';
  if (first.length < 2 || first.length === fold(name).trim().length) return null;
  for (const part of [first, first.split('-', 1)[0] ?? '']) {
    if (MALE.has(part)) return 'm';
    if (FEMALE.has(part)) return 'f';
  }
  const part = first.split('-', 1)[0] ?? '';
  return FEMALE_ENDING.test(part) ? 'f' : /[^aeiouy]$|[io]$|u$/.test(part) ? 'm' : null;
}
