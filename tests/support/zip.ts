/** Small OSV records and zips of them, as tests need them: whole, hostile, or broken. */
import { crc32, deflateRawSync } from 'node:zlib';

/** Of one npm package that is affected below 1.0.0; `more` replaces fields. */
export const record = (id: string, name: string, more: object = {}): object => ({
  id,
  modified: '2024-05-01T00:00:00Z',
  affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.0.0' }] }] }],
  ...more,
});

/** A zip as PKWARE's APPNOTE describes it, names and all as given: no library would write the hostile ones. */
export const zip = (files: Readonly<Record<string, string | Buffer>>, method: 0 | 8 = 8): Buffer => {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const [name, bytes] = [Buffer.from(path), Buffer.from(content)];
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const shared = Buffer.alloc(26);
    for (const [value, at] of [
      [20, 0],
      [method, 4],
      [name.length, 22],
    ] as const)
      shared.writeUInt16LE(value, at);
    for (const [value, at] of [
      [crc32(bytes), 10],
      [packed.length, 14],
      [bytes.length, 18],
    ] as const)
      shared.writeUInt32LE(value, at);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, name, packed]);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), shared, central, name);
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  for (const at of [8, 10]) end.writeUInt16LE(Object.keys(files).length, at);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
};

export const zipOf = (records: readonly object[], method: 0 | 8 = 8): Buffer =>
  zip(Object.fromEntries(records.map((r, index) => [`${index}.json`, JSON.stringify(r)])), method);
