/** Bills of materials through the command: written, read back, and scanned like the tree they were made of. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '@breakwater/model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../support/command.ts';
import { POLYGLOT, putAdvisories, putFiles } from '../support/polyglot.ts';

const whole = Object.fromEntries(Object.entries(POLYGLOT).filter(([uri]) => !uri.startsWith('bank/')));
const SCAN = ['--offline', '--only', 'dependencies', '--no-evidence', '--advisories', '../osv', '--format', 'json'];

/** All of a finding but where it was found in the first place, and what needs the sources. */
const comparable = (run: Run): unknown => run.findings.map(({ target: _, properties: __, ...rest }) => rest);

describe('a bill of a tree', () => {
  let world: World;
  let tree: Run;
  beforeAll(async () => {
    world = openWorld();
    putFiles(world.folder, whole);
    putAdvisories(join(world.folder, '../osv'));
    const formats = ['--format', 'cyclonedx=../scan.xml', '--format', 'cyclonedx=../scan.json', '--format', 'spdx=../scan.spdx.json'];
    tree = JSON.parse((await world.run(['scan', ...SCAN, ...formats])).stdout);
  }, 60_000);
  afterAll(() => world.remove());

  it.each([
    ['bom-1.6.json', []],
    ['bom-1.5.json', ['--spec-version', '1.5']],
    ['bom.xml', []],
    ['bom.spdx.json', ['--format', 'spdx']],
  ])('%s is scanned like the tree', async (file, flags) => {
    const written = await world.run(['sbom', '--offline', ...flags, '--output', `../${file}`]);
    expect([written.code, written.stdout, written.stderr]).toEqual([0, '', `20 packages of 14 manifests in ../${file}\n`]);
    const scanned = await world.run(['scan', `../${file}`, ...SCAN]);
    const run: Run = JSON.parse(scanned.stdout);
    expect(tree.findings.length).toBeGreaterThan(10);
    expect(comparable(run)).toEqual(comparable(tree));
    expect([scanned.code, run.target.kind, run.problems]).toEqual([0, 'sbom', []]);
  });

  it('has the same bytes in every run, and is XML where the file is called so', async () => {
    const once = (file: string): string => readFileSync(join(world.folder, '..', file), 'utf8');
    const again = async (format: string): Promise<string> => (await world.run(['sbom', '--format', format])).stdout;
    expect(await again('cyclonedx-xml')).toBe(once('bom.xml'));
    expect(await again('spdx')).toBe(once('bom.spdx.json'));
  });

  it('is written by the scan as well, with its flaws', () => {
    const read = (file: string): string => readFileSync(join(world.folder, '..', file), 'utf8');
    expect(read('scan.xml')).toMatch(/^<\?xml[\s\S]*<vulnerability[ >]/);
    expect(JSON.parse(read('scan.json')).vulnerabilities.length).toBeGreaterThan(10);
    expect(read('scan.spdx.json')).toBe(read('bom.spdx.json'));
  });
});

describe('a bill made elsewhere, or none', () => {
  let world: World;
  beforeEach(() => {
    world = openWorld();
    putAdvisories(join(world.folder, '../osv'));
  });
  afterEach(() => world.remove());

  it('is matched by its package URLs, and says what has none', async () => {
    const components = [
      { type: 'library', name: 'bw_bytes', version: '0.3.1', purl: 'pkg:cargo/bw_bytes@0.3.1' },
      { type: 'library', group: 'example.lib', name: 'template', version: '1.9', purl: 'pkg:maven/example.lib/template@1.9?type=jar' },
      { type: 'library', name: 'bw-wire', version: '1.0', purl: 'pkg:pypi/bw-wire@1.0' },
      { type: 'library', name: 'in-house', version: '3' },
    ];
    putFiles(world.folder, { 'vendor.cdx.json': JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.4', version: 1, components }) });
    const { stdout } = await world.run(['scan', 'vendor.cdx.json', ...SCAN]);
    const run: Run = JSON.parse(stdout);
    expect(run.findings.map(({ component }) => component?.purl).sort()).toEqual([
      'pkg:cargo/bw_bytes@0.3.1',
      'pkg:maven/example.lib/template@1.9',
    ]);
    expect(run.problems.map(({ code, uri }) => `${code} ${uri}`)).toEqual(['BW3015 vendor.cdx.json']);
    expect(run.problems[0]?.message).toContain('in-house');
  });

  it.each([
    ['not JSON', 'hello', 'expected JSON'],
    ['other JSON', '{"name":"shop"}', 'expected CycloneDX'],
  ])('%s is no pass and no bill', async (_what, text, words) => {
    putFiles(world.folder, { 'other.json': text });
    const scanned = await world.run(['scan', 'other.json', '--offline']);
    expect([scanned.code, scanned.stdout]).toEqual([4, expect.stringContaining('BW3010')]);
    expect(scanned.stdout).toContain(words);
    const bill = await world.run(['sbom', 'other.json', '--output', 'bom.json']);
    expect([bill.code, bill.stdout, bill.stderr]).toEqual([4, '', expect.stringContaining('no bill is written')]);
    expect(existsSync(join(world.folder, 'bom.json'))).toBe(false);
  });

  it('is no bill where there is no manifest', async () => {
    putFiles(world.folder, { 'README.md': '# Shop\n' });
    const { code, stdout, stderr } = await world.run(['sbom']);
    expect([code, stdout, stderr]).toEqual([3, '', 'There is no lockfile or manifest here: the bill would be empty.\n']);
  });

  it('is said not to be the whole where something could not be read', async () => {
    putFiles(world.folder, { 'a/Cargo.lock': whole['engine/Cargo.lock'] ?? '', 'b/Cargo.lock': 'version = 4\n[[package]]\nname =\n' });
    const { code, stdout, stderr } = await world.run(['sbom']);
    expect([code, JSON.parse(stdout).bomFormat]).toEqual([4, 'CycloneDX']);
    expect(stderr).toContain('b/Cargo.lock:3 could not be read');
    expect(stderr).toContain('it is not the whole');
  });
});
