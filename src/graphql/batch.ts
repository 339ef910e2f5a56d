/** Sibling fields ask for the same thing at the same time, each for its own parent: one statement answers them all. */
import type { GraphQLResolveInfo } from 'graphql';

/** Answers for several parents at once. */
export type LoadMany<Answer> = (parents: readonly number[]) => Promise<ReadonlyMap<number, Answer>>;

interface Batch {
  readonly parents: Set<number>;
  readonly answers: Promise<ReadonlyMap<number, unknown>>;
}

const batches = new WeakMap<object, Map<string, Batch>>();

/** The field's place in the answer without list positions: the same for all siblings, and for nobody else. */
export function responsePath(info: GraphQLResolveInfo): string {
  const keys: string[] = [];
  for (let path: typeof info.path | undefined = info.path; path !== undefined; path = path.prev) {
    if (typeof path.key === 'string') keys.push(path.key);
  }
  return keys.reverse().join('.');
}

/**
 * Waits until every sibling that is resolved in this turn has asked, then calls `load` once for all. Undefined when `load`
 * gave nothing for this parent. `key` tells different questions of one field apart.
 */
export async function loadForSiblings<Answer>(
  context: object,
  key: string,
  parent: number,
  load: LoadMany<Answer>,
): Promise<Answer | undefined> {
  const pending = batches.get(context) ?? new Map<string, Batch>();
  batches.set(context, pending);
  let batch = pending.get(key);
  if (batch === undefined) {
    const parents = new Set<number>();
    const answers = new Promise<void>((done) => {
      // After the promises that are settled now, so that siblings behind one are in.
      void Promise.resolve().then(() => process.nextTick(done));
    }).then(() => {
      pending.delete(key);
      return load([...parents]);
    });
    batch = { parents, answers };
    pending.set(key, batch);
  }
  batch.parents.add(parent);
  return (await batch.answers).get(parent) as Answer | undefined;
}
