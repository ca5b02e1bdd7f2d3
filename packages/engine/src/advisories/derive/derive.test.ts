import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { closeRegistries, type Published, registryWith } from '../../../../../tests/support/npm-registry.ts';
import type { AdvisoryFacts } from '../../extractors/facts.ts';
import { type DeriveOptions, deriveAll } from './all.ts';
import { openRegistry } from './registry.ts';
import { functionTexts } from './texts.ts';

const signal = new AbortController().signal;
const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'bw-derive-'));
afterEach(closeRegistries);

const advisory = (fixed: string, more: Partial<AdvisoryFacts> = {}): AdvisoryFacts => ({
  id: 'GHSA-0000-0000-0001',
  aliases: [],
  severity: 'high',
  severityStated: true,
  cwes: [],
  ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }],
  versions: [],
  functions: [],
  ...more,
});

const VULNERABLE = { 'index.js': 'exports.set = function (o, k, v) {\n  o[k] = v\n}\nexports.get = (o, k) => o[k]\n' };
const FIXED = {
  'index.js': 'exports.set = function (o, k, v) {\n  if (k === "__proto__") return\n  o[k] = v\n}\nexports.get = (o, k) => o[k]\n',
};
const derive = async (published: Published, facts: AdvisoryFacts, more: Partial<DeriveOptions> = {}, fails = 0) => {
  const { env, asked } = await registryWith(published, fails);
  const options = { cache: await folder(), signal, env, pause: 1, ...more };
  const found = await deriveAll([{ name: 'a', advisories: [facts] }], options);
  return { derived: found.of('a', facts.id), report: found.report, asked, options };
};

describe('what a fix changed', () => {
  it('is told from the last release before it', async () => {
    const { derived, report, options } = await derive(
      { a: { '1.0.0': { 'index.js': '1' }, '1.0.1': VULNERABLE, '1.0.2': FIXED } },
      advisory('1.0.2'),
    );
    expect(derived).toEqual({
      pair: { vulnerable: '1.0.1', fixed: '1.0.2' },
      distance: 'patch',
      functions: [{ file: 'index.js', name: 'set', kind: 'changed', tier: 'core' }],
    });
    expect(report).toEqual({ asked: 1, functions: 1, moduleOnly: 0, nothing: 0, failed: 0 });
    expect((await readdir(join(options.cache, 'registry'))).sort()).toEqual(['tarballs']);
  });

  it('is asked once: another run takes it from the cache', async () => {
    const facts = advisory('1.0.2');
    const first = await derive({ a: { '1.0.1': VULNERABLE, '1.0.2': FIXED } }, facts);
    const before = first.asked.length;
    const again = await deriveAll([{ name: 'a', advisories: [facts] }], first.options);
    expect(again.of('a', facts.id)).toEqual(first.derived);
    expect(first.asked).toHaveLength(before);
  });

  it('walks back when the release with the fix changes nothing', async () => {
    const published = { a: { '1.0.0': VULNERABLE, '1.0.1': FIXED, '1.0.2': FIXED } };
    const { derived } = await derive(published, advisory('1.0.2'));
    expect(derived).toMatchObject({
      pair: { vulnerable: '1.0.0', fixed: '1.0.2' },
      distance: 'inexact',
      functions: [{ name: 'set', tier: 'wide' }],
    });
    expect(derived?.moduleOnly).toContain('compared with 1.0.0');
  });

  it('takes the next release when the fixed one is not there, and says so', async () => {
    const { derived } = await derive({ a: { '1.0.1': VULNERABLE, '1.0.3': FIXED } }, advisory('1.0.2'));
    expect(derived).toMatchObject({ distance: 'inexact', functions: [{ name: 'set', tier: 'wide' }] });
    expect(derived?.moduleOnly).toContain('not published');
  });

  it('says when only a dependency or code outside functions changed', async () => {
    const manifest = (version: string, range: string) => ({
      'package.json': JSON.stringify({ name: 'a', version, dependencies: { b: range } }),
      ...FIXED,
    });
    const one = await derive({ a: { '1.0.1': manifest('1.0.1', '1.0.0'), '1.0.2': manifest('1.0.2', '1.0.1') } }, advisory('1.0.2'));
    expect(one.derived).toMatchObject({ moduleOnly: 'only a dependency changed', functions: [] });
    const two = await derive({ a: { '1.0.1': { 'index.js': 'run(1)' }, '1.0.2': { 'index.js': 'run(2)' } } }, advisory('1.0.2'));
    expect(two.derived).toMatchObject({ moduleOnly: 'only code outside functions changed', functions: [] });
  });

  it('is nothing without two releases', async () => {
    for (const published of [{}, { a: { '1.0.2': FIXED } }, { a: { '1.0.1': VULNERABLE } }]) {
      const { derived, report } = await derive(published, advisory('1.0.2'));
      expect(derived).toBeUndefined();
      expect(report).toMatchObject({ nothing: 1, failed: 0 });
    }
  });

  it('is not asked for without a fix, or when the package is the attack', async () => {
    const published = { a: { '1.0.1': VULNERABLE, '1.0.2': FIXED } };
    const open = await derive(published, advisory('1.0.2', { ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] }));
    const attack = await derive(published, advisory('1.0.2', { malicious: true }));
    for (const { asked, report } of [open, attack]) expect([asked.length, report.asked]).toEqual([0, 0]);
  });

  it('asks again when the registry fails, and does not keep a failure', async () => {
    const published = { a: { '1.0.1': VULNERABLE, '1.0.2': FIXED } };
    expect((await derive(published, advisory('1.0.2'), {}, 2)).derived?.functions).toHaveLength(1);
    const failed = await derive(published, advisory('1.0.2'), {}, 4);
    expect(failed.report).toMatchObject({ failed: 1, functions: 0 });
    const again = await deriveAll([{ name: 'a', advisories: [advisory('1.0.2')] }], failed.options);
    expect(again.report).toMatchObject({ failed: 0, functions: 1 });
  });

  it('gives up when no package gets an answer', async () => {
    const { env } = await registryWith({}, 1_000);
    const packages = Array.from({ length: 20 }, (_, at) => ({ name: `p${at}`, advisories: [advisory('1.0.2')] }));
    await expect(deriveAll(packages, { cache: await folder(), signal, env, pause: 1 })).rejects.toMatchObject({ code: 'BW4011' });
  });

  it('ends when it is told to', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(derive({ a: { '1.0.1': VULNERABLE } }, advisory('1.0.2'), { signal: stopped })).rejects.toThrow('stopped');
  });

  it('shows both texts of each function', async () => {
    const { env } = await registryWith({ a: { '1.0.1': VULNERABLE, '1.0.2': FIXED } });
    const { derived } = await derive({ a: { '1.0.1': VULNERABLE, '1.0.2': FIXED } }, advisory('1.0.2'));
    if (derived === undefined) throw new Error('nothing derived');
    const texts = await functionTexts(openRegistry({ cache: await folder(), signal, env, pause: 1 }), 'a', derived);
    expect(texts).toMatchObject({ ok: true, value: [{ derived: { name: 'set' }, before: { line: 1 }, after: { line: 1 } }] });
    if (texts.ok) expect(texts.value[0]?.after?.text).toContain('__proto__');
    const gone = await functionTexts(openRegistry({ cache: await folder(), signal, env, pause: 1 }), 'b', derived);
    expect(gone.ok).toBe(false);
  });
});
