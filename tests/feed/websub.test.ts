import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isSigned, readQuestion, renewalOf, retryOf, subscriptionForm } from '#feed/websub.ts';

const topic = 'https://journal.example/feed';
const now = new Date('2026-03-01T12:00:00Z');
const ask = (query: Record<string, string>) => readQuestion(new URLSearchParams(query), topic);

test('a subscription request names mode, topic, callback, secret and lease', () => {
  const form = subscriptionForm({ topic, callback: 'https://vigie.example/websub/k', secret: 's' });
  expect(Object.fromEntries(form)).toEqual({
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.callback': 'https://vigie.example/websub/k',
    'hub.secret': 's',
    'hub.lease_seconds': '864000',
  });
});

describe('a hub’s question', () => {
  const good = { 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.challenge': 'abc' };
  test.each([
    ['of our topic is a verification', { ...good, 'hub.lease_seconds': '3600' }, 3_600],
    ['without a lease gets the one asked for', good, 864_000],
    ['with a lease of a second gets a minute', { ...good, 'hub.lease_seconds': '1' }, 60],
    ['with a lease of a century gets ninety days', { ...good, 'hub.lease_seconds': '3153600000' }, 7_776_000],
    [
      'with a lease that is no number gets the one asked for',
      { ...good, 'hub.lease_seconds': '-1' },
      864_000,
    ],
  ])('%s', (_what, query, leaseSeconds) => {
    expect(ask(query)).toEqual({ type: 'VERIFY', challenge: 'abc', leaseSeconds });
  });

  test.each([
    ['of another topic', { ...good, 'hub.topic': 'https://autre.example/' }],
    ['without a topic', { 'hub.mode': 'subscribe', 'hub.challenge': 'abc' }],
    ['to unsubscribe', { ...good, 'hub.mode': 'unsubscribe' }],
    ['without a challenge', { ...good, 'hub.challenge': '' }],
    ['with an endless challenge', { ...good, 'hub.challenge': 'x'.repeat(1_001) }],
    ['of nothing', {}],
    ['that denies another topic', { 'hub.mode': 'denied', 'hub.topic': 'https://autre.example/' }],
  ])('%s is not ours', (_what, query) => {
    expect(ask(query)).toEqual({ type: 'OTHER' });
  });

  test('may be a refusal, with a reason', () => {
    expect(ask({ 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': 'complet' })).toEqual({
      type: 'DENIED',
      reason: 'complet',
    });
  });
});

describe('a signature', () => {
  const body = Buffer.from('<rss/>');
  const sign = (method: string, secret = 'secret') =>
    `${method}=${createHmac(method, secret).update(body).digest('hex')}`;

  test.each(['sha1', 'sha256', 'sha384', 'sha512'])('by %s is checked', (method) => {
    expect(isSigned(body, sign(method), 'secret')).toBe(true);
    expect(isSigned(body, sign(method).toUpperCase(), 'secret')).toBe(true);
    expect(isSigned(body, sign(method, 'autre'), 'secret')).toBe(false);
    expect(isSigned(Buffer.from('<rss />'), sign(method), 'secret')).toBe(false);
  });

  test.each([
    ['none', null],
    ['empty', ''],
    ['without a method', sign('sha256').slice(7)],
    ['by MD5', `md5=${'0'.repeat(40)}`],
    ['by a method that does not exist', `sha999=${'0'.repeat(64)}`],
    ['cut short', sign('sha256').slice(0, -2)],
    ['of one method under the name of another', sign('sha1').replace('sha1', 'sha256')],
    ['not hexadecimal', `sha256=${'z'.repeat(64)}`],
  ])('that is %s is no signature', (_what, signature) => {
    expect(isSigned(body, signature, 'secret')).toBe(false);
  });
});

test('a lease is renewed after four fifths of it', () => {
  expect(renewalOf(now, 100).getTime() - now.getTime()).toBe(80_000);
});

test('a hub that fails is asked again after an hour, then twice as long, up to a day', () => {
  const hours = [1, 2, 3, 4, 5, 6, 1_000_000].map(
    (n) => (retryOf(now, n).getTime() - now.getTime()) / 3_600_000,
  );
  expect(hours).toEqual([1, 2, 4, 8, 16, 24, 24]);
});
