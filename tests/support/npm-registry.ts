/** An npm registry on the loopback, with packages made up for a test. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

export type Files = Readonly<Record<string, string>>;
/** name → version → files. */
export type Published = Readonly<Record<string, Readonly<Record<string, Files>>>>;

const tarball = async (files: Files): Promise<Buffer> => {
  const tar = pack();
  for (const [name, text] of Object.entries(files)) tar.entry({ name: `package/${name}` }, text);
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
};

const servers: Server[] = [];
/** After each test. */
export const closeRegistries = (): void => {
  for (const server of servers.splice(0)) server.close();
};

/** `asked` grows; `env` makes it the registry of the user; the first `fails` requests are answered with 503. */
export const registryWith = async (published: Published, fails = 0) => {
  const asked: string[] = [];
  let failing = fails;
  const answers = new Map<string, Buffer | string>();
  for (const [name, versions] of Object.entries(published)) {
    const listed: Record<string, unknown> = {};
    for (const [version, files] of Object.entries(versions)) {
      const bytes = await tarball({ 'package.json': JSON.stringify({ name, version, main: 'index.js' }), ...files });
      const path = `/${name}/-/${name}-${version}.tgz`;
      answers.set(path, bytes);
      const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
      listed[version] = { name, version, dist: { integrity, tarball: `https://registry.npmjs.org${path}` } };
    }
    answers.set(`/${name}`, JSON.stringify({ name, 'dist-tags': { latest: Object.keys(versions).at(-1) }, versions: listed }));
  }
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    failing -= 1;
    const answer = answers.get(request.url ?? '');
    response.statusCode = failing >= 0 ? 503 : answer === undefined ? 404 : 200;
    response.end(failing >= 0 ? '' : answer);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
  return { asked, env: { npm_config_registry: url, npm_config_userconfig: '/nowhere/npmrc', npm_config_globalconfig: '/nowhere/npmrc' } };
};
