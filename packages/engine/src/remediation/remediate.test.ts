import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Folder, Spec } from '../../../../tests/support/remediation/project.ts';
import { isVulnerable, projectFolder, scanOf } from '../../../../tests/support/remediation/project.ts';
import type { FakeRelease } from '../../../../tests/support/remediation/registry.ts';
import type { Given } from '../../../../tests/support/remediation/shop.ts';
import { FLAW, fix, gate, greet, remedy, scratch, shop, TEST, untouched, withSandbox } from '../../../../tests/support/remediation/shop.ts';
import { remediate } from './remediate.ts';
import type { StepEvent } from './remedy.ts';

describe('a proven fix', () => {
  withSandbox('goes into the work tree: two lines of the lockfile, everything else as it was', async () => {
    const steps: string[] = [];
    const given = {
      spec: shop([greet('1.0.0'), greet('1.0.1'), greet('1.0.2'), greet('1.0.3')]),
      onStep: (e: StepEvent) => steps.push(`${e.step} ${e.state}`),
    };
    await fix(given, async ({ report, folder, registry }) => {
      expect(report.proof?.gates.map((g) => `${g.name} ${g.result}`)).toEqual([
        'parses ok',
        'finding-gone ok',
        'nothing-new ok',
        'tests ok',
        'lockfile ok',
        'idempotent ok',
        'policy ok',
      ]);
      expect(report).toMatchObject({ outcome: 'proven', delivered: { kind: 'tree', files: ['package-lock.json'] } });
      expect(report.proof).toMatchObject({
        alerts: { before: 1, after: 0 },
        packagesChanged: 1,
        tests: { before: { passed: 2, failed: 0 }, after: { passed: 2, failed: 0 } },
      });
      expect(await folder.git('diff', '--numstat')).toBe('2\t2\tpackage-lock.json\n');
      expect(await folder.git('diff')).toContain('+      "version": "1.0.2",');
      expect(report.patch).toContain('-      "version": "1.0.0",');
      expect(steps.filter((s) => s.endsWith('done'))).toEqual(['plan done', 'apply done', 'scan done', 'install done', 'test done']);
      const again = await remedy(folder, registry, [FLAW]);
      expect(again).toMatchObject({ outcome: 'planned-only', items: [], patch: '' });
    });
  });

  withSandbox('with the flaw still reported changes nothing the second time', async () => {
    await fix({ spec: shop([greet('1.0.0'), greet('1.0.2')]) }, async ({ report, folder, registry }) => {
      await folder.git('commit', '-qam', 'fixed');
      const scan = scanOf([FLAW]);
      const stale = await scanOf([{ ...FLAW, range: '*' }])(folder.path);
      const old = stale.map((f) => ({
        ...f,
        component: { purl: 'pkg:npm/greet@1.0.0' as const, bomRef: 'package-lock.json#node_modules/greet', scope: 'required' as const },
      }));
      const again = await remediate({
        root: folder.path,
        findings: old,
        scan,
        isVulnerable: isVulnerable([FLAW]),
        npm: { registry: registry.url },
      });
      expect([report.outcome, again.outcome, again.items[0]?.kind]).toEqual(['proven', 'planned-only', 'nothing-to-do']);
      await untouched(folder);
    });
  });

  withSandbox('out of range edits package.json in place, tabs and all', async () => {
    const spec = shop([greet('1.0.0'), greet('1.2.0')], {
      manifest: { scripts: { test: 'node --test' }, dependencies: { greet: '~1.0.0' } },
    });
    await fix({ spec }, async ({ report, folder }) => {
      expect(report.outcome).toBe('proven');
      expect(await folder.git('diff', '--numstat')).toBe('3\t3\tpackage-lock.json\n1\t1\tpackage.json\n');
      expect(await folder.read('package.json')).toContain('\t\t"greet": "~1.2.0"');
    });
  });

  it('goes onto a branch without touching the work tree, and a second time changes nothing', async () => {
    const options = { branch: true, noTests: true };
    const hook = async (folder: Folder): Promise<void> => {
      for (const name of ['post-commit', 'reference-transaction', 'pre-commit'])
        await folder.write(`.git/hooks/${name}`, '#!/bin/sh\ntouch hooked\n');
      await folder.git('config', 'core.fsmonitor', 'touch monitored;');
      await folder.git('config', 'filter.evil.clean', 'touch filtered; cat');
      await folder.write('.git/info/attributes', '* filter=evil\n');
      await folder.write('untracked.txt', 'mine');
    };
    await fix({ spec: shop([greet('1.0.0'), greet('1.0.2')]), options, prepare: hook }, async ({ report, folder, registry }) => {
      const name = report.delivered?.kind === 'branch' ? report.delivered.name : '';
      expect(name).toMatch(/^breakwater\/npm\/[0-9a-f]{12}$/);
      expect(await folder.git('-c', 'core.fsmonitor=false', 'show', '--format=%s', '--stat', name)).toMatch(
        /^Fix greet 1\.0\.0 → 1\.0\.2\n\n package-lock\.json \| 4 \+\+--/,
      );
      await folder.git('config', '--unset', 'filter.evil.clean');
      await folder.git('config', '--unset', 'core.fsmonitor');
      expect(await folder.git('status', '--porcelain')).toBe('?? untracked.txt\n');
      expect((await folder.git('branch', '--show-current')).trim()).toBe('main');
      const again = await remedy(folder, registry, [FLAW], options);
      expect(again.delivered).toEqual({ ...report.delivered, unchanged: true });
    });
  });

  it('after a dry run is only reported', async () => {
    await fix({ spec: shop([greet('1.0.0'), greet('1.0.2')]), options: { dryRun: true, noTests: true } }, async ({ report, folder }) => {
      expect(report).toMatchObject({ outcome: 'proven', files: [{ uri: 'package-lock.json', linesAdded: 2, linesRemoved: 2 }] });
      expect(report.delivered).toBeUndefined();
      expect(await folder.git('status', '--porcelain')).toBe('');
    });
  });
});

describe('a transitive dependency', () => {
  const web = (version: string, asks: string): FakeRelease => ({ name: 'web', version, manifest: { dependencies: { greet: asks } } });
  const tree = (asks: string, others: readonly FakeRelease[] = []): Spec => ({
    manifest: { dependencies: { web: '^1.0.0' } },
    installed: { 'node_modules/greet': '1.0.0', 'node_modules/web': '1.0.0' },
    releases: [web('1.0.0', asks), ...others, greet('1.0.0'), greet('1.0.2')],
  });

  it('moves within the range of its parent', async () => {
    await fix({ spec: tree('^1.0.0') }, async ({ report, folder }) => {
      expect(report.outcome).toBe('proven');
      expect(gate(report, 'tests')).toBe('none');
      expect(await folder.git('diff', '--numstat')).toBe('2\t2\tpackage-lock.json\n');
    });
  });

  it('takes its parent along, and what the parent newly needs', async () => {
    const newer: FakeRelease = { name: 'web', version: '1.1.0', manifest: { dependencies: { greet: '^1.0.2', extra: '^2.0.0' } } };
    await fix({ spec: tree('1.0.0', [newer, { name: 'extra', version: '2.0.1' }]) }, async ({ report, folder }) => {
      expect(report.outcome).toBe('proven');
      const { packages } = JSON.parse(await folder.read('package-lock.json'));
      expect(Object.keys(packages)).toEqual(['', 'node_modules/extra', 'node_modules/greet', 'node_modules/web']);
      expect([packages['node_modules/web'].version, packages['node_modules/extra'].version]).toEqual(['1.1.0', '2.0.1']);
      expect(packages['node_modules/extra'].resolved).toBeUndefined();
    });
  });

  it('blocked by its parent names the edge', async () => {
    await fix({ spec: tree('1.0.0') }, async ({ report, folder }) => {
      expect(report.outcome).toBe('planned-only');
      expect(report.fixes).toMatchObject([{ kind: 'blocked', summary: 'greet 1.0.0: blocked by web@1.0.0 → greet@1.0.0' }]);
      await untouched(folder);
    });
  });
});

describe('what cannot be fixed here', () => {
  it('a next major is suggested', async () => {
    await fix({ spec: shop([greet('1.0.0'), greet('2.0.0')]) }, async ({ report }) => {
      expect(report.fixes).toMatchObject([{ kind: 'suggest-only', strategy: 'direct-next-major' }]);
    });
  });

  it('no fix is published', async () => {
    await fix({ spec: shop([greet('1.0.0'), greet('1.0.1')]) }, async ({ report }) => {
      expect(report.fixes).toMatchObject([{ kind: 'blocked', reason: 'no release of greet above 1.0.0 is without known flaws' }]);
    });
  });

  it('a registry that does not answer blocks, with the reason', async () => {
    await using folder = await projectFolder(shop([greet('1.0.0')]));
    const scan = scanOf([FLAW]);
    const npm = { registry: 'http://127.0.0.1:9/', fetchRetries: 0, cache: join(scratch, 'none') };
    const report = await remediate({ root: folder.path, findings: await scan(folder.path), scan, isVulnerable: isVulnerable([FLAW]), npm });
    expect(report.fixes).toMatchObject([{ kind: 'blocked', reason: expect.stringContaining('ECONNREFUSED') }]);
  });

  it('a secret gets the advice of its rule, rotation first', async () => {
    await using folder = await projectFolder(shop([greet('1.0.0')]));
    const [finding] = await scanOf([FLAW])(folder.path);
    if (finding === undefined) throw new Error('no finding');
    const { component, vulnerability, ...rest } = finding;
    const secret = { ...rest, ruleId: 'code/secret-stripe' as const, message: 'A live key' };
    const rule = {
      id: secret.ruleId,
      name: 'x',
      help: { why: 'w', fix: 'Read it from the environment', references: [] },
      severity: 'high',
      confidence: 'high',
      taxa: [],
      aliases: [],
    } as const;
    const report = await remediate({
      root: folder.path,
      findings: [secret],
      rules: [rule],
      scan: async () => [],
      isVulnerable: async () => [],
      npm: {},
    });
    expect(report.fixes).toMatchObject([{ kind: 'suggest-only', advice: expect.stringMatching(/^Rotate.*Read it from the environment$/) }]);
  });
});

describe('what is not proven', () => {
  withSandbox('writes nothing and keeps the patch when a test breaks', async () => {
    await fix({ spec: shop([greet('1.0.0'), greet('1.0.2', 'goodbye')]) }, async ({ report, folder }) => {
      expect(report).toMatchObject({ outcome: 'not-proven', patchFile: expect.stringMatching(/^\.breakwater\/fix\/[0-9a-f]{6}\.patch$/) });
      expect(report.proof?.tests).toMatchObject({ before: { passed: 2, failed: 0 }, after: { passed: 1, failed: 1 }, broken: ['greets'] });
      await untouched(folder);
      await folder.git('apply', '--check', report.patchFile ?? '');
      expect(await folder.read(report.patchFile ?? '')).toBe(report.patch);
    });
  });

  withSandbox('a test that fails without the change too does not stand in the way', async () => {
    const failing = `${TEST}\ntest('was red before', () => assert.fail());`;
    await fix({ spec: shop([greet('1.0.0'), greet('1.0.2')], { files: { 'shop.test.js': failing } }) }, async ({ report }) => {
      expect(report.outcome).toBe('proven');
      expect(report.proof?.tests).toMatchObject({ before: { passed: 2, failed: 1 }, after: { passed: 2, failed: 1 } });
    });
  });

  withSandbox('tests that do not end are ended', async () => {
    const spec = shop([greet('1.0.0'), greet('1.0.2')], {
      files: { 'shop.test.js': `require('node:test').test('waits', () => new Promise(() => setInterval(() => {}, 1000)));` },
    });
    await fix({ spec, options: { testMs: 3_000 } }, async ({ report, folder }) => {
      expect([report.outcome, gate(report, 'tests')]).toEqual(['not-proven', 'failed']);
      await untouched(folder);
    });
  });

  withSandbox('a release with a new install script is refused, and the script never runs', async () => {
    const target = join(scratch, 'ran');
    const script = greet('1.0.2', 'hello', { manifest: { scripts: { postinstall: `touch ${target}` } } });
    await fix({ spec: shop([greet('1.0.0'), script]) }, async ({ report, folder }) => {
      expect([report.outcome, gate(report, 'lockfile'), gate(report, 'tests')]).toEqual(['not-proven', 'failed', 'ok']);
      await expect(access(target)).rejects.toThrow();
      await untouched(folder);
    });
  });

  it('a new finding of any control is refused', async () => {
    const flaws = [FLAW, { id: 'GHSA-new', name: 'extra', range: '*' }];
    const newer = greet('1.0.2', 'hello', { manifest: { dependencies: { extra: '^1.0.0' } } });
    await fix(
      { spec: shop([greet('1.0.0'), newer, { name: 'extra', version: '1.0.0' }]), flaws, options: { noTests: true } },
      async ({ report, folder }) => {
        expect([report.outcome, gate(report, 'finding-gone'), gate(report, 'nothing-new')]).toEqual(['not-proven', 'ok', 'failed']);
        expect(report.proof?.added).toHaveLength(1);
        await untouched(folder);
      },
    );
  });

  it('uncommitted changes of a file that would be written are refused before anything runs', async () => {
    const steps: string[] = [];
    const given: Given = {
      spec: shop([greet('1.0.0'), greet('1.0.2')]),
      prepare: async (folder) => folder.write('package-lock.json', `${await folder.read('package-lock.json')}\n`),
      onStep: (e) => steps.push(e.step),
    };
    await expect(fix(given, async () => undefined)).rejects.toMatchObject({
      code: 'BW6030',
      message: 'package-lock.json has changes that are not committed',
    });
    expect(steps).not.toContain('scan');
  });

  it('a conflict with an override is reported, not written', async () => {
    const spec = shop([greet('1.0.0'), greet('1.2.0')], { manifest: { dependencies: { greet: '~1.0.0' }, overrides: { greet: '1.0.0' } } });
    await fix({ spec }, async ({ report, folder }) => {
      expect(report.outcome).toBe('planned-only');
      expect(report.fixes[0]?.kind).toBe('blocked');
      await untouched(folder);
    });
  });
});
