/** A registry on loopback for tests: packuments and tarballs made in memory. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import type { JsonObject } from '../../../packages/engine/src/remediation/json/plain.ts';
import type { Registry } from '../../../packages/engine/src/remediation/npm/registry.ts';
import { readPackument } from '../../../packages/engine/src/remediation/npm/registry.ts';

export interface FakeRelease {
  readonly name: string;
  readonly version: string;
  readonly manifest?: JsonObject;
  readonly files?: Readonly<Record<string, string>>;
  /** ISO date; long ago unless given. */
  readonly published?: string;
}

export interface FakeRegistry extends AsyncDisposable {
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
}

/** Without the network: for planning. */
export const inMemory = (releases: readonly FakeRelease[]): Registry => ({
  releases: async (name) => {
    const own = releases.filter((release) => release.name === name);
    return own.length === 0 ? undefined : readPackument(await packument(own, 'http://registry.invalid'));
  },
});

export const serve = async (releases: readonly FakeRelease[]): Promise<FakeRegistry> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(releases, `http://127.0.0.1:${portOf(server.address())}`, request.url ?? '').then((body) => {
      response.writeHead(body === undefined ? 404 : 200, {
        'content-type': typeof body === 'string' ? 'application/json' : 'application/octet-stream',
      });
      response.end(body ?? '{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/`,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const portOf = (address: string | AddressInfo | null): number => (typeof address === 'object' ? (address?.port ?? 0) : 0);

const answer = async (releases: readonly FakeRelease[], base: string, path: string): Promise<string | Buffer | undefined> => {
  const tarball = /^\/(.+)\/-\/.+-(\d+\.\d+\.\d+[^/]*)\.tgz$/.exec(path);
  const name = decodeURIComponent(tarball?.[1] ?? path.slice(1));
  const own = releases.filter((release) => release.name === name);
  if (tarball === null) return own.length === 0 ? undefined : JSON.stringify(await packument(own, base));
  const release = own.find((one) => one.version === tarball[2]);
  return release && (await tarballOf(release));
};

const packument = async (own: readonly FakeRelease[], base: string): Promise<JsonObject> => {
  const [first] = own;
  const name = first?.name ?? '';
  const versions = await Promise.all(
    own.map(async (release): Promise<[string, JsonObject]> => {
      const tarball = `${base}/${name}/-/${name.split('/').at(-1)}-${release.version}.tgz`;
      return [
        release.version,
        { name, version: release.version, ...release.manifest, dist: { tarball, integrity: await integrityOf(release) } },
      ];
    }),
  );
  return {
    name,
    'dist-tags': { latest: own.at(-1)?.version ?? '' },
    versions: Object.fromEntries(versions),
    time: Object.fromEntries(own.map((release) => [release.version, release.published ?? '2020-01-01T00:00:00.000Z'])),
  };
};

export const integrityOf = async (release: FakeRelease): Promise<string> =>
  `sha512-${createHash('sha512')
    .update(await tarballOf(release))
    .digest('base64')}`;

const made = new WeakMap<FakeRelease, Promise<Buffer>>();
const tarballOf = (release: FakeRelease): Promise<Buffer> => {
  const known = made.get(release) ?? makeTarball(release);
  made.set(release, known);
  return known;
};

const makeTarball = async (release: FakeRelease): Promise<Buffer> => {
  const archive = pack();
  const manifest = JSON.stringify({ name: release.name, version: release.version, ...release.manifest });
  const files = { 'index.js': `module.exports = '${release.version}';\n`, ...release.files, 'package.json': manifest };
  for (const [name, text] of Object.entries(files)) archive.entry({ name: `package/${name}`, mtime: new Date(0) }, text);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  return gzipSync(Buffer.concat(chunks));
};
