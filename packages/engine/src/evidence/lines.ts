/** Lines of a log of any size: bounded memory, each with what is wrong with its length or its end. */
import type { FileHandle } from 'node:fs/promises';

export interface Line {
  /** 1-based. */
  readonly number: number;
  /** Without its end; cut to the limit when `tooLong`. */
  readonly bytes: Buffer;
  readonly tooLong: boolean;
  /** The last line has no end: a write was interrupted, or the tail was cut. */
  readonly torn: boolean;
}

const LINE_END = 0x0a;

/** `limit` = longest line in bytes, its end included; what is beyond is read past, not kept. */
export async function* linesOf(handle: FileHandle, limit: number): AsyncGenerator<Line> {
  let number = 1;
  let parts: Buffer[] = [];
  let kept = 0;
  let length = 0;
  const keep = (part: Buffer): void => {
    const piece = part.subarray(0, Math.max(0, limit - kept));
    parts.push(piece);
    kept += piece.length;
    length += part.length;
  };
  const line = (torn: boolean): Line => ({ number: number++, bytes: Buffer.concat(parts), tooLong: length >= limit, torn });
  for await (const chunk of handle.createReadStream({ autoClose: false, highWaterMark: 64 * 1024 })) {
    const bytes = Buffer.from(chunk);
    let from = 0;
    for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, from)) {
      keep(bytes.subarray(from, end));
      yield line(false);
      parts = [];
      kept = 0;
      length = 0;
      from = end + 1;
    }
    if (from < bytes.length) keep(bytes.subarray(from));
  }
  if (length > 0) yield line(true);
}
