/**
 * Gender that a first name shows in French use, for "explique-t-il" and "explique-t-elle". Only names whose ending would
 * mislead are listed; the others go by their ending.
 */

import { fold } from '#text/fold.ts';
import { WordSet } from '#text/word-set.ts';
import type { Gender } from './speaker-nouns.ts';

function names(list: string): ReadonlySet<string> {
  return new WordSet(list.split(/\s+/));
}

/** Names of both: they tell nothing. */
const EITHER =
  names(`camille dominique claude alix sacha charlie andrea noa lou morgan ange kim robin alex sam eden jessy lois
leslie lesley gwenael gwen dany vivian nikita ariel jackie dana
mika misha ash jamie taylor jordan casey cameron sidney chris pat ming wei jing yu min hyun`);

/** Men's names that end like women's. */
const MALE =
  names(`alexandre alphonse ambroise anatole andre antoine apollinaire aristide auguste aurele basile baptiste
blaise brice bruce cesaire cyrille daniele dave edouard eugene fabrice felipe george georges giuseppe guillaume gustave
hippolyte honore jacques jake jerome joe jose jorge kyle larry luca luke lance maxence maxime maurice mike narcisse
noe octave ousmane patrice philippe pierre pie prosper remi rene rodolphe salvatore serge stephane steve
terence theodore theophile ulysse valere vince wayne zinedine etienne aime elie jeremie zacharie isaie tobie joshua elia nicola
mustapha moustapha mustafa yahya issa moussa akira hiroya musa reza satya krishna aditya ilya dima kolya vanya costa juha jukka
jaakko abdoulaye mamadou cheikh wade blake drake duke pete gene dale shane zane cole dante pape boubacar christophe pierre-antoine
come achille emile gilles jules charles yves aristote alcide evariste fulgence gonzague isidore telesphore tanguy
rocco gianluca luca nikola elisha ezra asa noah jonah micah elijah isaiah jeremiah zachariah abdallah salah nabih fatih
pepe jesse bode abe timothee thimothee amedee elisee macaire hilaire gregoire`);

/** Women's names that end like men's. */
const FEMALE =
  names(`agnes alice alison aline anais anouk audrey beatrix carmen carol cathy chantal chloe daphne deborah delphine
doris dorothee edith edwige eleonor elisabeth elizabeth ellen emily esther eve fanny fatou fidji frances francoise gaelle gladys
guenaelle helen ines ingrid iris isabel jane janet jennifer jenny jill joan jocelyne joy judith karen kate kathleen katherine
laure leonor lily lisbeth liz lucy magali manon margaret margot marion marilyn marlene mary maud megan meryem meredith meriem
myriam miriam mariam maryam marie-noel nancy nathalie nicole odile rachel raphaelle rose ruth salome sarah segolene sharon sheryl
sigrid solange solene solenn soizic susan sybille tiffany valerie victoire violaine viviane yael yejin zoe alienor anais-marie
maelys nour noor amal manal ikram wiam rim muriel mercedes dolores lourdes consuelo rocio amparo ninon lison suzon fanchon allison
madison lauren maureen eileen kristen kirsten evelyn gwendolyn carolyn kathryn tess isis phyllis janis leah hannah norah beth meg
april mabel abigail gail cheryl ethel hazel naomi noemi heidi trudi yumi emi lili vicki keiko yoko michiko margo fei-fei cleo
jocelyn flor pilar soledad lys ambre marguerite mathilde clemence constance garance florence france laurence hortense prudence
gwenn maiwenn nolwenn bleuenn aziliz enora rozenn katell gael-anne amandine solveig astrid brigid dagmar gudrun aglae danae maite cloe dorothe fleur eleonore leonore aurore flore benedicte margrethe prune judicaelle rosemonde hildegarde apolline
aissatou aissetou mariatou ramatou aminatou khady ngozi wanjiru thandi nomsa lerato griet katrien liesbeth annelies marit berit
randi hadas shir orit ronit osnat tzipi hind hajar manar ibtissam ilham siham kawtar manel nawal ahlam hanan meryem jihan rim rym
widad hayat khadijatou huong phuong nhung trang quyen linh akiko yoko keiko noriko yuko tomoko naoko mariko sachiko adelaide
edmonde raymonde armande yolande fernande rolande mahaut isaure`);

const FEMALE_ENDING =
  /(?:a|ah|ee|ie|ine|elle|ette|anne|enne|ane|ene|ique|ance|ence|ise|ude|ile|oe|yse|lie|die|ille|ure|ire|eure)$/;
const MALE_ENDING = /(?:[^aeiouy]|[^e]i|o|u|y)$/;

/** The gender of a person's full name, by its first name; null when the name does not tell. */
export function genderOfName(name: string): Gender | null {
  const folded = fold(name).trim();
  const first = folded.split(/\s+/, 1)[0] ?? '';
  if (first.length < 2 || first.length === folded.length) return null;
  const written = name.trim().split(/\s+/, 1)[0] ?? '';
  for (const part of [first, first.split('-', 1)[0] ?? '']) {
    if (EITHER.has(part)) return null;
    if (MALE.has(part)) return 'm';
    if (FEMALE.has(part)) return 'f';
  }
  // "Hervé", "Barnabé": the women's names in é are listed.
  if (/é$/.test(written.normalize('NFC').split('-', 1)[0] ?? '')) return 'm';
  const part = first.split('-', 1)[0] ?? '';
  return FEMALE_ENDING.test(part) ? 'f' : MALE_ENDING.test(part) ? 'm' : null;
}
