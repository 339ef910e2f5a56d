/**
 * Evidence from a sum nearby: whoever stands where a sum has its receiver or its payer is an organisation, though no other
 * word says so.
 */
import type { Evidence } from './evidence.ts';
import type { Words } from './words.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** Enough to convince by itself, and what it adds to a verb that only organisations do anyway. */
const HEADING = 4;
const SUBJECT = 1.2;
/** Words of a bracket behind a name: "(Paris, conception de puces)". */
const BRACKET = 10;
/** Words between a name and its verb, and between the verb and its sum. */
const VERB_REACH = 5;
const SUM_REACH = 9;

const UNITS = words('m me md mds mde k ke million millions milliard milliards eur euro euros usd dollars');
const RECEIVING = words(
  `leve levent levera leverait lever boucle boucler cloture cloturer clot clos clore recolte recolter collecte collecter
  obtient obtenu obtenir decroche decrocher recoit recu recevoir reunit reuni reunir securise securiser empoche empocher
  touche emprunte emprunter finalise finaliser annonce annoncer realise realiser signe officialise cherche chercherait
  rachete rachetee racheter acquiert acquis acquise acquerir offre repris reprise reprend investit investir investi
  injecte injecter mise miser entre adosse beneficie beneficier ouvre valorise valorisee introduit`,
);
/** What a raise is called where no sum stands by. */
const DEALS = words(
  'levee tour fonds financement amorcage serie capital bourse euronext subvention pret cotation',
);
const BETWEEN = words(
  'a ont avait vient viennent de d s se est va doit avoir aurait lui elle y en qui aussi egalement ainsi deja enfin',
);

/** Adds what a sum behind the name of the tokens `from` to `to` says. */
export function addMoneyEvidence(evidence: Evidence, page: Words, from: number, to: number): void {
  const { tokens, gaps } = page;
  const at = gaps[to] === 'OPEN' ? pastBracket(page, to) : to;
  if (at >= tokens.length) return;
  // "Vermeer (Paris) : 38 M€ en série A"
  const heads = gaps[from] === 'STOP' && (gaps[at] === 'COLON' || gaps[at] === 'OTHER');
  if (heads && isSum(page, at)) {
    evidence.organization += HEADING;
    return;
  }
  if (gaps[to] !== 'SPACE' && gaps[to] !== 'QUOTE' && gaps[to] !== 'OPEN') return;
  for (let i = at; i < tokens.length && i < at + VERB_REACH && (i === at || gaps[i] !== 'STOP'); i++) {
    const { folded } = tokens[i]!;
    if (RECEIVING.has(folded)) {
      if (hasSum(page, i + 1)) evidence.organization += SUBJECT;
      return;
    }
    if (!BETWEEN.has(folded)) return;
  }
}

/** The token behind the bracket that opens before `at`, or the end of the text. */
function pastBracket({ text, tokens, gaps }: Words, at: number): number {
  for (let i = at + 1; i < tokens.length && i <= at + BRACKET && gaps[i] !== 'STOP'; i++)
    if (/[)\]]/.test(text.slice(tokens[i - 1]!.end, tokens[i]!.start))) return i;
  return tokens.length;
}

/** "38 M€", "850 000 euros": a number and its unit. */
function isSum({ tokens }: Words, at: number): boolean {
  if (tokens[at]?.shape !== 'NUMBER') return false;
  for (let i = at + 1; i < at + 4 && i < tokens.length; i++) {
    if (UNITS.has(tokens[i]!.folded)) return true;
    if (tokens[i]!.shape !== 'NUMBER') return false;
  }
  return false;
}

function hasSum(page: Words, from: number): boolean {
  const { tokens, gaps } = page;
  for (let i = from; i < tokens.length && i < from + SUM_REACH && gaps[i] !== 'STOP'; i++)
    if (DEALS.has(tokens[i]!.folded) || isSum(page, i)) return true;
  return false;
}
