/** VEX through the command: what is stated, what statements of others change, and that nothing is written where nothing is known. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '@breakwater/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../support/command.ts';
import { type Files, osvOf, putFiles } from '../support/polyglot.ts';

const NAMES = ['bw-idle', 'bw-kept', 'bw-used'] as const;
const dependencies = Object.fromEntries(NAMES.map((name) => [name, '^1.0.0']));
const integrity = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;

/** Loads bw-kept and bw-used; nothing loads bw-idle. Each has a critical flaw: GHSA-<name>, CVE-2026-<place in NAMES>. */
const APP: Files = {
  'package.json': JSON.stringify({ name: 'tiny', version: '2.0.0', main: 'index.js', dependencies }),
  'index.js': "const used = require('bw-used');\nrequire('bw-kept');\nused();\n",
  'package-lock.json': JSON.stringify({
    name: 'tiny',
    version: '2.0.0',
    lockfileVersion: 3,
    packages: {
      '': { name: 'tiny', version: '2.0.0', dependencies },
      ...Object.fromEntries(
        NAMES.map((name) => [`node_modules/${name}`, { version: '1.0.0', resolved: `https://npm.example/${name}-1.0.0.tgz`, integrity }]),
      ),
    },
  }),
  ...Object.fromEntries(
    NAMES.flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0' })],
      [`node_modules/${name}/index.js`, 'module.exports = (x) => x;\n'],
    ]),
  ),
};
const FLAWS: Files = Object.fromEntries(
  NAMES.map((name, at) => [
    `npm/GHSA-${name}.json`,
    JSON.stringify(osvOf({ id: `GHSA-${name}`, ecosystem: 'npm', name, fixed: '1.0.1' }, { aliases: [`CVE-2026-${at}`] })),
  ]),
);

const statement = (vulnerability: string, product: string, status = 'not_affected'): object => ({
  vulnerability: { name: vulnerability },
  products: [{ '@id': product }],
  status,
  ...(status === 'not_affected' ? { justification: 'vulnerable_code_cannot_be_controlled_by_adversary' } : {}),
});
const openVex = (...statements: readonly object[]): string =>
  JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://shop.example/vex/1',
    author: 'Shop Security',
    timestamp: '2026-11-01T00:00:00Z',
    version: 1,
    statements,
  });

let world: World;
beforeEach(() => {
  world = openWorld();
  putFiles(world.folder, APP);
  putFiles(join(world.folder, '../osv'), FLAWS);
  putFiles(join(world.folder, '../none'), {
    'npm/GHSA-0.json': JSON.stringify(osvOf({ id: 'GHSA-0', ecosystem: 'npm', name: 'other', fixed: '1.0.0' })),
  });
});
afterEach(() => world.remove());

const WITH = ['--offline', '--advisories', '../osv'];
const NONE = ['--offline', '--advisories', '../none'];
const scan = async (...flags: readonly string[]) => {
  const { code, stdout, stderr } = await world.run([
    'scan',
    ...WITH,
    '--only',
    'dependencies',
    '--no-evidence',
    '--format',
    'json',
    ...flags,
  ]);
  const run: Run = JSON.parse(stdout);
  const actionOf = new Map(run.decision.verdicts.map((verdict) => [verdict.fingerprint, verdict]));
  const verdicts = new Map(run.findings.map(({ vulnerability, fingerprint }) => [vulnerability?.id, actionOf.get(fingerprint)]));
  const act = [...verdicts].filter(([, verdict]) => verdict?.action === 'act').map(([id]) => id);
  return { code, stderr, run, verdicts, act: act.sort() };
};

/** What is said of a package is said of it within this application. */
const of = (purl: string) => [{ '@id': 'pkg:generic/tiny@2.0.0', subcomponents: [{ '@id': purl }] }];

/** Where nothing says what starts, nothing can be proven. */
const withoutEntry = (): void => {
  putFiles(world.folder, { 'package.json': JSON.stringify({ name: 'tiny', version: '2.0.0', dependencies }) });
  rmSync(join(world.folder, 'index.js'));
};

describe('breakwater vex', () => {
  it('states not_affected only of what is proven unreachable, and an exception as affected with what was decided', async () => {
    putFiles(world.folder, {
      'breakwater.yaml':
        "exceptions:\n  - id: CVE-2026-1\n    reason: called with our own text only\n    owner: '@shop/platform'\n    expires: 2027-01-10\n",
    });
    const { code, stdout, stderr } = await world.run(['vex', ...WITH]);
    const document = JSON.parse(stdout);
    expect([code, stderr, document.author]).toEqual([0, '', 'tiny']);
    expect(
      document.statements.map((one: Record<string, unknown>) => [
        one['products'],
        one['status'],
        one['justification'] ?? one['action_statement'],
      ]),
    ).toEqual([
      [of('pkg:npm/bw-idle@1.0.0'), 'not_affected', 'vulnerable_code_not_in_execute_path'],
      [of('pkg:npm/bw-kept@1.0.0'), 'affected', 'Accepted by @shop/platform until 2027-01-10: called with our own text only'],
      [of('pkg:npm/bw-used@1.0.0'), 'affected', 'Update to 1.0.1'],
    ]);
  });

  it('states the same in a CycloneDX bill, in XML where the file is called so', async () => {
    await world.run(['vex', ...WITH, '--format', 'cyclonedx', '--output', 'vex.xml']);
    const states = [...readFileSync(join(world.folder, 'vex.xml'), 'utf8').matchAll(/<id>(GHSA-[^<]+)<|<state>([^<]+)</g)];
    expect(states.map(([, id, state]) => id ?? state)).toEqual([
      ...['GHSA-bw-idle', 'not_affected'],
      ...['GHSA-bw-kept', 'exploitable'],
      ...['GHSA-bw-used', 'exploitable'],
    ]);
  });

  it('does not call unreachable what nobody proved: without an entry point all is under investigation', async () => {
    withoutEntry();
    const { stdout } = await world.run(['vex', ...WITH]);
    expect(new Set(JSON.parse(stdout).statements.map(({ status }: { status: string }) => status))).toEqual(
      new Set(['under_investigation']),
    );
  });

  it('writes nothing where nothing is known, and says so', async () => {
    const stdout = await world.run(['vex', ...NONE]);
    expect(stdout).toEqual({ code: 0, stdout: '', stderr: 'No flaw is known, so there is nothing to state: no document written.\n' });
    const file = await world.run(['vex', ...NONE, '--format', 'cyclonedx', '--output', 'v.json']);
    expect(file).toEqual({ code: 0, stdout: '', stderr: 'No flaw is known, so there is nothing to state: v.json is not written.\n' });
    expect(existsSync(join(world.folder, 'v.json'))).toBe(false);
  });

  it('says of a scan as well that there is nothing to state, and that an older file is of an earlier run', async () => {
    putFiles(world.folder, { 'v.json': 'old' });
    const { code, stdout, stderr } = await world.run(['scan', ...NONE, '--format', 'openvex=v.json']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('passed')]);
    expect(stderr).toBe(
      'No flaw is known, so there is nothing to state: v.json is not written; the v.json that is there is of an earlier run.\n',
    );
  });

  it('does not say that no flaw is known where not everything was looked at', async () => {
    putFiles(world.folder, { 'b/Cargo.lock': 'version = \n' });
    const { code, stdout, stderr } = await world.run(['vex', ...NONE]);
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toContain('No flaw is known so far, but not every package was looked at');
  });

  it('ends in 3 where there is nothing', async () => {
    putFiles(join(world.folder, '../empty'), { 'README.md': '' });
    expect(await world.run(['vex', '../empty'])).toEqual({ code: 3, stdout: '', stderr: expect.stringContaining('nothing can be stated') });
  });
});

describe('statements that are given', () => {
  it('turn a blocking finding into one to track, with their author in the reason', async () => {
    putFiles(world.folder, { 'team.json': openVex(statement('CVE-2026-2', 'pkg:npm/bw-used@1.0.0')) });
    const { code, act, verdicts } = await scan('--vex', 'team.json');
    expect([code, act, verdicts.get('GHSA-bw-used')?.action]).toEqual([1, ['GHSA-bw-kept'], 'track']);
    expect(JSON.stringify(verdicts.get('GHSA-bw-used'))).toContain('Shop Security');
  });

  it('count from breakwater.yaml as well; what is left of them is said and does no harm', async () => {
    putFiles(world.folder, {
      'breakwater.yaml': 'vex: [security/team.json]\n',
      'security/team.json': openVex(statement('GHSA-bw-used', 'pkg:npm/bw-used'), statement('CVE-2026-9', 'our shop', 'fixed')),
    });
    const { act, run } = await scan();
    expect(act).toEqual(['GHSA-bw-kept']);
    expect(run.problems.map(({ code, incomplete, message }) => [code, incomplete, message])).toEqual([
      ['BW3016', false, 'A statement of security/team.json counts for nothing: CVE-2026-9 in our shop has no package URL'],
    ]);
    const { stderr } = await scan('--vex', 'security/team.json');
    expect(stderr).toContain('counts for nothing: CVE-2026-9 in our shop has no package URL');
  });

  it('do not count for another version, another package, or another flaw', async () => {
    putFiles(world.folder, {
      'team.json': openVex(
        statement('CVE-2026-2', 'pkg:npm/bw-used@1.0.1'),
        statement('CVE-2026-2', 'pkg:npm/bw-kept@1.0.0'),
        statement('CVE-2026-7', 'pkg:npm/bw-used@1.0.0'),
        statement('CVE-2026-2', 'pkg:pypi/bw-used@1.0.0'),
        statement('CVE-2026-2', 'pkg:npm/bw-used@1.0.0', 'under_investigation'),
      ),
    });
    expect((await scan('--vex', 'team.json')).act).toEqual(['GHSA-bw-kept', 'GHSA-bw-used']);
  });

  it('come back as they were: our own document, read, decides as the proof did', async () => {
    await world.run(['vex', ...WITH, '--output', 'own.json']);
    withoutEntry();
    const { verdicts } = await scan('--vex', 'own.json');
    expect(JSON.stringify(verdicts.get('GHSA-bw-idle'))).toContain('stated not affected by tiny');
  });

  it('that are none are refused by name: a flag is meant, a line of breakwater.yaml makes the run incomplete', async () => {
    putFiles(world.folder, { 'team.json': '{"a":1}' });
    const ended = await world.run(['scan', '--vex', 'team.json', ...WITH]);
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toMatch(/BW1009: team\.json cannot be read as VEX: /);
    putFiles(world.folder, { 'breakwater.yaml': 'vex: [team.json, gone.json]\n' });
    const { run } = await scan();
    expect(run.problems.map(({ code, uri, incomplete }) => [code, uri, incomplete])).toEqual([
      ['BW3016', 'gone.json', true],
      ['BW3016', 'team.json', true],
    ]);
  });
});
