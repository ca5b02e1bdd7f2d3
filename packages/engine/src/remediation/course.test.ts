import { readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '@breakwater/model';
import { describe, expect, it } from 'vitest';
import { isVulnerable, projectFolder, scanOf } from '../../../../tests/support/remediation/project.ts';
import { serve } from '../../../../tests/support/remediation/registry.ts';
import { FLAW, fix, gate, greet, scratch, shop, TEST, untouched, withSandbox } from '../../../../tests/support/remediation/shop.ts';
import { remediate } from './remediate.ts';

describe('the course of a run', () => {
  withSandbox('an installed tree is kept for the next run, untouched by the tests', async () => {
    const meddling = `${TEST}\ntest('meddles', () => { require('fs').writeFileSync(require.resolve('greet'), 'module.exports = () => 0'); });`;
    const spec = shop([greet('1.0.0'), greet('1.0.2')], { files: { 'shop.test.js': meddling } });
    await using registry = await serve(spec.releases);
    await using folder = await projectFolder(spec);
    const scan = scanOf([FLAW]);
    const findings = await scan(folder.path);
    const cache = join(scratch, 'kept');
    const npm = { registry: registry.url, cache: join(scratch, 'npm-kept') };
    const request = { root: folder.path, findings, scan, isVulnerable: isVulnerable([FLAW]), npm, cache, options: { dryRun: true } };
    const first = await remediate(request);
    const [kept = ''] = await readdir(join(cache, 'installed'));
    expect(await readFile(join(cache, 'installed', kept, 'node_modules/greet/index.js'), 'utf8')).toContain('hello 1.0.0');
    const second = await remediate(request);
    expect([first.outcome, second.outcome]).toEqual(['proven', 'proven']);
    expect(await readdir(join(cache, 'installed'))).toEqual([kept]);
  });

  it('ends when the caller gives up, and writes nothing', async () => {
    const stop = new AbortController();
    const spec = shop([greet('1.0.0'), greet('1.0.2')]);
    await using registry = await serve(spec.releases);
    await using folder = await projectFolder(spec);
    const findings = await scanOf([FLAW])(folder.path);
    const scan = async (): Promise<readonly Finding[]> => {
      stop.abort(new Error('given up'));
      return findings;
    };
    const npm = { registry: registry.url, cache: join(scratch, 'npm') };
    await expect(
      remediate({ root: folder.path, findings, scan, isVulnerable: isVulnerable([FLAW]), npm, signal: stop.signal }),
    ).rejects.toThrow('given up');
    await untouched(folder);
  });

  it('a scan that never finds the target proves nothing', async () => {
    const spec = shop([greet('1.0.0'), greet('1.0.2')]);
    await using registry = await serve(spec.releases);
    await using folder = await projectFolder(spec);
    const findings = await scanOf([FLAW])(folder.path);
    const npm = { registry: registry.url, cache: join(scratch, 'npm') };
    const report = await remediate({
      root: folder.path,
      findings,
      scan: async () => [],
      isVulnerable: isVulnerable([FLAW]),
      npm,
      options: { noTests: true },
    });
    expect([report.outcome, gate(report, 'finding-gone')]).toEqual(['not-proven', 'failed']);
    await untouched(folder);
  });

  it('tests that exist and could not be run leave it unproven unless the caller left them out', async () => {
    const broken = shop([greet('1.0.0'), greet('1.0.2')], {
      manifest: { scripts: { test: 'true' }, dependencies: { greet: '^1.0.0', gone: '1.0.0' } },
    });
    await fix({ spec: broken }, async ({ report, folder }) => {
      expect(report.outcome).not.toBe('proven');
      await untouched(folder);
    });
  });
});

describe('a hostile project', () => {
  withSandbox('its .npmrc and addresses in its lockfile are never followed', async () => {
    await using other = await serve([greet('1.0.0'), greet('1.0.2')]);
    const spec = shop([greet('1.0.0'), greet('1.0.2')], { host: other.url.slice(0, -1) });
    await fix(
      { spec, prepare: (folder) => folder.write('.npmrc', `registry=${other.url}\nscript-shell=/bin/false\n`) },
      async ({ report }) => {
        expect(report.outcome).toBe('proven');
        expect(report.patch).toContain(`+      "resolved": "${other.url}greet/-/greet-1.0.2.tgz"`);
        expect(other.asked).toEqual([]);
      },
    );
  });

  it('a link that leads out is not followed', async () => {
    await fix(
      {
        spec: shop([greet('1.0.0'), greet('1.0.2')]),
        options: { noTests: true },
        prepare: (folder) => symlink('/etc', join(folder.path, 'etc')),
      },
      async ({ report }) => {
        expect(report.outcome).toBe('proven');
      },
    );
    await using folder = await projectFolder(shop([greet('1.0.0')]));
    const findings = await scanOf([FLAW])(folder.path);
    await rm(join(folder.path, 'package-lock.json'));
    await symlink('/etc/hostname', join(folder.path, 'package-lock.json'));
    const report = await remediate({ root: folder.path, findings, scan: async () => [], isVulnerable: isVulnerable([FLAW]), npm: {} });
    expect(report.fixes).toMatchObject([{ kind: 'blocked', reason: expect.stringContaining('no regular file') }]);
  });

  withSandbox('its tests reach neither our files nor our variables', async () => {
    process.env['BREAKWATER_TEST_TOKEN'] = 'very-secret';
    const spy = `require('node:test').test('spies', () => { console.log('# saw', JSON.stringify(process.env), require('fs').existsSync('/root') || require('fs').existsSync('/home')); });`;
    await fix({ spec: shop([greet('1.0.0'), greet('1.0.2')], { files: { 'shop.test.js': spy } }) }, async ({ report }) => {
      delete process.env['BREAKWATER_TEST_TOKEN'];
      expect(report.proof?.tests?.output).toContain('# saw');
      expect(report.proof?.tests?.output).not.toContain('very-secret');
    });
  });
});
