/**
 * Enumerations: "Baidu, Alibaba, Tencent et Xiaomi". What most of the known members are, the unknown ones are too.
 */
import type { ActorKind } from '#actor/actor.ts';
import { type Entity, inOrder, type Naming, type Page } from './cast.ts';
import { weigh } from './evidence.ts';
import { classesOf, PLACE } from './word-classes.ts';

const LINKERS = new Set(
  `et ou ainsi que mais aussi encore puis comme le la l les de d du des and voire enfin meme egalement via`.split(
    ' ',
  ),
);
const CONJUNCTIONS = new Set(['et', 'ou', 'que', 'and', 'puis']);
const MAX_LINKERS = 4;
const CONVINCED = 2;

/** Groups the namings of a page into enumerations of two members or more. */
export function findLists(page: Page): Naming[][] {
  const lists: Naming[][] = [];
  let list: Naming[] = [];
  let previous: Naming | null = null;
  for (const naming of inOrder(page)) {
    if (previous !== null && areLinked(page, previous.to, naming.from)) list.push(naming);
    else {
      if (list.length > 1) lists.push(list);
      list = [naming];
    }
    previous = naming;
  }
  if (list.length > 1) lists.push(list);
  return lists;
}

function areLinked({ words: { tokens, gaps } }: Page, from: number, to: number): boolean {
  if (to - from > MAX_LINKERS) return false;
  let links = false;
  for (let i = from; i <= to; i++) {
    const gap = gaps[i];
    if (gap === 'COMMA') links = true;
    else if (gap !== 'SPACE' && gap !== 'APOSTROPHE' && gap !== 'AMPERSAND') return false;
    if (i === to) break;
    const { folded, shape } = tokens[i]!;
    if (shape !== 'LOWER' || !LINKERS.has(folded)) return false;
    if (CONJUNCTIONS.has(folded)) links = true;
  }
  return links;
}

/** Adds to the unknown members of each list what its known members are. */
export function addListEvidence(pages: readonly Page[]): void {
  for (const page of pages) for (const list of findLists(page)) spreadKind(list);
}

function spreadKind(list: readonly Naming[]): void {
  const counts = new Map<ActorKind, number>();
  let known = 0;
  let places = 0;
  for (const naming of list) {
    const kind = knownKind(naming.entity);
    if (kind !== null) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      known++;
    } else if (isPlace(naming)) places++;
  }
  if (places > known) {
    for (const { entity } of list) if (entity.register === null) entity.evidence.other += 1;
    return;
  }
  if (known === 0) return;
  let most: ActorKind = 'COMPANY';
  for (const [kind, count] of counts) if (count > (counts.get(most) ?? 0)) most = kind;
  const share = known >= 2 ? 2.4 : 1.8;
  for (const naming of list) {
    const { entity } = naming;
    if (knownKind(entity) !== null) continue;
    if (most !== 'PERSON') {
      entity.evidence.organization += share;
      entity.evidence[most] += 0.4;
    } else if (naming.to - naming.from > 1) entity.evidence.PERSON += share;
  }
}

function knownKind(entity: Entity): ActorKind | null {
  if (entity.register !== null) return entity.kind;
  const { kind, weight } = weigh(entity.evidence);
  return weight >= CONVINCED ? kind : null;
}

function isPlace({ page, from, to }: Naming): boolean {
  return to - from === 1 && (classesOf(page.words.tokens[from]!.folded) & PLACE) !== 0;
}
