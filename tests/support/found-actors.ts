import type { ActorKind } from '#actor/actor.ts';
import type { FoundActors } from '#extraction/actors.ts';
import type { Field, ReadActor, ReadMention } from '#extraction/extraction.ts';

/** An actor to be found in a text: its name, its kind, and how the text names it (the name itself when not given). */
export interface NamedActor {
  readonly name: string;
  readonly kind: ActorKind;
  readonly mentions?: readonly string[];
}

/** What the actor finder would find if it knew exactly these actors by exactly these spellings. */
export function foundActors(
  named: readonly NamedActor[],
  article: { title: string; text: string },
): FoundActors {
  const actors: ReadActor[] = [];
  const mentions: ReadMention[] = [];
  for (const { name, kind, mentions: spellings = [name] } of named) {
    const ref = actors.length;
    const own = [...spellings]
      .sort((a, b) => b.length - a.length)
      .flatMap((surface) => [
        ...placesOf(surface, article.title, 'TITLE', ref),
        ...placesOf(surface, article.text, 'TEXT', ref),
      ]);
    actors.push({ ref, slug: null, name, kind, confidence: 1 });
    for (const mention of own) {
      const taken = mentions.some(
        (each) => each.field === mention.field && each.start < mention.end && mention.start < each.end,
      );
      if (!taken) mentions.push(mention);
    }
  }
  return { actors, mentions, affiliations: [] };
}

function placesOf(surface: string, text: string, field: Field, actor: number): ReadMention[] {
  const found: ReadMention[] = [];
  for (let start = text.indexOf(surface); start >= 0; start = text.indexOf(surface, start + 1)) {
    const end = start + surface.length;
    const whole = !/[\p{L}\p{N}]/u.test(text[start - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(text[end] ?? ' ');
    if (whole) found.push({ actor, field, start, end, surface, confidence: 1 });
  }
  return found;
}
