import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createAddressOf } from '#server/address.ts';
import { createOriginGuard } from '#server/origin.ts';

const HERE = 'vigie.example.org';

describe('pages of other origins', () => {
  const guard = createOriginGuard({
    host: '0.0.0.0',
    publicUrl: `https://${HERE}`,
    corsOrigins: ['https://app.example.org'],
  });

  test.each([
    { who: 'no browser at all', method: 'POST', headers: {}, allowed: true },
    { who: 'our own page', method: 'POST', headers: { 'sec-fetch-site': 'same-origin' }, allowed: true },
    { who: 'the address bar', method: 'POST', headers: { 'sec-fetch-site': 'none' }, allowed: true },
    { who: 'another site', method: 'POST', headers: { 'sec-fetch-site': 'cross-site' }, allowed: false },
    { who: 'a sister site', method: 'POST', headers: { 'sec-fetch-site': 'same-site' }, allowed: false },
    {
      who: 'another site, reading',
      method: 'GET',
      headers: { 'sec-fetch-site': 'cross-site' },
      allowed: true,
    },
    {
      who: 'another site, by WebSocket',
      method: 'GET',
      headers: { 'sec-fetch-site': 'cross-site', upgrade: 'websocket' },
      allowed: false,
    },
    {
      who: 'a listed origin',
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://app.example.org' },
      allowed: true,
    },
    {
      who: 'an old browser, our page',
      method: 'POST',
      headers: { origin: `https://${HERE}` },
      allowed: true,
    },
    {
      who: 'an old browser, another',
      method: 'POST',
      headers: { origin: 'https://evil.example' },
      allowed: false,
    },
    { who: 'a page without an origin', method: 'POST', headers: { origin: 'null' }, allowed: false },
    {
      who: 'our name as the beginning of another',
      method: 'GET',
      headers: { origin: `https://${HERE}.evil.example`, upgrade: 'websocket' },
      allowed: false,
    },
  ])('$who: $allowed', ({ method, headers, allowed }) => {
    const refusal = guard.refusal({ method, headers: { host: HERE, ...headers } });
    expect(refusal === null).toBe(allowed);
  });
});

describe('on the loopback', () => {
  const guard = createOriginGuard({
    host: '127.0.0.1',
    publicUrl: 'http://watch.internal:4000',
    corsOrigins: [],
  });

  test.each([
    ['127.0.0.1:4000', true],
    ['localhost:4000', true],
    ['[::1]:4000', true],
    ['watch.internal:4000', true],
    ['rebound.evil.example:4000', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example:4000', false],
  ])('a page that calls us %s is answered: %s', (host, allowed) => {
    expect(guard.refusal({ method: 'GET', headers: { host } }) === null).toBe(allowed);
  });
});

describe('the address a request is counted under', () => {
  const addressOf = createAddressOf(['10.0.0.0/8', '::1', '2001:db8:1::/48']);
  const from = (remoteAddress: string, forwarded?: string) =>
    addressOf({
      socket: { remoteAddress } as IncomingMessage['socket'],
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    });

  test.each([
    { peer: '203.0.113.9', is: '203.0.113.9' },
    { peer: '::ffff:203.0.113.9', is: '203.0.113.9' },
    { peer: '203.0.113.9', forwarded: '198.51.100.1', is: '203.0.113.9' },
    { peer: '10.1.2.3', forwarded: '198.51.100.1', is: '198.51.100.1' },
    { peer: '10.1.2.3', forwarded: '192.0.2.66, 198.51.100.1', is: '198.51.100.1' },
    { peer: '10.1.2.3', forwarded: '192.0.2.66, 198.51.100.1, 10.9.9.9', is: '198.51.100.1' },
    { peer: '10.1.2.3', forwarded: 'nonsense', is: '10.1.2.3' },
    { peer: '10.1.2.3', forwarded: '', is: '10.1.2.3' },
    { peer: '2001:db8:2:3:4:5:6:7', is: '2001:db8:2:3::/64' },
    { peer: '2001:db8:2:3::1', is: '2001:db8:2:3::/64' },
    { peer: '2001:0db8:0002:0003::9', is: '2001:db8:2:3::/64' },
    { peer: '::1', forwarded: '2001:db8:2::', is: '2001:db8:2:0::/64' },
  ])('$peer forwarding $forwarded is $is', ({ peer, forwarded, is }) => {
    expect(from(peer, forwarded)).toBe(is);
  });
});
