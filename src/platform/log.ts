/** Structured logs: one line per unit of work, at its end. */
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import { withoutCommands } from '#text/terminal.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a person at a terminal is told by the line's own columns, or does not need: it is for who searches the logs. */
const UNTOLD: ReadonlySet<string> = new Set([
  ...['level', 'time', 'msg', 'err'],
  ...['bytes', 'durationMs', 'feedId', 'httpStatus', 'items', 'nextPollAt', 'outcome'],
]);
/** What needs no name before it. */
const PLAIN: ReadonlySet<string> = new Set(['url', 'problem']);

/** On one line, without what a terminal would obey: strangers' words stand in the log. */
const plain = (text: string): string => withoutCommands(text.replace(/\p{Cc}/gu, ' '));

/** A record for a person, without its time and level: what happened, to what, what came of it, and the stack of an error. */
export function tellRecord(record: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(record)
    .filter(([name, value]) => !UNTOLD.has(name) && value !== null && value !== 0)
    .map(([name, value]) => {
      const text = plain(typeof value === 'string' ? value : JSON.stringify(value));
      return PLAIN.has(name) ? text : `${name} ${text}`;
    });
  const line = [record.msg, ...fields].join('  ');
  if (typeof record.err !== 'object' || record.err === null) return line;
  const { stack, message } = record.err as { readonly stack?: string; readonly message?: string };
  return [line, ...(stack ?? message ?? '').split('\n').map((part) => `    ${plain(part)}`)].join('\n');
}

/** On stderr, as stdout belongs to what a command prints: JSON lines, or on a terminal lines to be read. */
export function createLog(level: LogLevel): Log {
  const isTerminal = process.stderr.isTTY === true;
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: ['*.token', '*.authorization'],
    },
    isTerminal
      ? pretty({
          destination: 2,
          sync: true,
          hideObject: true,
          translateTime: 'SYS:HH:MM:ss',
          messageFormat: tellRecord,
        })
      : pino.destination(2),
  );
}
