/**
 * Streams end with the token they were opened with. A revocation is notified to every process; besides, the tokens of open
 * streams are looked at every few seconds, which also finds those that have expired and makes up for a notification lost.
 */
import type { Viewer } from '#graphql/context.ts';
import type { Clock } from '#platform/clock.ts';
import type { Db } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { type Notifications, TOKEN_CHANNEL } from '#platform/notifications.ts';
import { type Auth, unauthenticated } from './auth.ts';
import type { Subscriptions } from './subscriptions.ts';
import { findLiveTokens } from './token.store.ts';

/** A stream outlives its token by so much at most. */
const LOOK_MS = 3_000;

/** Watches over open streams until disposed. */
export function watchTokens({
  db,
  clock,
  log,
  auth,
  notifications,
  subscriptions,
}: {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly auth: Auth;
  readonly notifications: Notifications;
  readonly subscriptions: Pick<Subscriptions, 'endOf'>;
}): Disposable {
  const error = unauthenticated('this token was revoked or has expired');
  const look = async (): Promise<void> => {
    const ids = new Set<number>();
    const now = clock.now();
    subscriptions.endOf(({ tokenId, expiresAt }: Viewer) => {
      if (tokenId !== null) ids.add(tokenId);
      return expiresAt !== null && expiresAt !== undefined && expiresAt <= now;
    }, error);
    if (ids.size === 0) return;
    const live = await findLiveTokens(db, [...ids], now);
    // Only those that were asked about: one may have come since.
    subscriptions.endOf(({ tokenId }) => tokenId !== null && ids.has(tokenId) && !live.has(tokenId), error);
  };
  const tryToLook = (): void => {
    look().catch((failure: unknown) =>
      log.warn({ err: failure }, 'tokens of open streams could not be checked'),
    );
  };
  const stopListening = notifications.listen(TOKEN_CHANNEL, () => {
    auth.forget();
    tryToLook();
  });
  const timer = setInterval(tryToLook, LOOK_MS);
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      stopListening();
    },
  };
}
