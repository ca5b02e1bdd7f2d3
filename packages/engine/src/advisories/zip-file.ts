/** A zip file read through two windows in memory: one for its directory, one for its data, so that 100,000 small files cost few reads. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import yauzl from 'yauzl';

const WINDOW = 1 << 20;
const LOCAL_HEADER = 30;
const LOCAL_SIGNATURE = 0x04034b50;

interface Window {
  readonly start: number;
  readonly bytes: Buffer;
}

/** yauzl asks for a few bytes of each entry; answered from the disk by its thread pool that takes ten times as long as the build. */
export class ZipFile extends yauzl.RandomAccessReader {
  readonly size: number;
  readonly #file: number;
  /** Latest first. */
  #windows: readonly Window[] = [];

  /** Throws what opening gives. */
  constructor(path: string) {
    super();
    this.#file = openSync(path, 'r');
    this.size = fstatSync(this.#file).size;
  }

  /** Throws an Error when the range is not within the file. */
  bytes(start: number, length: number): Buffer {
    if (start < 0 || length < 0 || start + length > this.size) throw new Error('cut off');
    const window = this.#windows.find((w) => start >= w.start && start + length <= w.start + w.bytes.length) ?? this.#load(start, length);
    this.#windows = [window, ...this.#windows.filter((w) => w !== window)].slice(0, 2);
    return window.bytes.subarray(start - window.start, start - window.start + length);
  }

  /** The packed bytes of an entry of the directory. */
  packed(entry: yauzl.Entry): Buffer {
    const at = entry.relativeOffsetOfLocalHeader;
    const header = this.bytes(at, LOCAL_HEADER);
    if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw new Error('damaged, its entry is not where the archive says');
    const start = at + LOCAL_HEADER + header.readUInt16LE(26) + header.readUInt16LE(28);
    return this.bytes(start, entry.compressedSize);
  }

  #load(start: number, length: number): Window {
    const bytes = Buffer.allocUnsafe(Math.min(Math.max(WINDOW, length), this.size - start));
    for (let done = 0; done < bytes.length; ) {
      const got = readSync(this.#file, bytes, done, bytes.length - done, start + done);
      if (got === 0) throw new Error('cut off');
      done += got;
    }
    return { start, bytes };
  }

  override read(
    into: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, got?: number) => void,
  ): void {
    try {
      this.bytes(position, length).copy(into, offset);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    callback(null, length);
  }

  /** Called by yauzl when the archive is closed. */
  override close(callback: (error: Error | null) => void): void {
    closeSync(this.#file);
    callback(null);
  }
}
