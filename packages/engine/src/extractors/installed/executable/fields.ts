/** Numbers of a header, in its byte order and word size; the buffer must be as long as the header is. */

/** Sizes and offsets above 2^53 are no file's: they become NaN, which `exactly` and `inFile` turn away. */
const sizeOf = (value: bigint): number => (value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.NaN : Number(value));

export class Fields {
  readonly #buffer: Buffer;
  readonly #little: boolean;

  constructor(buffer: Buffer, littleEndian: boolean) {
    this.#buffer = buffer;
    this.#little = littleEndian;
  }

  u16(at: number): number {
    return this.#little ? this.#buffer.readUInt16LE(at) : this.#buffer.readUInt16BE(at);
  }

  u32(at: number): number {
    return this.#little ? this.#buffer.readUInt32LE(at) : this.#buffer.readUInt32BE(at);
  }

  u64(at: number): bigint {
    return this.#little ? this.#buffer.readBigUInt64LE(at) : this.#buffer.readBigUInt64BE(at);
  }

  /** Eight bytes when `wide`, else four. */
  address(at: number, wide: boolean): bigint {
    return wide ? this.u64(at) : BigInt(this.u32(at));
  }

  size(at: number, wide: boolean): number {
    return sizeOf(this.address(at, wide));
  }

  /** Up to the first NUL, one byte a character. */
  text(at: number, length: number): string {
    const bytes = this.#buffer.subarray(at, at + length);
    const end = bytes.indexOf(0);
    return bytes.subarray(0, end < 0 ? bytes.length : end).toString('latin1');
  }
}
