/** Whatever is thrown at it: a clear message, no stack trace, no hang, nothing lost. */
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, openWorld, type World } from '../support/command.ts';

let world: World;
beforeEach(() => {
  world = openWorld();
});
afterEach(() => world.remove());

const put = (uri: string, content: string | Buffer): string => {
  const path = join(world.folder, 'app', uri);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
};
const scan = (...flags: readonly string[]): Promise<Ended> => world.run(['scan', 'app', '--offline', ...flags]);
const calm = ({ stdout, stderr }: Ended): void => {
  expect(stdout + stderr).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  expect(stdout + stderr).not.toContain('node:internal');
};

const LOCK = JSON.stringify(
  {
    name: 'app',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': { dependencies: { minimist: '1.2.0' } }, 'node_modules/minimist': { version: '1.2.0', integrity: 'sha512-x' } },
  },
  null,
  2,
);
/** A token of the right form, put together here so that this file holds none. */
const TOKEN = `glpat-${'x7Qk2mVt9Lp4Rw8Zn3Ys'}`;

describe('bad input', () => {
  it('a folder with nothing to scan ends in 3 and says what was looked for', async () => {
    put('docs/a.md', '# Hello\n');
    const ended = await scan();
    expect([ended.code, ended.stdout]).toEqual([3, expect.stringContaining('nothing to scan in app')]);
    calm(ended);
  });

  it('an empty folder as well', async () => {
    mkdirSync(join(world.folder, 'app'));
    expect((await scan()).code).toBe(3);
  });

  it('a folder that does not exist is a mistake of use', async () => {
    const ended = await scan();
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining('there is no folder app')]);
    calm(ended);
  });

  it('a broken lockfile is named, the other results are kept, and the run is incomplete', async () => {
    put('package.json', '{"name":"app","version":"1.0.0"}');
    put('package-lock.json', '{\n  "lockfileVersion": 3,\n  "packages": {\n    "": {},,\n');
    put('src/config.js', `export const token = '${TOKEN}';\n`);
    const ended = await scan('--format', 'json');
    const run = JSON.parse(ended.stdout);
    expect(ended.code === 4 || run.outcome === 'blocked').toBe(true);
    expect(run.problems).toContainEqual(expect.objectContaining({ code: 'BW3010', uri: 'package-lock.json', line: 4, incomplete: true }));
    expect(run.findings.map((f: { locations: { uri: string }[] }) => f.locations[0]?.uri)).toContain('src/config.js');
    expect(ended.stdout).not.toContain(TOKEN);
    calm(ended);
  });

  it('a broken lockfile alone ends in 4', async () => {
    put('package.json', '{"name":"app","version":"1.0.0"}');
    put('package-lock.json', 'not json');
    const ended = await scan();
    expect(ended.code).toBe(4);
    expect(ended.stdout).toMatch(/not looked at, so this is not a pass/);
    expect(ended.stdout).toContain('package-lock.json');
  });

  it('a lockfile of 50 MB of nonsense neither hangs nor eats the machine', async () => {
    put('package.json', '{"name":"app"}');
    put('package-lock.json', Buffer.alloc(50 * 1024 * 1024, '[{"a":'));
    const ended = await scan();
    expect([ended.code, ended.stdout]).toEqual([4, expect.stringContaining('package-lock.json')]);
    calm(ended);
  });

  it('a file of 2 GB is passed over when binary, and named when it is text', async () => {
    put('src/a.js', 'export const a = 1;\n');
    const sparse = put('disk.img', '');
    truncateSync(sparse, 2 * 1024 ** 3);
    expect((await scan()).code).toBe(0);
    const text = put('dump.sql', 'insert into orders values (1);\n'.repeat(1_000));
    truncateSync(text, 2 * 1024 ** 3);
    const ended = await scan();
    expect([ended.code, ended.stdout]).toEqual([4, expect.stringContaining('dump.sql')]);
    calm(ended);
  });

  it('a loop of links, a link out of the root and a name that is not UTF-8 do no harm', async () => {
    put('src/a.js', 'export const a = 1;\n');
    symlinkSync('..', join(world.folder, 'app/src/loop'));
    symlinkSync('/etc', join(world.folder, 'app/src/etc'));
    writeFileSync(
      Buffer.concat([Buffer.from(`${world.folder}/app/src/`), Buffer.from([0xfe, 0xff]), Buffer.from('.env')]),
      `TOKEN=${TOKEN}\n`,
    );
    const ended = await scan('--format', 'json');
    const uris = JSON.parse(ended.stdout).findings.map((f: { locations: { uri: string }[] }) => f.locations[0]?.uri);
    expect(uris).toEqual(['src/%FE%FF.env']);
    calm(ended);
  });

  it('a package.json without a lockfile is not a pass', async () => {
    put('package.json', '{"name":"app","dependencies":{"minimist":"1.2.0"}}');
    const ended = await scan();
    expect([ended.code, ended.stdout]).toEqual([4, expect.stringContaining('no lockfile')]);
  });

  it('a configuration that is a link out of the root is refused', async () => {
    put('package-lock.json', LOCK);
    symlinkSync('/etc/passwd', join(world.folder, 'app/breakwater.yaml'));
    const ended = await scan();
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining('BW2001')]);
  });

  it('an exception without an end is shown at its line', async () => {
    put('package-lock.json', LOCK);
    put('breakwater.yaml', 'exceptions:\n  - id: CVE-2020-7598\n    reason: build only\n    owner: "@shop/platform"\n');
    const ended = await scan();
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(/BW2007.*breakwater\.yaml:2/)]);
    expect(ended.stderr).toContain('add  expires:');
    calm(ended);
  });
});
