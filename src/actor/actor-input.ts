/** An actor that a client adds to the register, checked. Pure; the bounds are those of the register's CSV. */
import type { ActorKind } from './actor.ts';
import { slugOf } from './register.ts';

const TEXT_MAX = 200;
const LIST_MAX = 100;

/** An actor as a client gives it. */
export interface ActorInput {
  readonly name: string;
  readonly slug?: string | null | undefined;
  readonly kind: ActorKind;
  readonly aliases?: readonly { readonly text: string; readonly ambiguous: boolean }[] | null | undefined;
  readonly context?: readonly string[] | null | undefined;
  readonly wikidata?: string | null | undefined;
}

/** An actor ready to be stored. */
export interface CheckedActor {
  readonly slug: string;
  readonly name: string;
  readonly kind: ActorKind;
  readonly aliases: readonly { readonly text: string; readonly ambiguous: boolean }[];
  readonly context: readonly string[];
  readonly wikidata: string | null;
}

/** The actor to add, or what is wrong with which field. */
export type ActorCheck =
  | { readonly ok: true; readonly actor: CheckedActor }
  | { readonly ok: false; readonly field: string; readonly problem: string };

const clean = (text: string): string => text.replaceAll('\0', '').trim();

/** Checks an actor, and makes its slug from its name when none is given. */
export function checkActor(input: ActorInput): ActorCheck {
  const no = (field: string, problem: string): ActorCheck => ({ ok: false, field, problem });
  const name = clean(input.name);
  if (name === '') return no('name', 'a name is needed');
  if (name.length > TEXT_MAX) return no('name', `at most ${TEXT_MAX} characters`);
  const slug = clean(input.slug ?? '') || slugOf(name);
  if (slug === '') return no('slug', 'the name holds no Latin letter or digit, so a slug is needed');
  if (slug.length > TEXT_MAX || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    return no('slug', `"${slug.slice(0, 50)}" is no slug: a-z, 0-9 and single hyphens, at most ${TEXT_MAX}`);
  }
  const aliases = new Map((input.aliases ?? []).map(({ text, ambiguous }) => [clean(text), ambiguous]));
  if (aliases.size > LIST_MAX) return no('aliases', `at most ${LIST_MAX} spellings`);
  for (const text of aliases.keys()) {
    if (text === '') return no('aliases', 'a spelling is empty');
    if (text.length > TEXT_MAX) return no('aliases', `at most ${TEXT_MAX} characters a spelling`);
  }
  const context = [...new Set((input.context ?? []).map(clean))];
  if (context.length > LIST_MAX) return no('context', `at most ${LIST_MAX} words`);
  if (context.some((word) => word === '' || word.length > TEXT_MAX)) {
    return no('context', `1 to ${TEXT_MAX} characters a word`);
  }
  const wikidata = clean(input.wikidata ?? '') || null;
  if (wikidata !== null && !/^Q[1-9]\d{0,11}$/.test(wikidata)) {
    return no('wikidata', 'an item such as Q95 is needed');
  }
  return {
    ok: true,
    actor: {
      slug,
      name,
      kind: input.kind,
      aliases: [...aliases].map(([text, ambiguous]) => ({ text, ambiguous })),
      context,
      wikidata,
    },
  };
}
