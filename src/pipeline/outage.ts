/** Tells an operator what a hundred failing feeds have in common: that nobody answers, which is hardly theirs to mend. */
import type { Log } from '#platform/log.ts';

/** So many hosts in a row that did not answer at all are no coincidence. */
const HOSTS = 10;

/** What is told how each poll went; says so once when nobody answers any more, and once when somebody does again. */
export function createOutageWatch(
  log: Log,
): (poll: { readonly host: string; readonly answered: boolean }) => void {
  const silent = new Set<string>();
  return ({ host, answered }) => {
    if (answered) {
      if (silent.size >= HOSTS) log.info({}, 'hosts answer again');
      silent.clear();
    } else if (!silent.has(host)) {
      silent.add(host);
      if (silent.size === HOSTS)
        log.warn({ hosts: HOSTS }, 'no host answers any more: is this machine connected to the network?');
    }
  };
}
