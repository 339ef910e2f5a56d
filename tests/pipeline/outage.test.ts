import { expect, test } from 'vitest';
import type { Document } from '#document/response.ts';
import { hasAnswered } from '#pipeline/decide-poll.ts';
import { createOutageWatch } from '#pipeline/outage.ts';
import type { Log } from '#platform/log.ts';

function useWatch() {
  const said: string[] = [];
  const say = (_fields: object, message: string): void => void said.push(message);
  const watch = createOutageWatch({ info: say, warn: say } as Partial<Log> as Log);
  const silence = (from: number, to: number): void => {
    for (let host = from; host < to; host += 1) watch({ host: `h${host}.example`, answered: false });
  };
  return { said, silence, answer: () => watch({ host: 'h1.example', answered: true }) };
}

test('ten hosts in a row that do not answer are told of once, and that one answers again', () => {
  const { said, silence, answer } = useWatch();
  silence(0, 9);
  silence(0, 9);
  expect(said).toEqual([]);
  silence(9, 30);
  expect(said).toEqual(['no host answers any more: is this machine connected to the network?']);
  answer();
  answer();
  expect(said.slice(1)).toEqual(['hosts answer again']);
});

test('an answer in between makes them feeds’ own faults', () => {
  const { said, silence, answer } = useWatch();
  silence(0, 9);
  answer();
  silence(9, 18);
  expect(said).toEqual([]);
});

test.each([
  ['DNS', null, false],
  ['CONNECTION', null, false],
  ['TIMEOUT', null, false],
  ['HTTP_STATUS', 503, true],
  ['HOST_ASKED_TO_WAIT', null, null],
  ['FORBIDDEN_ADDRESS', null, null],
] as const)('of %s with status %j the host has answered: %j', (reason, status, answered) => {
  expect(hasAnswered({ outcome: 'Failed', reason, status } as Document)).toBe(answered);
});
