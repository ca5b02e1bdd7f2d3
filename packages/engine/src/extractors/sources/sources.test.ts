import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { pack } from 'tar-stream';
import { afterEach, describe, expect, it } from 'vitest';
import type { Package } from '../facts.ts';
import { openSources } from './sources.ts';
import { storeKey } from './store.ts';
import { unpack } from './unpack.ts';

interface Item {
  readonly name: string;
  readonly text?: string;
  readonly type?: 'file' | 'symlink' | 'link';
  readonly linkname?: string;
}

const tarball = async (items: readonly Item[]): Promise<Buffer> => {
  const tar = pack();
  for (const { name, text = '', type = 'file', linkname } of items) {
    if (type === 'file') tar.entry({ name, type }, text);
    else tar.entry({ name, type, linkname: linkname ?? '' });
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
};

const integrityOf = (bytes: Uint8Array): string => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'bw-sources-'));
const signal = new AbortController().signal;

const lock = (place: string, extra: Partial<Package> = {}): Package => ({
  ecosystem: 'npm',
  name: place.split('node_modules/').at(-1) ?? '',
  version: '1.0.0',
  purl: 'pkg:npm/x@1.0.0',
  place,
  scope: 'required',
  direct: true,
  path: [],
  region: { startLine: 1 },
  hasInstallScript: false,
  dependencies: {},
  ...extra,
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A registry on the loopback that keeps what it was asked. */
const registry = async (
  answers: Readonly<Record<string, Buffer | number>>,
): Promise<{ url: string; asked: string[]; tokens: string[] }> => {
  const asked: string[] = [];
  const tokens: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    tokens.push(request.headers.authorization ?? '');
    const answer = answers[request.url ?? ''] ?? 404;
    response.statusCode = typeof answer === 'number' ? answer : 200;
    response.end(typeof answer === 'number' ? '' : answer);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`, asked, tokens };
};

const isolated = { npm_config_userconfig: '/nowhere/npmrc', npm_config_globalconfig: '/nowhere/npmrc' };
const open = async (packages: readonly Package[], env: NodeJS.ProcessEnv, offline = false, root?: string) => {
  const reading = { root: root ?? (await folder()), cache: await folder(), offline, signal };
  return { sources: openSources(reading, { manifest: 'package-lock.json', packages }, { ...isolated, ...env }), reading };
};

describe('sources of packages', () => {
  it('takes node_modules only where name and version are those of the lockfile', async () => {
    const root = await folder();
    for (const [name, version] of [
      ['a', '1.0.0'],
      ['b', '2.0.0'],
    ] as const) {
      await mkdir(join(root, 'node_modules', name), { recursive: true });
      await writeFile(join(root, 'node_modules', name, 'package.json'), JSON.stringify({ name, version }));
    }
    const { sources } = await open([lock('node_modules/a'), lock('node_modules/b')], {}, true, root);
    expect(await sources.folderOf('node_modules/a')).toMatchObject({ ok: true });
    expect(await sources.folderOf('node_modules/b')).toMatchObject({ ok: false });
  });

  it('does not follow a link out of the root', async () => {
    const [root, outside] = await Promise.all([folder(), folder()]);
    await writeFile(join(outside, 'package.json'), JSON.stringify({ name: 'a', version: '1.0.0' }));
    await mkdir(join(root, 'node_modules'));
    await symlink(outside, join(root, 'node_modules', 'a'));
    const { sources } = await open([lock('node_modules/a')], {}, true, root);
    expect(await sources.folderOf('node_modules/a')).toMatchObject({ ok: false });
  });

  it('fetches from the registry of the user, once for the same digest, and keeps it for the next scan', async () => {
    const bytes = await tarball([
      { name: 'package/package.json', text: '{"name":"a","version":"1.0.0"}' },
      { name: 'package/index.js', text: 'module.exports = 1' },
      { name: 'package/data.json', text: '[1]' },
      { name: 'package/readme.md', text: 'no' },
    ]);
    const { url, asked } = await registry({ '/a/-/a-1.0.0.tgz': bytes });
    const twice = ['node_modules/a', 'node_modules/b/node_modules/a'].map((place) =>
      lock(place, { integrity: integrityOf(bytes), resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz' }),
    );
    const { sources, reading } = await open(twice, { npm_config_registry: url });
    const [one, two] = await Promise.all(twice.map((item) => sources.folderOf(item.place)));
    if (!one?.ok) throw new Error(one?.why);
    expect(two).toEqual(one);
    expect(asked).toEqual(['/a/-/a-1.0.0.tgz']);
    expect((await readdir(one.folder)).sort()).toEqual(['data.json', 'index.js', 'package.json']);
    expect(await readFile(join(one.folder, 'data.json'), 'utf8')).toBe('');
    const again = openSources({ ...reading, offline: true }, { manifest: 'package-lock.json', packages: twice }, isolated);
    expect(await again.folderOf('node_modules/a')).toEqual(one);
  });

  it('sends the token of the user to the scoped registry', async () => {
    const bytes = await tarball([{ name: 'package/package.json', text: '{}' }]);
    const { url, asked, tokens } = await registry({ '/@s/a/-/a-1.0.0.tgz': bytes });
    const file = join(await folder(), 'npmrc');
    await writeFile(file, `@s:registry=${url}\n${url.replace('http:', '')}:_authToken=\${TOKEN_OF_TEST}\n`);
    const item = lock('node_modules/@s/a', { integrity: integrityOf(bytes) });
    const { sources } = await open([item], { npm_config_userconfig: file, TOKEN_OF_TEST: 'open-sesame' });
    expect(await sources.folderOf(item.place)).toMatchObject({ ok: true });
    expect(asked).toEqual(['/@s/a/-/a-1.0.0.tgz']);
    expect(tokens).toEqual(['Bearer open-sesame']);
  });

  it('never asks the registry of the scanned project', async () => {
    const [trap, root] = await Promise.all([registry({}), folder()]);
    await writeFile(join(root, '.npmrc'), `registry=${trap.url}\n`);
    const { url } = await registry({});
    const item = lock('node_modules/a', { integrity: integrityOf(Buffer.from('x')) });
    const { sources } = await open([item], { npm_config_registry: url }, false, root);
    expect(await sources.folderOf(item.place)).toEqual({ ok: false, why: 'the registry does not have it' });
    expect(trap.asked).toEqual([]);
  });

  it('does not believe what npm exports from the project, only what the user spelled in capitals', async () => {
    const [trap, root] = await Promise.all([registry({}), folder()]);
    const rc = join(root, 'evil');
    await writeFile(rc, `registry=${trap.url}\n`);
    const { url, asked } = await registry({});
    const item = lock('node_modules/a', { integrity: integrityOf(Buffer.from('x')) });
    const exported = { npm_execpath: '/npm-cli.js', npm_config_registry: trap.url, npm_config_userconfig: rc, npm_config_globalconfig: rc };
    const { sources } = await open([item], { ...exported, NPM_CONFIG_REGISTRY: url }, false, root);
    expect(await sources.folderOf(item.place)).toMatchObject({ ok: false });
    expect(trap.asked).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it('asks nobody for a package of a registry that is not configured', async () => {
    const { url, asked } = await registry({});
    const item = lock('node_modules/a', { integrity: integrityOf(Buffer.from('x')), resolved: 'https://private.example/a.tgz' });
    const { sources } = await open([item], { npm_config_registry: url });
    expect(await sources.folderOf(item.place)).toMatchObject({ ok: false, why: expect.stringContaining('private.example') });
    expect(asked).toEqual([]);
  });

  it('refuses bytes that do not have the digest of the lockfile', async () => {
    const bytes = await tarball([{ name: 'package/package.json', text: '{}' }]);
    const { url } = await registry({ '/a/-/a-1.0.0.tgz': bytes });
    const item = lock('node_modules/a', { integrity: integrityOf(Buffer.from('other')) });
    const { sources, reading } = await open([item], { npm_config_registry: url });
    expect(await sources.folderOf(item.place)).toMatchObject({ ok: false, why: expect.stringContaining('digest') });
    await expect(access(join(reading.cache, 'npm'))).rejects.toThrow();
  });

  it('retries a failing registry once', async () => {
    const { url, asked } = await registry({ '/a/-/a-1.0.0.tgz': 503 });
    const item = lock('node_modules/a', { integrity: integrityOf(Buffer.from('x')) });
    const { sources } = await open([item], { npm_config_registry: url });
    expect(await sources.folderOf(item.place)).toMatchObject({ ok: false });
    expect(asked).toHaveLength(2);
  });

  it('does not fetch without a digest, offline, or under a name that no registry has', async () => {
    const { url, asked } = await registry({});
    const items = [lock('node_modules/a'), lock('node_modules/b', { name: '../../b', integrity: integrityOf(Buffer.from('x')) })];
    const { sources } = await open(items, { npm_config_registry: url });
    for (const item of items) expect(await sources.folderOf(item.place)).toMatchObject({ ok: false });
    const { sources: offline } = await open([lock('node_modules/c', { integrity: integrityOf(Buffer.from('x')) })], {}, true);
    expect(await offline.folderOf('node_modules/c')).toMatchObject({ ok: false, why: expect.stringContaining('offline') });
    expect(asked).toEqual([]);
  });

  it('finds a bundled dependency in the tarball above it', async () => {
    const bytes = await tarball([
      { name: 'package/package.json', text: '{"name":"a","version":"1.0.0"}' },
      { name: 'package/node_modules/b/package.json', text: '{"name":"b","version":"1.0.0"}' },
    ]);
    const { url } = await registry({ '/a/-/a-1.0.0.tgz': bytes });
    const inner = 'node_modules/a/node_modules/b';
    const { sources } = await open([lock('node_modules/a', { integrity: integrityOf(bytes) }), lock(inner)], { npm_config_registry: url });
    expect(await sources.folderOf(inner)).toMatchObject({ ok: true, folder: expect.stringMatching(/node_modules\/b$/) });
  });
});

describe('unpacking', () => {
  const refused = async (items: readonly Item[]): Promise<unknown> => {
    const into = await folder();
    const result = await unpack(await tarball(items), into);
    return result.ok ? 'unpacked' : result.error;
  };

  it.each(['package/../../evil.js', '/etc/evil.js', 'package/..', '../evil.js', 'C:/evil.js'])('refuses the path %s', async (name) => {
    expect(await refused([{ name, text: 'x' }])).toContain('outside the package');
  });

  it('refuses links', async () => {
    expect(await refused([{ name: 'package/a', type: 'symlink', linkname: '/etc/passwd' }])).toContain('symlink');
    expect(await refused([{ name: 'package/a', type: 'link', linkname: '/etc/passwd' }])).toContain('link');
  });

  it('refuses a bomb by bytes, by ratio and by number of files', async () => {
    const limits = { bytes: 1_000_000, files: 3, ratio: 1_000, floor: 1_000 };
    const large = await tarball([{ name: 'package/a.js', text: ' '.repeat(2_000_000) }]);
    const into = await folder();
    expect(await unpack(large, into, limits)).toMatchObject({ ok: false, error: expect.stringContaining('MB') });
    const dense = await tarball([{ name: 'package/a.js', text: ' '.repeat(900_000) }]);
    expect(await unpack(dense, into, { ...limits, ratio: 10 })).toMatchObject({ ok: false });
    const many = await tarball(['a', 'b', 'c', 'd'].map((name) => ({ name: `package/${name}.js` })));
    expect(await unpack(many, into, limits)).toMatchObject({ ok: false, error: expect.stringContaining('files') });
  });

  it('says so when it is no tarball', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        expect((await unpack(bytes, await folder())).ok).toBe(false);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the key of the store', () => {
  it('is the hex of the strongest digest', () => {
    const digest = createHash('sha512').update('x');
    const hex = createHash('sha512').update('x').digest('hex');
    expect(storeKey(`sha1-${'A'.repeat(28)} sha512-${digest.digest('base64')}?x=1`)).toBe(hex);
    expect(storeKey('md5-aaaa')).toBeUndefined();
    expect(storeKey('')).toBeUndefined();
  });

  it('is always a plain file name', () => {
    fc.assert(fc.property(fc.string(), (text) => /^(?:sha\d+-)?[0-9a-f]{40,}$/.test(storeKey(`sha512-${text}`) ?? 'a'.repeat(40))));
  });
});
