import type { Finding, Target } from '@breakwater/model';
import { expect, it } from 'vitest';
import type { SourceText } from '../../../extractors/facts.ts';
import { secrets } from './control.ts';
import { sample } from './sample.ts';

const target: Target = { kind: 'directory', uri: '.' };
const stripe = `sk_${'live_'}${sample('base62', 24)}`;

const run = async (texts: readonly SourceText[], signal = new AbortController().signal): Promise<Finding[]> => {
  const stream = (async function* () {
    yield* texts;
  })();
  // No test reads the clock or the log of the context.
  const ctx = { signal, now: () => '' as never, log: () => undefined };
  return collect(secrets.run({ texts: stream }, target, ctx));
};
const collect = async (findings: AsyncIterable<Finding>): Promise<Finding[]> => {
  const all: Finding[] = [];
  for await (const finding of findings) all.push(finding);
  return all;
};

it('reports the same secret in several places once, with its places sorted', async () => {
  const [finding, ...more] = await run([
    { uri: 'src/pay.js', text: `\nstripe('${stripe}')` },
    { uri: 'deploy/production.env', text: `A=1\nSTRIPE_SECRET_KEY=${stripe}\n` },
    { uri: 'a.txt', text: 'nothing' },
  ]);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    ruleId: 'code/stripe-live-key',
    kind: 'fail',
    severity: 'critical',
    confidence: 'high',
    message: 'A live Stripe key is in deploy/production.env and src/pay.js',
    properties: {},
  });
  expect(finding?.locations.map((l) => [l.uri, l.region?.startLine, l.message])).toEqual([
    ['deploy/production.env', 2, `STRIPE_SECRET_KEY = sk_live_••••${stripe.slice(-4)}`],
    ['src/pay.js', 2, `sk_live_••••${stripe.slice(-4)}`],
  ]);
});

it('keeps the identity of a secret wherever it moves, and tells secrets apart', async () => {
  const other = `sk_${'live_'}${sample('base62', 24, 3)}`;
  const prints = async (uri: string, text: string) => (await run([{ uri, text }])).map((f) => f.fingerprint);
  const here = await prints('a.env', `K=${stripe}`);
  expect(await prints('b/c.js', `\n\n// moved\nconst x = "${stripe}"`)).toEqual(here);
  expect(await prints('a.env', `K=${other}`)).not.toEqual(here);
  expect(here[0]).not.toContain(stripe);
});

it('keeps a wholly allowed secret on record, and an open place open', async () => {
  const allowed = { uri: 'old.env', text: `K=${stripe} # breakwater:allow stripe-live-key revoked in March` };
  expect(await run([allowed])).toMatchObject([{ kind: 'informational', message: 'A live Stripe key is in old.env, allowed by a comment' }]);
  const [finding] = await run([allowed, { uri: 'new.env', text: `K=${stripe}` }]);
  expect(finding).toMatchObject({ kind: 'fail', message: 'A live Stripe key is in new.env' });
  expect(finding?.locations).toHaveLength(1);
});

it('says when an allow comment lacks its reason', async () => {
  const [finding] = await run([{ uri: 'a.env', text: `K=${stripe} # breakwater:allow stripe-live-key` }]);
  expect(finding).toMatchObject({
    kind: 'fail',
    message: 'A live Stripe key is in a.env; the comment that should allow it gives no reason',
  });
});

it('takes a key for the same whether it stands on lines or in a string', async () => {
  const { sampleDer } = await import('./sample.ts');
  const body = sampleDer(600);
  const armour = (text: string) => `-----BEGIN ${'PRIVATE'} KEY-----${text}-----END ${'PRIVATE'} KEY-----`;
  const wrapped = body.replace(/(.{64})/g, '$1\n');
  const findings = await run([
    { uri: 'key.pem', text: armour(`\n${wrapped}\n`) },
    { uri: 'key.js', text: `const k = "${armour(`\n${wrapped}\n`).replaceAll('\n', '\\n')}"` },
    { uri: 'windows.pem', text: armour(`\n${wrapped}\n`).replaceAll('\n', '\r\n') },
  ]);
  expect(findings).toHaveLength(1);
  expect(findings[0]?.locations).toHaveLength(3);
});

it('stops when it is told to', async () => {
  const abort = new AbortController();
  abort.abort(new Error('stopped'));
  await expect(run([{ uri: 'a', text: '' }], abort.signal)).rejects.toThrow('stopped');
});
