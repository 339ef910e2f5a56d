/**
 * Mutations that a client may send again. With an `idempotencyKey` a mutation runs once in a day however often it arrives,
 * also at several servers at the same time; whoever comes later gets what the first one got.
 *
 * A key is: under way → done, with the payload; or let go, when nothing was changed; or lost, when nobody knows whether
 * anything was. A lost one does not run again: not knowing is said, rather than doing twice.
 */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { GraphQLResolveInfo } from 'graphql';
import type { Db } from '#platform/database.ts';
import type { SchemaShape } from './builder.ts';
import type { GraphqlContext, Viewer } from './context.ts';
import {
  ConflictError,
  IdempotencyKeyError,
  InvalidInputError,
  isUserError,
  NotFoundError,
} from './errors.ts';
import { encodeGlobalId } from './ids.ts';

/** Characters of a key. */
const KEY_MAX = 200;
/** How long a key is kept, milliseconds. */
const KEPT_MS = 24 * 3_600_000;
/** How long a later request waits for the first one's end, milliseconds. */
const WAIT_MS = 10_000;
/** Before it looks again, milliseconds: each time twice as long, up to the most. */
const LOOK_MS = { first: 50, most: 1_000 } as const;
/** No mutation takes so long, milliseconds: what has not ended by then died with its process. */
const LONGEST_MS = 180_000;

const PATH = 'input.idempotencyKey';

type InputFields = PothosSchemaTypes.InputFieldBuilder<SchemaShape, 'InputObject'>;

/** The field of an input by which a client says that it is the same request again. */
export const idempotencyKey = (t: InputFields) =>
  t.string({
    description: `Any text of 1 to ${KEY_MAX} characters, new for each thing to be done, as a UUID is: for a day, the same request with the same key is not carried out again but answered as it was the first time.`,
  });

/** What there is one of after a mutation, in how many ways it may be asked for. */
type Made = 'Actor' | 'ApiToken' | 'Channel' | 'Feed' | 'Watch';

const COUNT: Readonly<Record<Made, (db: Db, id: number) => Promise<number>>> = {
  Actor: (db, id) => db.actor.count({ where: { id } }),
  ApiToken: (db, id) => db.apiToken.count({ where: { id } }),
  Channel: (db, id) => db.channel.count({ where: { id } }),
  Feed: (db, id) => db.feed.count({ where: { id } }),
  Watch: (db, id) => db.watch.count({ where: { id } }),
};

/** What a mutation is about, for those that come later. */
interface Subject<Payload> {
  readonly type: Made;
  idOf(payload: Payload): number;
  /** True when the payload holds what is shown once: it is not kept, and a later request is told of the subject alone. */
  isSecret?(payload: Payload): boolean;
}

/** What is kept of a payload: of a secret one, its subject. */
interface Kept {
  readonly id: number;
  readonly payload: unknown;
}

const asJson = (kept: Kept): string =>
  JSON.stringify(kept, (_name, value: unknown) =>
    typeof value === 'bigint' ? { bigint: String(value) } : value,
  );

const fromJson = (json: string): Kept =>
  JSON.parse(json, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && 'bigint' in value ? BigInt(value.bigint as string) : value,
  ) as Kept;

/** Who a key belongs to: two clients may choose the same. */
function ownerOf({ tokenId, subject }: Viewer): string {
  if (tokenId !== null) return `token ${tokenId}`;
  return subject === undefined ? 'visitor' : `subject ${subject}`;
}

/**
 * The resolver of a mutation that takes an `idempotencyKey`; `run` does it. Its expected errors change nothing, so that the
 * request may be sent again under the same key.
 */
export function once<Input extends { readonly idempotencyKey?: string | null | undefined }, Payload>(
  run: (input: Input, context: GraphqlContext) => Promise<Payload>,
  subject: Subject<NoInfer<Payload>>,
) {
  return async (
    _root: unknown,
    { input }: { readonly input: Input },
    context: GraphqlContext,
    { fieldName }: GraphQLResolveInfo,
  ): Promise<Payload> => {
    const key = input.idempotencyKey;
    if (key === null || key === undefined) return await run(input, context);
    if (key === '' || key.length > KEY_MAX || /\0|\p{Cs}/u.test(key))
      throw new InvalidInputError(PATH, `1 to ${KEY_MAX} characters are needed`);
    const { db, clock, log } = context;
    const place = { owner: ownerOf(context.viewer), key };
    const where = { owner_key: place };
    const request = createHash('sha256')
      .update(JSON.stringify([fieldName, input]))
      .digest('hex');

    await db.idempotencyKey.deleteMany({
      where: { startedAt: { lt: new Date(clock.now().getTime() - KEPT_MS) } },
    });
    for (;;) {
      const { count } = await db.idempotencyKey.createMany({
        data: { ...place, request, startedAt: clock.now() },
        skipDuplicates: true,
      });
      if (count === 1) break;
      const known = await findEnd(context, where, request);
      // Null: the first one changed nothing, and this one may.
      if (known !== null) return await replay(subject, known, db);
    }

    try {
      const payload = await run(input, context);
      const kept = { id: subject.idOf(payload), payload: subject.isSecret?.(payload) ? null : payload };
      await db.idempotencyKey.update({ where, data: { endedAt: clock.now(), result: asJson(kept) } });
      return payload;
    } catch (error) {
      try {
        if (isUserError(error)) await db.idempotencyKey.delete({ where });
        else await db.idempotencyKey.update({ where, data: { endedAt: clock.now() } });
      } catch (err) {
        // The key stays under way until it counts as lost; what the client is told is why the mutation failed.
        log.error({ err }, 'end of a mutation not written down');
      }
      throw error;
    }
  };
}

/** What the first request under a key came to, once it has ended; null when it let go of the key. */
async function findEnd(
  { db, clock }: GraphqlContext,
  where: { readonly owner_key: { readonly owner: string; readonly key: string } },
  request: string,
): Promise<Kept | null> {
  const patience = clock.now().getTime() + WAIT_MS;
  for (let lookAgain: number = LOOK_MS.first; ; lookAgain = Math.min(2 * lookAgain, LOOK_MS.most)) {
    const row = await db.idempotencyKey.findUnique({ where });
    if (row === null) return null;
    if (row.request !== request) {
      throw new IdempotencyKeyError(
        'KEY_REUSED',
        'this key was given with something else to do: choose another',
      );
    }
    if (row.result !== null) return fromJson(row.result);
    if (row.endedAt !== null || clock.now().getTime() - row.startedAt.getTime() > LONGEST_MS) {
      throw new IdempotencyKeyError(
        'KEY_LOST',
        'the first request with this key was cut off, and may have been carried out: look whether it was, and go on with another key',
      );
    }
    if (clock.now().getTime() > patience) {
      throw new IdempotencyKeyError(
        'KEY_UNDER_WAY',
        'the first request with this key is still under way: send this one again later',
      );
    }
    await pause(lookAgain);
  }
}

async function replay<Payload>({ type }: Subject<Payload>, { id, payload }: Kept, db: Db): Promise<Payload> {
  if ((await COUNT[type](db, id)) === 0)
    throw new NotFoundError(PATH, 'what was made with this key has been deleted since');
  if (payload === null) {
    throw new ConflictError(
      PATH,
      'this was done already, and what is secret of it is shown only once: whoever has missed it makes a new one',
      encodeGlobalId(type, id),
    );
  }
  return payload as Payload;
}

/** The errors of a mutation that takes an `idempotencyKey`, beside those that all have. */
export const KEY_ERRORS = [IdempotencyKeyError] as const;
