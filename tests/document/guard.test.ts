import { describe, expect, test } from 'vitest';
import { createGuard, isPublicAddress } from '#document/guard.ts';

describe('addresses that are not the public internet', () => {
  test.each([
    ['0.0.0.0'],
    ['0.1.2.3'],
    ['10.0.0.1'],
    ['100.64.0.1'],
    ['100.127.255.255'],
    ['127.0.0.1'],
    ['127.255.255.254'],
    ['169.254.169.254'],
    ['172.16.0.1'],
    ['172.31.255.255'],
    ['192.0.0.8'],
    ['192.0.2.1'],
    ['192.88.99.1'],
    ['192.168.1.1'],
    ['198.18.0.1'],
    ['198.51.100.1'],
    ['203.0.113.1'],
    ['224.0.0.1'],
    ['239.255.255.255'],
    ['240.0.0.1'],
    ['255.255.255.255'],
    ['::'],
    ['::1'],
    ['::127.0.0.1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:7f00:1'],
    ['::FFFF:10.0.0.1'],
    ['0:0:0:0:0:ffff:c0a8:101'],
    ['::ffff:0:127.0.0.1'],
    ['64:ff9b::127.0.0.1'],
    ['64:ff9b::a00:1'],
    ['64:ff9b:1::808:808'],
    ['100::1'],
    ['2001::1'],
    ['2001:10::1'],
    ['2001:db8::1'],
    ['2002:7f00:1::'],
    ['2002:808:808::'],
    ['3fff::1'],
    ['5f00::1'],
    ['fc00::1'],
    ['fd12:3456::1'],
    ['fe80::1'],
    ['fe80::1%eth0'],
    ['2606:4700::1111%eth0'],
    ['fec0::1'],
    ['ff02::1'],
    ['pas une adresse'],
    [''],
    ['127.1'],
  ])('%s is forbidden', (address) => {
    expect(isPublicAddress(address)).toBe(false);
    expect(createGuard([]).allowsAddress(address, 80)).toBe(false);
  });

  test.each([
    ['1.1.1.1'],
    ['100.63.255.255'],
    ['100.128.0.1'],
    ['172.15.0.1'],
    ['172.32.0.1'],
    ['193.0.6.139'],
    ['223.255.255.254'],
    ['2606:4700::1111'],
    ['2001:660:3305::1'],
    ['2a00:1450:4007::200e'],
    ['::ffff:1.1.1.1'],
    ['64:ff9b::101:101'],
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('what the operator allows by name', () => {
  const guard = createGuard([
    ' 127.0.0.1:8090',
    'press.test',
    'Intranet.Local:8080',
    '10.1.0.0/16',
    '[::1]:8090',
    'fd00::/8',
    'fd99::1',
  ]);

  test.each([
    ['127.0.0.1', 8090, true],
    ['127.0.0.1', 80, false],
    ['127.0.0.2', 8090, false],
    ['10.1.2.3', 80, true],
    ['10.2.0.1', 80, false],
    ['::1', 8090, true],
    ['::1', 80, false],
    ['fd12::1', 1, true],
    ['fc00::1', 1, false],
  ])('the address %s on port %i: %s', (address, port, allowed) => {
    expect(guard.allowsAddress(address, port)).toBe(allowed);
  });

  test.each([
    ['press.test', 80, true],
    ['PRESS.test.', 8090, true],
    ['autre.press.test', 80, false],
    ['intranet.local', 8080, true],
    ['intranet.local', 80, false],
    ['[::1]', 8090, true],
  ])('the host %s on port %i: %s', (host, port, allowed) => {
    expect(guard.allowsHost(host, port)).toBe(allowed);
  });

  test.each([['http://press.test'], ['10.0.0.0/33'], ['press.test:'], ['a b'], [''], ['press.test/8']])(
    '%j is no entry',
    (entry) => {
      expect(() => createGuard([entry])).toThrow(/VIGIE_ALLOW_HOSTS/);
    },
  );
});
