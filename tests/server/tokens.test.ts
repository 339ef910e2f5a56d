import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import { TokenError } from '#server/auth.ts';
import { createJwtVerifier } from '#server/jwt.ts';
import { findToken, revokeToken } from '#server/token.store.ts';
import { type AlertLog, openAlertLog } from '../support/alert-log.ts';
import { type Api, makeToken, startTestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import { subscribe, TRANSPORTS } from '../support/subscriber.ts';

const AUDIENCE = 'vigie';
const KID = 'key-1';

/** An identity provider on the loopback, whose keys can change. */
async function startProvider() {
  const signing = new Map<string, CryptoKey>();
  let published: JWK[] = [];
  let asked = 0;
  let broken: { readonly status: number; readonly body: string } | null = null;
  const server = createServer((request, response) => {
    if (request.url === '/keys' && broken !== null) {
      response.writeHead(broken.status);
      return void response.end(broken.body);
    }
    const body =
      request.url === '/.well-known/openid-configuration'
        ? { issuer, jwks_uri: `${issuer}/keys` }
        : request.url === '/keys'
          ? { keys: published }
          : null;
    if (request.url === '/keys') asked += 1;
    response.writeHead(body === null ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    signing,
    asked: () => asked,
    /** Publishes a new key under this id, alone. */
    async rotate(kid: string): Promise<void> {
      const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
      published = [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }];
      signing.set(kid, privateKey);
    },
    published: () => published,
    /** Answers with this instead of its keys. */
    breakKeys(status: number, body: string): void {
      broken = { status, body };
    },
    mend(): void {
      broken = null;
    },
    close: () => new Promise((done) => server.close(done)),
  };
}

let database: Database;
let log: AlertLog;
let provider: Awaited<ReturnType<typeof startProvider>>;
let apis: readonly [Api, Api];
beforeAll(async () => {
  database = await createTestDatabase();
  log = await openAlertLog(database.db);
  provider = await startProvider();
  await provider.rotate(KID);
  const env = {
    VIGIE_AUTH: 'token',
    VIGIE_OIDC_ISSUER: provider.issuer,
    VIGIE_OIDC_AUDIENCE: AUDIENCE,
    VIGIE_OIDC_SCOPES: 'vigie.read=READ,vigie.text=TEXT',
  };
  apis = [await startTestApi(database, env), await startTestApi(database, env)];
});
afterAll(async () => {
  for (const api of apis) await api[Symbol.asyncDispose]();
  await provider.close();
  await database[Symbol.asyncDispose]();
});

const ALERTS = 'subscription { matches { cursor } }';
const READ = '{ articles(first: 1) { nodes { title } } }';

describe('a token', () => {
  test('is made by whoever administers, shown once, listed without its secret, and revoked', async () => {
    const [api] = apis;
    const { secret: admin } = await makeToken(database, ['ADMIN']);
    const made = await api.ask(
      'mutation { createToken(input: { name: " desk ", scopes: [READ, READ], days: 30 }) { ... on CreateTokenPayload { secret token { id name scopes expiresAt } } } }',
      { token: admin },
    );
    const { secret, token } = made.data!.createToken as { secret: string; token: { id: string } };
    expect(token).toMatchObject({ name: 'desk', scopes: ['READ'] });
    expect(await findToken(database.db, secret)).toMatchObject({
      name: 'desk',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await api.ask(READ, { token: secret })).errors).toBeUndefined();
    const listed = await api.ask('{ tokens(first: 1) { nodes { id name scopes lastUsedAt revokedAt } } }', {
      token: admin,
    });
    expect(listed.data?.tokens).toEqual({
      nodes: [
        { id: token.id, name: 'desk', scopes: ['READ'], lastUsedAt: expect.any(String), revokedAt: null },
      ],
    });
    expect(JSON.stringify(listed)).not.toContain(secret);
    const revoked = await api.ask(
      `mutation { revokeToken(input: { token: "${token.id}" }) { ... on RevokeTokenPayload { token { revokedAt } } } }`,
      { token: admin },
    );
    expect(revoked.data).toEqual({ revokeToken: { token: { revokedAt: expect.any(String) } } });
    await expect
      .poll(async () => (await api.ask(READ, { token: secret })).errors?.[0]?.message)
      .toBe('this token was revoked');
  });

  test.each([
    ['createToken(input: { name: " ", scopes: [READ] })', 'input.name'],
    ['createToken(input: { name: "a", scopes: [] })', 'input.scopes'],
    ['createToken(input: { name: "a", scopes: [READ], days: 0 })', 'input.days'],
    ['createToken(input: { name: "a", scopes: [READ], days: 4000 })', 'input.days'],
    ['revokeToken(input: { token: "nonsense" })', 'input.token'],
    ['revokeToken(input: { token: "QXBpVG9rZW46OTk5OTk5" })', 'input.token'],
  ])('%s is an expected error about %s', async (call, field) => {
    const { secret } = await makeToken(database, ['ADMIN']);
    const { data, errors } = await apis[0].ask(`mutation { ${call} { ... on UserError { field } } }`, {
      token: secret,
    });
    expect(errors).toBeUndefined();
    expect(Object.values(data!)).toEqual([{ field }]);
  });

  test('is refused in words when it is unknown, expired, or none', async () => {
    const { secret: expired } = await makeToken(database, ['READ'], new Date(Date.now() - 1_000));
    for (const [authorization, words] of [
      [`Bearer ${expired}`, 'this token has expired'],
      ['Bearer vigie_unknown', 'unknown token'],
      ['Basic YTpi', 'not of the form "Bearer TOKEN"'],
    ] as const) {
      const { status, headers, errors } = await apis[0].ask(READ, { headers: { authorization } });
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(errors?.[0]?.message).toContain(words);
      expect(errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
    }
  });
});

test('a stream that ends is told why, and nothing of the head of an answer', async () => {
  const { id, secret } = await makeToken(database, ['READ']);
  const { body } = await fetch(`${apis[0].endpoint}?query=${encodeURIComponent(ALERTS)}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${secret}` },
  });
  await revokeToken(database.db, id, new Date());
  const errors = [
    { message: 'this token was revoked or has expired', extensions: { code: 'UNAUTHENTICATED' } },
  ];
  expect(await new Response(body).text()).toContain(
    `event: next\ndata: ${JSON.stringify({ errors })}\n\nevent: complete\n`,
  );
});

describe.each(TRANSPORTS)('an open stream over %s', (transport) => {
  test.each([0, 1])('ends when its token is revoked, at server %i', async (server) => {
    const { id, secret: token } = await makeToken(database, ['READ']);
    await using stream = await subscribe(apis[server]!.endpoint, transport, ALERTS, {}, { token });
    await revokeToken(database.db, id, new Date());
    await expect(stream.until(1)).rejects.toThrow('this token was revoked');
  });

  test('ends when its token expires, without anybody doing anything', async () => {
    const { secret: token } = await makeToken(database, ['READ'], new Date(Date.now() + 1_500));
    await using stream = await subscribe(apis[0].endpoint, transport, ALERTS, {}, { token });
    await expect(stream.until(1)).rejects.toThrow('this token was revoked');
  });

  test('ends when its token is deleted by hand', async () => {
    const { id, secret: token } = await makeToken(database, ['READ']);
    await using stream = await subscribe(apis[0].endpoint, transport, ALERTS, {}, { token });
    await database.db.apiToken.delete({ where: { id } });
    await expect(stream.until(1)).rejects.toThrow('this token was revoked or has expired');
  });

  test('stays when another’s is revoked', async () => {
    const { id } = await makeToken(database, ['READ']);
    const { secret: token } = await makeToken(database, ['READ']);
    await using stream = await subscribe(apis[0].endpoint, transport, ALERTS, {}, { token });
    await revokeToken(database.db, id, new Date());
    await log.append(1);
    expect(await stream.until(1)).toHaveLength(1);
  });
});

describe('a token of the identity provider', () => {
  const sign = async ({
    claims = {},
    kid = KID,
    key = provider.signing.get(KID)!,
    alg = 'RS256',
    audience = AUDIENCE,
    issuer = provider.issuer,
    expires = '1h',
  }: {
    readonly claims?: Record<string, unknown>;
    readonly kid?: string;
    readonly key?: CryptoKey | Uint8Array;
    readonly alg?: string;
    readonly audience?: string;
    readonly issuer?: string;
    readonly expires?: string | number;
  } = {}): Promise<string> =>
    await new SignJWT({ scope: 'vigie.read other', ...claims })
      .setProtectedHeader({ alg, kid })
      .setSubject('ada')
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(expires)
      .sign(key);

  test('allows what its claim says in our words, and nothing more', async () => {
    const token = await sign();
    const answer = await apis[0].ask('{ articles(first: 1) { nodes { title text } } }', { token });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', scope: 'TEXT' } }]);
    const more = await apis[0].ask('{ articles(first: 1) { nodes { text } } }', {
      token: await sign({ claims: { scope: ['vigie.read', 'vigie.text'] } }),
    });
    expect(more.errors).toBeUndefined();
    const nothing = await apis[0].ask(READ, { token: await sign({ claims: { scope: 'ADMIN READ' } }) });
    expect(nothing.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('is asked for keys once for many tokens', async () => {
    const before = provider.asked();
    for (let i = 0; i < 5; i += 1) await apis[0].ask(READ, { token: await sign() });
    expect(provider.asked()).toBe(before);
  });

  test.each<[string, () => Promise<string> | string, string]>([
    ['expired', () => sign({ expires: Math.floor(Date.now() / 1_000) - 3_600 }), 'has expired'],
    ['for another audience', () => sign({ audience: 'elsewhere' }), 'its claim aud is missing or wrong'],
    [
      'of another issuer',
      () => sign({ issuer: 'https://evil.example' }),
      'its claim iss is missing or wrong',
    ],
    [
      'signed by nobody',
      () =>
        new UnsecuredJWT({ scope: 'vigie.read' })
          .setIssuer(provider.issuer)
          .setAudience(AUDIENCE)
          .setSubject('ada')
          .setExpirationTime('1h')
          .encode(),
      'algorithm',
    ],
    [
      'signed with the public key as a secret',
      () => sign({ alg: 'HS256', key: Buffer.from(JSON.stringify(provider.published()[0])) }),
      'algorithm',
    ],
    [
      'signed by a key of that id that is another',
      async () => sign({ key: (await generateKeyPair('RS256')).privateKey }),
      'signature is wrong',
    ],
    [
      'signed by a key that is not published',
      async () => sign({ kid: 'stranger', key: (await generateKeyPair('RS256')).privateKey }),
      'does not publish',
    ],
    [
      'changed on the way',
      async () =>
        (await sign()).replace(
          /\.[^.]+\./,
          `.${Buffer.from('{"scope":"vigie.text"}').toString('base64url')}.`,
        ),
      'signature is wrong',
    ],
    [
      'without an end',
      async () =>
        new SignJWT({})
          .setProtectedHeader({ alg: 'RS256', kid: KID })
          .setSubject('ada')
          .setIssuer(provider.issuer)
          .setAudience(AUDIENCE)
          .sign(provider.signing.get(KID)!),
      'its claim exp is missing or wrong',
    ],
    ['not a token at all', () => 'a.b.c', 'malformed'],
  ])('is refused when it is %s', async (_what, make, words) => {
    const { status, errors } = await apis[0].ask(READ, { token: await make() });
    expect(status).toBe(401);
    expect(errors?.[0]?.message).toContain(words);
  });

  test.each(TRANSPORTS)('ends its stream over %s when it expires', async (transport) => {
    const token = await sign({ expires: Math.ceil(Date.now() / 1_000) + 1 });
    await using stream = await subscribe(apis[0].endpoint, transport, ALERTS, {}, { token });
    await expect(stream.until(1)).rejects.toThrow('this token was revoked or has expired');
  });

  test.each([
    ['an error', 503, 'down'],
    ['no JSON', 200, '<html>'],
    ['no set of keys', 200, '{"keys":1}'],
  ])('is not blamed for a provider that answers with %s', async (_what, status, body) => {
    const config = readConfig({ VIGIE_OIDC_ISSUER: provider.issuer, VIGIE_OIDC_AUDIENCE: AUDIENCE });
    const verify = createJwtVerifier(config.oidc!, systemClock);
    const token = await sign();
    provider.breakKeys(status, body);
    onTestFinished(() => provider.mend());
    await expect(verify(token)).rejects.not.toBeInstanceOf(TokenError);
    provider.mend();
    expect(await verify(token)).toMatchObject({ subject: 'ada' });
  });

  test('is taken under a new key once the provider has rotated it, which is looked up twice a minute at most', async () => {
    const config = readConfig({
      VIGIE_OIDC_ISSUER: provider.issuer,
      VIGIE_OIDC_AUDIENCE: AUDIENCE,
      VIGIE_OIDC_SCOPES: 'vigie.read=READ',
    });
    const verify = createJwtVerifier(config.oidc!, systemClock);
    const old = await sign();
    expect(await verify(old)).toMatchObject({ subject: 'ada', scopes: new Set(['READ']) });
    await provider.rotate('key-2');
    const rotated = await sign({ kid: 'key-2', key: provider.signing.get('key-2')! });
    await expect(verify(rotated)).rejects.toThrow('does not publish');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect(await verify(rotated)).toMatchObject({ subject: 'ada' });
    await expect(verify(old)).rejects.toThrow('does not publish');
  });
});
