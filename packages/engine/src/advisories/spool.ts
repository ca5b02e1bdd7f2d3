/** Records on disk in the order they come, so that sorting them needs memory only for their names. */
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';

const CHUNK = 1 << 20;

export interface SpoolRef {
  readonly offset: number;
  readonly length: number;
}

export interface Spool {
  append(text: string): SpoolRef;
  read(ref: SpoolRef): string;
  /** Removes the file. */
  close(): void;
}

export const openSpool = (path: string): Spool => {
  const file = openSync(path, 'wx+');
  let waiting: Buffer[] = [];
  let flushed = 0;
  let size = 0;
  const flush = (): void => {
    const bytes = Buffer.concat(waiting);
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, flushed + done);
    flushed = size;
    waiting = [];
  };
  return {
    append: (text) => {
      const bytes = Buffer.from(text);
      const ref = { offset: size, length: bytes.length };
      waiting.push(bytes);
      size += bytes.length;
      if (size - flushed > CHUNK) flush();
      return ref;
    },
    read: ({ offset, length }) => {
      if (offset + length > flushed) flush();
      const bytes = Buffer.alloc(length);
      for (let done = 0; done < length; ) {
        const got = readSync(file, bytes, done, length - done, offset + done);
        if (got === 0) throw new Error('the spool ended early');
        done += got;
      }
      return bytes.toString();
    },
    close: () => {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
};
