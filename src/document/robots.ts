/** robots.txt (RFC 9309): which paths of a host we may read, and how slowly. */

/** The group of a robots.txt that is meant for us. */
export interface Robots {
  readonly rules: readonly RobotsRule[];
  /** `Crawl-delay` in seconds; null when not given. Not in the RFC, but polite to keep. */
  readonly crawlDelaySeconds: number | null;
}

interface RobotsRule {
  readonly allow: boolean;
  readonly pattern: string;
}

export const ALLOW_ALL: Robots = { rules: [], crawlDelaySeconds: null };

/** Bytes of a robots.txt that are read; the RFC asks for at least 500 KiB. */
export const MAX_ROBOTS_BYTES = 512 * 1024;
const MAX_RULES = 5_000;
const MAX_PATTERN_LENGTH = 1_000;

interface Group {
  readonly agents: string[];
  readonly rules: RobotsRule[];
  delay: number | null;
}

/** Reads the group for `agent` (a product token such as "vigie"), or else the one for everybody. */
export function parseRobots(text: string, agent: string): Robots {
  const groups: Group[] = [];
  let group: Group | null = null;
  let naming = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const key = line.slice(0, colon).trim().toLowerCase();
    const value = (line.slice(colon + 1).split('#', 1)[0] ?? '').trim();
    if (key === 'user-agent') {
      if (group === null || !naming) {
        group = { agents: [], rules: [], delay: null };
        groups.push(group);
      }
      group.agents.push(value.toLowerCase());
      naming = true;
      continue;
    }
    naming = naming && key !== 'allow' && key !== 'disallow' && key !== 'crawl-delay';
    if (group === null || group.rules.length >= MAX_RULES) continue;
    if ((key === 'allow' || key === 'disallow') && value !== '') {
      group.rules.push({ allow: key === 'allow', pattern: value.slice(0, MAX_PATTERN_LENGTH) });
    }
    if (key === 'crawl-delay' && /^\d{1,4}(\.\d{1,3})?$/.test(value)) group.delay = Number(value);
  }
  const token = agent.toLowerCase();
  const own = groups.filter((candidate) => candidate.agents.includes(token));
  const chosen = own.length > 0 ? own : groups.filter((candidate) => candidate.agents.includes('*'));
  return {
    rules: chosen.flatMap((candidate) => candidate.rules),
    crawlDelaySeconds: chosen.reduce<number | null>((found, candidate) => found ?? candidate.delay, null),
  };
}

/** True when the path (with its query) may be read: the longest rule that fits decides, and Allow wins a tie. */
export function isAllowed(robots: Robots, pathAndQuery: string): boolean {
  let best: RobotsRule | null = null;
  for (const rule of robots.rules) {
    if (best !== null && rule.pattern.length < best.pattern.length) continue;
    if (best !== null && rule.pattern.length === best.pattern.length && !rule.allow) continue;
    if (matches(rule.pattern, pathAndQuery)) best = rule;
  }
  return best === null || best.allow;
}

/** Matches "*" (any run) and a final "$" (end) greedily from the left, without backtracking over earlier parts. */
function matches(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$');
  const parts = (anchored ? pattern.slice(0, -1) : pattern).split('*');
  let at = 0;
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    if (i === 0) {
      if (!path.startsWith(part)) return false;
      at = part.length;
      if (last && anchored) return at === path.length;
      continue;
    }
    if (last && anchored) return path.length - part.length >= at && path.endsWith(part);
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}
