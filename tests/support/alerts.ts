/** A morning's alerts, as messages tell of them. */

import type { ActorKind } from '#actor/actor.ts';
import type { Alert, AlertArticle } from '#delivery/alert.ts';
import type { ReasonKind } from '#match/match.ts';

/** A Thursday morning, in winter time. */
export const MORNING = new Date('2026-03-12T07:00:00Z');

const article = (id: string, title: string, outlet: string, minutes: number): AlertArticle => ({
  id,
  url: `https://journal.example/${id}?a=1&b=2`,
  title,
  outlet,
  language: 'fr',
  publishedAt: new Date(MORNING.getTime() - minutes * 60_000),
  summary: 'Ce que dit le chapeau.',
});

const ROUND = article('levee', 'Mistral AI lève 600 millions d’euros & vise l’Asie', 'Le Quotidien', 52);
const COPY = article('record', 'Levée record pour Mistral AI', 'La Gazette', 20);
const MODEL = article('modele', 'Kyutai ouvre les poids de son modèle', 'Le Sémaphore', 155);
const CAMPUS = article('campus', 'À Saclay, un campus sort de terre', 'Le Relais', 207);

let seq = 0n;
const alert = (
  story: string,
  about: AlertArticle,
  [slug, name, actorKind]: readonly [string, string, ActorKind],
  kind: ReasonKind,
  sentence: string,
): Alert => {
  seq += 1n;
  return {
    seq,
    cursor: `cursor-${seq}`,
    at: MORNING,
    actor: { id: `actor-${slug}`, slug, name, kind: actorKind },
    article: about,
    storyId: story,
    independentTexts: 1,
    reasons: [{ kind, field: 'TEXT', start: 0, end: name.length, text: name, sentence }],
  };
};

/** Six alerts in three stories, the least telling first. */
export const ALERTS: readonly [Alert, ...Alert[]] = [
  alert(
    's3',
    CAMPUS,
    ['cea', 'CEA', 'LAB'],
    'MENTIONED',
    'Le CEA et l’Inria partageront 12 000 mètres carrés.',
  ),
  alert(
    's1',
    ROUND,
    ['mistral-ai', 'Mistral AI', 'COMPANY'],
    'RAISING',
    'La jeune pousse a bouclé un tour de table de 600 millions d’euros, mené par General Catalyst, qui la valorise 5,8 milliards.',
  ),
  alert(
    's1',
    ROUND,
    ['general-catalyst', 'General Catalyst', 'INVESTOR'],
    'INVESTING',
    'Le tour est mené par General Catalyst.',
  ),
  alert('s1', COPY, ['bpifrance', 'Bpifrance', 'INVESTOR'], 'INVESTING', 'Bpifrance participe.'),
  alert(
    's2',
    MODEL,
    ['kyutai', 'Kyutai', 'LAB'],
    'SPEAKING',
    '« Tout le monde pourra l’essayer », dit Patrick Pérez.',
  ),
  alert(
    's2',
    MODEL,
    ['patrick-perez', 'Patrick Pérez', 'PERSON'],
    'SPEAKING',
    '« Tout le monde pourra l’essayer », dit Patrick Pérez.',
  ),
];

export const WATCH = { id: 'V2F0Y2g6MQ==', name: 'Levées & laboratoires' };

/** An alert whose every text tries something. */
export function hostileAlert(text: string): readonly [Alert] {
  const [first] = ALERTS;
  return [
    {
      ...first,
      actor: { ...first.actor, name: text },
      article: { ...first.article, title: text, outlet: text, summary: text },
      reasons: first.reasons.map((reason) => ({ ...reason, sentence: text, text })),
    },
  ];
}
