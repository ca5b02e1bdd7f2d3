/** A bucket on the loopback that serves files as OSV's does: ETag, conditions, ranges, checksums; and fails in the ways that networks fail. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers in place of the bucket; `false` = let the bucket answer this one. */
export type Fault = (request: IncomingMessage, response: ServerResponse, file: Buffer) => boolean;

export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

export interface Bucket {
  readonly base: string;
  /** Path without the leading slash, decoded → bytes; may be changed at any time. */
  readonly files: Map<string, Buffer>;
  /** Path → faults for the next questions for it, one each; those beyond are answered well. */
  readonly faults: Map<string, Fault[]>;
  readonly asked: Asked[];
  close(): Promise<void>;
}

export const etagOf = (bytes: Buffer): string => `"${createHash('sha1').update(bytes).digest('hex').slice(0, 16)}"`;

export const headersOf = (bytes: Buffer): Record<string, string> => ({
  etag: etagOf(bytes),
  'last-modified': 'Mon, 23 Nov 2026 10:00:00 GMT',
  'x-goog-hash': `crc32c=AAAAAA==,md5=${createHash('md5').update(bytes).digest('base64')}`,
});

const serve = (request: IncomingMessage, response: ServerResponse, bytes: Buffer): void => {
  const headers = headersOf(bytes);
  if (request.headers['if-none-match'] === headers['etag']) return void response.writeHead(304, headers).end();
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN);
  if (Number.isNaN(from) || request.headers['if-range'] !== headers['etag'])
    return void response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
  const rest = bytes.subarray(from);
  const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
  response.writeHead(206, { ...headers, 'content-length': rest.length, 'content-range': range }).end(rest);
};

export const openBucket = async (): Promise<Bucket> => {
  const files = new Map<string, Buffer>();
  const faults = new Map<string, Fault[]>();
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname.slice(1));
    asked.push({ path, headers: request.headers });
    const bytes = files.get(path);
    const fault = faults.get(path)?.shift();
    if (fault?.(request, response, bytes ?? Buffer.alloc(0))) return;
    if (bytes === undefined) response.writeHead(404).end();
    else serve(request, response, bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  return {
    base: `http://127.0.0.1:${port}`,
    files,
    faults,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** The first half, then the line is dead. */
export const cut: Fault = (_, response, file) => {
  response.writeHead(200, { ...headersOf(file), 'content-length': file.length });
  response.write(file.subarray(0, file.length >> 1));
  setTimeout(() => response.destroy(), 50);
  return true;
};

export const status =
  (code: number, headers: Record<string, string> = {}): Fault =>
  (_, response) => {
    response.writeHead(code, 'Fault \u00a7', headers).end('not for people');
    return true;
  };
