/** Dependencies of every ecosystem through the command: what is found, where, how it came in; and what could not be looked at. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Problem, Run } from '@breakwater/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../support/command.ts';
import { type Files, FLAWS, POLYGLOT, putAdvisories, putFiles } from '../support/polyglot.ts';

let world: World;
let osv: string;
beforeEach(() => {
  world = openWorld();
  osv = join(world.folder, '../osv');
});
afterEach(() => world.remove());

const scan = async (files: Files): Promise<{ readonly code: number | null; readonly run: Run; readonly pretty: string }> => {
  putFiles(world.folder, files);
  const args = ['scan', '--offline', '--only', 'dependencies', '--no-evidence', '--advisories', osv, '--format', 'json=../run.json'];
  const { code, stdout } = await world.run(args);
  return { code, run: JSON.parse(readFileSync(join(world.folder, '../run.json'), 'utf8')), pretty: stdout };
};

const row = ({ vulnerability, component, locations: [at], codeFlow = [] }: Finding): string => {
  const way = codeFlow.map(({ message }) => message).join(' > ');
  return `${vulnerability?.id} ${component?.purl} ${component?.scope} ${at.uri}:${at.region?.startLine} ${way}`.trim();
};
const said = ({ code, uri, line, incomplete }: Problem): string =>
  `${code} ${uri ?? ''}${line === undefined ? '' : `:${line}`} ${incomplete ? 'incomplete' : 'note'}`;

describe('a monorepo of eleven ecosystems', () => {
  it('names the flaw of each with manifest and line, package URL, scope and way in', async () => {
    putAdvisories(osv);
    const { code, run } = await scan(POLYGLOT);
    const flawed = run.findings.filter(({ vulnerability }) => vulnerability !== undefined);
    expect(flawed.map(row).sort()).toMatchInlineSnapshot(`
      [
        "GHSA-act0-0000-0001 pkg:githubactions/bw-example/release@2.3.0 excluded .github/workflows/ci.yml:8 bw-example/release 2.3.0, a direct dependency",
        "GHSA-gem0-0000-0001 pkg:gem/bw_scanner@3.0.1 required site/Gemfile.lock:6 bw_markup 1.0.0, a direct dependency > bw_markup 1.0.0 → bw_scanner 3.0.1",
        "GHSA-hex0-0000-0001 pkg:hex/bw_socket@1.0.5 excluded chat/mix.lock:2 bw_socket 1.0.5, a direct dependency",
        "GHSA-mvn0-0000-0001 pkg:maven/example.lib/template@1.10 excluded mobile/gradle.lockfile:4 example.lib:template 1.10",
        "GHSA-mvn0-0000-0001 pkg:maven/example.lib/template@1.9 required bank/core/pom.xml:11 example.lib:template 1.9, a direct dependency",
        "GHSA-npm0-0000-0001 pkg:npm/bw-inner@1.2.0 required web/package-lock.json:14 bw-shell 1.0.4, a direct dependency > bw-shell 1.0.4 → bw-inner 1.2.0",
        "GHSA-npm0-0000-0001 pkg:npm/bw-inner@1.3.0 excluded desk/pnpm-lock.yaml:19 bw-inner 1.3.0, a direct dependency",
        "GHSA-npm0-0000-0001 pkg:npm/bw-inner@2.0.0 required phone/yarn.lock:8 bw-inner 2.0.0, a direct dependency",
        "GHSA-nug0-0000-0001 pkg:nuget/bw.port@1.0.0 required till/packages.lock.json:14 bw.printer 4.0.0, a direct dependency > bw.printer 4.0.0 → bw.port 1.0.0",
        "GHSA-php0-0000-0001 pkg:composer/bw/mailer@v2.1.0 required blog/composer.lock:5 bw/mailer v2.1.0, a direct dependency",
        "GHSA-pub0-0000-0001 pkg:pub/bw_views@1.1.0 required app/pubspec.lock:3 bw_views 1.1.0, a direct dependency",
        "GO-2026-0001 pkg:golang/example.test/inner@v0.3.0 required gate/go.mod:7 example.test/inner v0.3.0",
        "PYSEC-2026-1 pkg:pypi/bw-wire@0.9 required jobs/uv.lock:14 bw-client 1.4.0, a direct dependency > bw-client 1.4.0 → bw-wire 0.9",
        "PYSEC-2026-1 pkg:pypi/bw-wire@0.9.0 required tools/requirements.txt:2 bw-wire 0.9.0, a direct dependency",
        "RUSTSEC-2026-0001 pkg:cargo/bw_bytes@0.3.1 required engine/Cargo.lock:5 bw_parse 0.3.7, a direct dependency > bw_parse 0.3.7 → bw_bytes 0.3.1",
      ]
    `);
    expect(new Set(flawed.map(({ vulnerability }) => vulnerability?.id))).toEqual(new Set(FLAWS.map(({ id }) => id)));
    expect(flawed.every(({ vulnerability }) => vulnerability?.fixed?.length === 1)).toBe(true);
    expect(new Set(flawed.map(({ severity }) => severity))).toEqual(new Set(['critical']));
    // a pom names no transitive packages, which is not a pass
    expect([code, run.problems.map(said)]).toEqual([4, ['BW3015 bank/core/pom.xml:11 incomplete']]);
  });

  it('says which ecosystems the advisories do not hold, and never passes', async () => {
    putAdvisories(
      osv,
      FLAWS.filter(({ ecosystem }) => ecosystem === 'npm'),
    );
    const { 'bank/pom.xml': _, 'bank/core/pom.xml': __, ...rest } = POLYGLOT;
    const { code, run, pretty } = await scan(rest);
    expect(code).toBe(4);
    expect(new Set(run.problems.map((problem) => problem.code))).toEqual(new Set(['BW4020']));
    const words = run.problems.map(({ message }) => message).join('\n');
    for (const { ecosystem } of FLAWS.filter((flaw) => flaw.ecosystem !== 'npm')) expect(words).toContain(ecosystem);
    expect(words).not.toContain('npm');
    expect(pretty).toMatch(/so this is not a pass[\s\S]*crates\.io[\s\S]*\? incomplete: /);
  });
});

const BROKEN: readonly (readonly [uri: string, text: string, line: number])[] = [
  ['a/package-lock.json', '{"lockfileVersion":3,\n"packages":{', 2],
  ['b/pnpm-lock.yaml', "lockfileVersion: '9.0'\nimporters:\n  - a\n b: c\n", 4],
  ['c/yarn.lock', '__metadata:\n  version: 99\n', 1],
  ['d/Cargo.lock', 'version = 4\n[[package]]\nname = \n', 3],
  ['e/uv.lock', 'version = 1\n[[package]\n', 2],
  ['f/composer.lock', '{"packages":[\n}', 2],
  ['g/packages.lock.json', '{\n"version": 1,\n"dependencies": x}', 3],
  ['h/gradle.lockfile', 'a:b:1=x\n<<<<<<< ours\n', 2],
  ['i/pom.xml', '<project>\n<a></b>\n</project>', 2],
  ['j/mix.lock', '%{\n  "a": {:hex,\n', 3],
];

describe('what cannot be read', () => {
  it('is named with its line, and never a pass', async () => {
    putAdvisories(osv);
    const { code, run, pretty } = await scan(Object.fromEntries(BROKEN));
    expect(code).toBe(4);
    expect(run.problems.map(said)).toEqual(BROKEN.map(([uri, , line]) => `BW3010 ${uri}:${line} incomplete`));
    expect(pretty).toMatch(/d\/Cargo\.lock:3 [\s\S]*BW3010[\s\S]*next +cargo generate-lockfile/);
  });
});

describe('what pins nothing', () => {
  it('is said of each manifest', async () => {
    putAdvisories(osv);
    const { code, run } = await scan({
      'a/Cargo.toml': '[package]\nname = "a"\n[dependencies]\nbw_parse = "0.3"\n',
      'b/pyproject.toml': '[project]\nname = "b"\ndependencies = ["bw-wire"]\n',
      'c/Gemfile': 'gem "bw_scanner"\n',
      'd/composer.json': '{"require":{"bw/mailer":"^2"}}',
      'e/package.json': '{"name":"e","dependencies":{"bw-inner":"^1"}}',
      // asks for nothing
      'f/Cargo.toml': '[package]\nname = "f"\n',
      // pinned above
      'g/Cargo.lock': POLYGLOT['engine/Cargo.lock'] ?? '',
      'g/member/Cargo.toml': '[package]\nname = "engine"\n[dependencies]\nbw_parse = "0.3"\n',
    });
    expect(code).toBe(4);
    expect(run.problems.map(said)).toEqual(
      ['a/Cargo.toml', 'b/pyproject.toml', 'c/Gemfile', 'd/composer.json', 'e/package.json'].map((uri) => `BW3011 ${uri} incomplete`),
    );
  });

  it('is said of a requirement left open, while the pinned one beside it is checked', async () => {
    putAdvisories(osv);
    const { code, run } = await scan({ 'requirements.txt': 'bw-client>=1\nbw-wire==0.9\n' });
    expect([code, run.problems.map(said)]).toEqual([4, ['BW3015 requirements.txt:1 incomplete']]);
    expect(run.findings.map(row)).toEqual([
      'PYSEC-2026-1 pkg:pypi/bw-wire@0.9 required requirements.txt:2 bw-wire 0.9, a direct dependency',
    ]);
  });
});

describe('licences', () => {
  it('that breakwater.yaml refuses are findings, the only ones where every flaw is fixed; a choice of another licence is none', async () => {
    putAdvisories(
      osv,
      FLAWS.map((flaw) => ({ ...flaw, fixed: '0.0.1' })),
    );
    const web = ['AGPL-3.0-only', 'MIT AND AGPL-3.0-only', 'MIT OR AGPL-3.0-only', 'MIT'].flatMap((licence, at) => [
      [`${at}/package.json`, POLYGLOT['web/package.json'] ?? ''],
      [
        `${at}/package-lock.json`,
        (POLYGLOT['web/package-lock.json'] ?? '').replace('"version": "1.0.4",', `"version": "1.0.4",\n      "license": "${licence}",`),
      ],
    ]);
    const { run } = await scan({ ...POLYGLOT, 'breakwater.yaml': 'licences:\n  deny: [AGPL-3.0-only]\n', ...Object.fromEntries(web) });
    const found = run.findings.map(({ ruleId, component, locations: [at] }) => `${ruleId} ${component?.purl} ${at.uri}`);
    expect(found.sort()).toEqual([0, 1].map((at) => `build/licence-not-allowed pkg:npm/bw-shell@1.0.4 ${at}/package-lock.json`));
    for (const { message } of run.findings) expect(message).toContain('AGPL-3.0-only');
  });
});
