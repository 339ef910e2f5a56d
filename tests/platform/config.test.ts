import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, VARIABLE_NAMES } from '#platform/config.ts';

const example = readFileSync(join(import.meta.dirname, '..', '..', '.env.example'), 'utf8');
const exampleVariables = Object.fromEntries(
  [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]),
);

describe('the configuration', () => {
  test('.env.example names every variable that is read, and no other', () => {
    expect(Object.keys(exampleVariables).sort()).toEqual([...VARIABLE_NAMES].sort());
  });

  test('.env.example says what holds without it', () => {
    expect(readConfig(exampleVariables)).toEqual(readConfig({}));
  });

  test('every problem is told at once, each by its variable', () => {
    const read = () => readConfig({ VIGIE_PORT: 'abc', DATABASE_URL: 'mysql://x', VIGIE_LOG_LEVEL: 'loud' });
    expect(read).toThrow(ConfigError);
    for (const name of ['VIGIE_PORT', 'DATABASE_URL', 'VIGIE_LOG_LEVEL']) expect(read).toThrow(name);
  });

  test.each([
    { env: {}, access: 'open' },
    { env: { VIGIE_HOST: '127.0.0.5' }, access: 'open' },
    { env: { VIGIE_HOST: '::1' }, access: 'open' },
    { env: { VIGIE_HOST: '0.0.0.0' }, access: 'token' },
    { env: { VIGIE_HOST: '::' }, access: 'token' },
    { env: { VIGIE_HOST: '127.example.org' }, access: 'token' },
    { env: { VIGIE_HOST: '0.0.0.0', VIGIE_AUTH: 'open' }, access: 'open' },
    { env: { VIGIE_HOST: '0.0.0.0', VIGIE_AUTH: 'read' }, access: 'read' },
    { env: { VIGIE_AUTH: 'token' }, access: 'token' },
  ])('access is $access with $env', ({ env, access }) => {
    expect(readConfig(env).access).toBe(access);
  });

  test('hosts to allow are a list, and blanks in it count for nothing', () => {
    expect(readConfig({ VIGIE_ALLOW_HOSTS: ' 127.0.0.1:8090, ,10.0.0.0/8 ' }).allowHosts).toEqual([
      '127.0.0.1:8090',
      '10.0.0.0/8',
    ]);
  });
});
