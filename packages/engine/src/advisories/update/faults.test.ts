import { readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../../../tests/support/bucket.ts';
import { cut, headersOf, status } from '../../../../../tests/support/bucket.ts';
import type { Updater } from '../../../../../tests/support/updater.ts';
import { always, openUpdater, sixty } from '../../../../../tests/support/updater.ts';
import { record, zip, zipOf } from '../../../../../tests/support/zip.ts';

let bw: Updater;
beforeEach(async () => {
  bw = await openUpdater();
});
afterEach(() => bw.close());

describe('an update over a bad line', () => {
  describe('the network', () => {
    it('goes on where the line was cut', async () => {
      bw.fault('npm/all.zip', cut);
      await bw.update();
      const size = bw.bucket.files.get('npm/all.zip')?.length ?? 0;
      expect(bw.rangesAsked('npm/all.zip')).toEqual([undefined, `bytes=${size >> 1}-`]);
      expect(bw.waits).toEqual([1000]);
      expect((await bw.idsOf('a')).length).toBe(60);
    });
    it('starts anew when the file is another one after the cut', async () => {
      bw.fault('npm/all.zip', (request, response, file) => {
        bw.bucket.files.set('npm/all.zip', zipOf([record('OTHER-1', 'a')]));
        return cut(request, response, file);
      });
      await bw.update();
      expect(await bw.idsOf('a')).toEqual(['OTHER-1']);
    });
    it('appends nothing that a host sends as the rest of another file', async () => {
      const other = zipOf([record('OTHER-1', 'a'), record('OTHER-2', 'b')], 0);
      bw.fault('npm/all.zip', cut, (_, response, file) => {
        const range = { 'content-range': `bytes ${file.length >> 1}-${file.length - 1}/${file.length}` };
        response.writeHead(206, { ...headersOf(other), ...range }).end(other);
        return true;
      });
      await bw.update();
      expect((await bw.idsOf('a')).length).toBe(60);
    });
    it('gets over two 500s, and waits longer each time', async () => {
      bw.fault('npm/all.zip', status(500), status(503));
      await bw.update();
      expect(bw.waits).toEqual([1000, 2000]);
    });
    it('waits as long as it is asked to, but not for minutes', async () => {
      bw.fault('npm/all.zip', status(429, { 'retry-after': '7' }));
      await bw.update({ ecosystems: ['npm'] });
      expect(bw.waits).toEqual([7000]);
      bw.fault('npm/all.zip', status(429, { 'retry-after': '600' }));
      await expect(bw.update({ ecosystems: ['npm'], cache: join(bw.home, 'other') })).rejects.toMatchObject({ code: 'BW4009' });
      expect(bw.waits).toEqual([7000]);
    });
    it('gives up after three more tries, names all that is missing and leaves the old index', async () => {
      await bw.update({ ecosystems: ['npm'] });
      bw.fault('PyPI/all.zip', ...always(status(500)));
      await expect(bw.update({ ecosystems: ['npm', 'PyPI', 'Go'] })).rejects.toMatchObject({
        code: 'BW4009',
        message: `Not everything could be loaded from ${bw.bucket.base}/: PyPI: the host answers 500; Go: there is no such file (404)`,
        hint: expect.stringContaining('--ecosystem npm'),
      });
      expect(bw.waits).toEqual([1000, 2000, 4000]);
      expect((await bw.idsOf('a')).length).toBe(60);
    });
    it('stops waiting for a host that says nothing more', async () => {
      bw.fault('npm/all.zip', (_, response, file) => {
        response.writeHead(200, { ...headersOf(file), 'content-length': file.length }).write(file.subarray(0, 5000));
        return true;
      });
      await bw.update();
      expect(bw.rangesAsked('npm/all.zip')).toEqual([undefined, 'bytes=5000-']);
    });
    it('has words for a host that is not there', async () => {
      await bw.bucket.close();
      await expect(bw.update({ ecosystems: ['npm'] })).rejects.toMatchObject({ message: expect.stringContaining('nothing answers') });
    });
  });

  describe('hostile and broken archives', () => {
    const keepsOld = async (bytes: Buffer, reason: RegExp): Promise<void> => {
      await bw.update();
      bw.bucket.files.set('npm/all.zip', bytes);
      const report = await bw.update();
      expect(report.outcomes[0]).toMatchObject({ state: 'kept', reason: expect.stringMatching(reason) });
      expect((await bw.idsOf('a')).length).toBe(60);
      await rm(join(bw.home, 'cache'), { recursive: true });
      await expect(bw.update()).rejects.toMatchObject({ code: /bomb|unpacks/.test(reason.source) ? 'BW4003' : 'BW4009' });
      expect((await bw.idsOf('a')).length).toBe(60);
    };
    it('refuses a zip bomb', () => keepsOld(zip({ 'a.json': Buffer.alloc(3 << 20) }), /unpacks to more/));
    it('refuses a truncated zip', () => keepsOld(sixty('npm').subarray(0, -40), /damaged/));
    it('refuses a zip whose bytes were changed', () => {
      const bytes = sixty('npm');
      const at = bytes.indexOf('npm-7') + 4;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return keepsOld(bytes, /checksum/);
    });
    it('refuses a zip without records', () => keepsOld(zip({ 'readme.txt': 'x' }), /no records/));
    it('refuses what is no zip', () => keepsOld(Buffer.from('<html>Please log in</html>'), /damaged/));
    it('loads again what does not have the checksum that the host names', async () => {
      bw.fault('npm/all.zip', (_, response, file) => {
        const other = Buffer.from(file);
        other[100] = (other[100] ?? 0) ^ 1;
        response.writeHead(200, { ...headersOf(file), 'content-length': file.length }).end(other);
        return true;
      });
      await bw.update();
      expect(bw.rangesAsked('npm/all.zip')).toEqual([undefined, undefined]);
      bw.fault(
        'npm/all.zip',
        ...always((_, response, file) => {
          response.writeHead(200, { ...headersOf(Buffer.from('x')), 'content-length': file.length }).end(file);
          return true;
        }),
      );
      await expect(bw.update({ cache: join(bw.home, 'other') })).rejects.toMatchObject({ message: expect.stringContaining('checksum') });
    });
    it('takes a length that is not true for a cut', async () => {
      const lie =
        (by: number): Fault =>
        (_, response, file) => {
          response.writeHead(200, { etag: '"lie"', 'content-length': file.length + by }).write(file);
          setTimeout(() => response.destroy(), 20);
          return true;
        };
      bw.fault('npm/all.zip', lie(1000));
      await bw.update();
      expect((await bw.idsOf('a')).length).toBe(60);
      bw.fault(
        'npm/all.zip',
        ...always((_, response, file) => {
          response.writeHead(200, { 'content-length': file.length - 50 });
          response.socket?.write(file);
          return true;
        }),
      );
      await expect(bw.update({ cache: join(bw.home, 'other') })).rejects.toMatchObject({
        message: expect.stringMatching(/npm: (it is damaged|the connection|no byte|the answer)/),
      });
    });
    it('refuses more bytes than it may', async () => {
      bw.fault(
        'npm/all.zip',
        ...always((_, response) => {
          response.writeHead(200, { 'content-length': 2 ** 31 }).write('x');
          return true;
        }),
      );
      await expect(bw.update()).rejects.toMatchObject({ message: expect.stringContaining('larger than') });
      expect(bw.waits).toEqual([]);
    });
  });

  describe('redirects', () => {
    const to = (location: string): Fault => status(302, { location });
    it('follows one to the same host', async () => {
      bw.bucket.files.set('moved.zip', zipOf([record('MOVED-1', 'a')]));
      bw.fault('npm/all.zip', to('/moved.zip'));
      await bw.update();
      expect(await bw.idsOf('a')).toEqual(['MOVED-1']);
    });
    it.each([
      ['to another host without encryption', 'http://localhost:1/npm/all.zip', /not encrypted/],
      ['to a file', 'file:///etc/passwd', /not encrypted/],
      ['in circles', '/npm/all.zip', /circles/],
      ['to nonsense', 'http://', /no address/],
    ])('refuses one %s', async (_, location, reason) => {
      bw.fault('npm/all.zip', ...always(to(location)));
      await expect(bw.update()).rejects.toMatchObject({ message: expect.stringMatching(reason) });
      expect(bw.waits).toEqual([]);
    });
  });

  it('sends credentials of the address, and never writes them down', async () => {
    const base = new URL(bw.bucket.base);
    [base.username, base.password, base.search] = ['me', 'pass', '?sig=token'];
    bw.fault('npm/all.zip', ...always(status(403)));
    await bw.update({ base: base.href, ecosystems: ['PyPI'] });
    expect(bw.bucket.asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:pass').toString('base64')}`);
    const files = (await readdir(bw.home, { recursive: true, encoding: 'utf8' })).filter((name) => name.endsWith('json'));
    for (const name of files) expect(await readFile(join(bw.home, name), 'utf8')).not.toMatch(/pass|token/);
    await expect(bw.update({ base: base.href, ecosystems: ['npm'] })).rejects.toMatchObject({
      message: expect.not.stringMatching(/pass|token/),
    });
  });

  it('goes through the proxy of the environment, except where NO_PROXY says', async () => {
    const seen: string[] = [];
    const proxy = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      const path = new URL(request.url ?? '').pathname.slice(1);
      response.end(bw.bucket.files.get(path));
    });
    proxy.on('connect', (request, socket) => {
      seen.push(`CONNECT ${request.url}`);
      socket.end('HTTP/1.1 407 No\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = proxy.address();
    const at = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    try {
      await bw.update({ base: 'http://osv.invalid/d', ecosystems: ['npm'], environment: { HTTP_PROXY: at } }).catch(() => undefined);
      await bw
        .update({ base: 'https://osv.invalid', ecosystems: ['npm'], environment: { HTTPS_PROXY: at } })
        .catch((error) => expect(error).toMatchObject({ message: expect.stringContaining('the proxy answers 407') }));
      await bw.update({ environment: { HTTP_PROXY: at, NO_PROXY: 'other, 127.0.0.1' } });
      expect(seen[0]).toBe('GET http://osv.invalid/d/npm/all.zip');
      expect(seen).toContain('CONNECT osv.invalid:443');
      expect(bw.bucket.asked.length).toBe(2);
    } finally {
      proxy.close();
    }
  });
});
