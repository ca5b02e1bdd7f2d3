import { generateKeyPairSync } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timestamp } from '@breakwater/model';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseExpectation } from './expectation.ts';
import { openLedger } from './ledger.ts';
import { verifyLedger } from './verify.ts';

const root = await mkdtemp(join(tmpdir(), 'breakwater-verify-'));
afterAll(() => rm(root, { recursive: true, force: true }));

const sound = join(root, 'sound');
const now = () => timestamp('2026-11-23T09:14:00Z');
const draft = (n: number) => ({
  predicateType: 'https://example.test/note/v1' as const,
  subject: [{ name: 'checkout', digest: { sha256: 'ab'.repeat(32) } }],
  predicate: { n, text: `record ${n} of what was seen` },
});
let lines: readonly string[] = [];
let head = '';
let pem = '';
let digests: readonly string[] = [];

beforeAll(async () => {
  const ledger = await openLedger(sound, { keys: join(root, 'keys'), now });
  const done = [];
  for (let n = 1; n <= 6; n += 1) done.push(await ledger.append(draft(n)));
  digests = done.map((d) => d.digest);
  lines = (await readFile(join(sound, 'log.ndjson'), 'utf8')).split('\n').slice(0, -1);
  head = await readFile(join(sound, 'head.json'), 'utf8');
  pem = await readFile(join(sound, 'key.pub.pem'), 'utf8');
});

let copies = 0;
/** A copy of the sound ledger with some files replaced (null = removed). */
const altered = async (files: Readonly<Record<string, string | Buffer | null>>): Promise<string> => {
  copies += 1;
  const folder = join(root, `copy-${copies}`);
  await cp(sound, folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    if (content === null) await rm(join(folder, name));
    else await writeFile(join(folder, name), content);
  }
  return folder;
};
const log = (some: readonly string[]) => some.map((line) => `${line}\n`).join('');
const codes = async (folder: string) => (await verifyLedger(folder)).problems.map((p) => p.code);
const at = (n: number) => lines[n - 1] ?? '';

describe('verifyLedger', () => {
  it('accepts the sound ledger, with its own key and with the pinned one', async () => {
    expect(await verifyLedger(sound)).toMatchObject({ ok: true, records: 6, problems: [], more: 0, pinned: false, last: digests[5] });
    expect(await verifyLedger(sound, { publicKey: pem })).toMatchObject({ ok: true, pinned: true });
  });

  it('sees any changed byte of the log and of the head', async () => {
    const folder = await altered({});
    for (const [name, text] of [
      ['log.ndjson', log(lines)],
      ['head.json', head],
    ] as const) {
      const bytes = Buffer.from(text);
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (position, mask) => {
          const changed = Buffer.from(bytes);
          changed[position] = (changed[position] ?? 0) ^ mask;
          await writeFile(join(folder, name), changed);
          expect((await verifyLedger(folder)).ok).toBe(false);
        }),
        { numRuns: 150 },
      );
      await writeFile(join(folder, name), bytes);
    }
    expect((await verifyLedger(folder)).ok).toBe(true);
  });

  it('sees any inserted or removed byte, and any cut', async () => {
    const bytes = Buffer.from(log(lines));
    const folder = await altered({});
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.constantFrom('insert', 'remove', 'cut'),
        async (position, byte, how) => {
          const before = bytes.subarray(0, position);
          const after =
            how === 'insert' ? [Buffer.from([byte]), bytes.subarray(position)] : how === 'remove' ? [bytes.subarray(position + 1)] : [];
          await writeFile(join(folder, 'log.ndjson'), Buffer.concat([before, ...after]));
          expect((await verifyLedger(folder)).ok).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('sees every other order and selection of the records', async () => {
    const folder = await altered({});
    const numbers = [1, 2, 3, 4, 5, 6];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...numbers), { maxLength: 8 }), async (chosen) => {
        fc.pre(chosen.join() !== numbers.join());
        await writeFile(join(folder, 'log.ndjson'), log(chosen.map(at)));
        expect((await verifyLedger(folder)).ok).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('names what was done: dropped, swapped, doubled, cut, torn, foreign', async () => {
    const drop = await verifyLedger(await altered({ 'log.ndjson': log([at(1), at(2), at(4), at(5), at(6)]) }));
    expect(drop.problems.map((p) => [p.line, p.code])).toEqual([
      [3, 'BW7015'],
      [3, 'BW7014'],
      [0, 'BW7019'],
    ]);
    expect(await codes(await altered({ 'log.ndjson': log([at(1), at(3), at(2), at(4), at(5), at(6)]) }))).toContain('BW7015');
    expect(await codes(await altered({ 'log.ndjson': log([at(1), at(1), ...lines.slice(1)]) }))).toContain('BW7014');
    expect(await codes(await altered({ 'log.ndjson': log(lines.slice(0, 5)) }))).toEqual(['BW7019']);
    expect(await codes(await altered({ 'log.ndjson': log(lines).slice(0, -40) }))).toContain('BW7020');
    expect(await codes(await altered({ 'log.ndjson': log([at(1), '{}', ...lines.slice(2)]) }))).toContain('BW7011');
    expect(await codes(await altered({ 'log.ndjson': log([...lines, head.trim()]) }))).toContain('BW7011');
    expect(await codes(await altered({ 'log.ndjson': '' }))).toEqual(['BW7019']);
    expect(await codes(await altered({ 'log.ndjson': null }))).toEqual(['BW7019']);
  });

  it('sees another spelling of the same envelope', async () => {
    const doubled = at(2).replace('{"payload"', '{"payloadType":"x","payload"');
    const padded = at(2).replace('"sig":"', '"sig":" ');
    for (const spelling of [`${at(2)} `, `${at(2)}\r`, doubled, padded]) {
      expect(await codes(await altered({ 'log.ndjson': log([at(1), spelling, ...lines.slice(2)]) }))).toContain('BW7011');
    }
  });

  it('needs the head, as it was signed', async () => {
    expect(await codes(await altered({ 'head.json': null }))).toEqual(['BW7017']);
    expect(await codes(await altered({ 'head.json': '{}' }))).toEqual(['BW7018']);
    expect(await codes(await altered({ 'head.json': `${at(6)}\n` }))).toEqual(['BW7018']);
    expect(await codes(await altered({ 'head.json': 'x'.repeat(100_000) }))).toEqual(['BW7018']);
  });

  it('sees a swapped key, in the folder and against the pinned one', async () => {
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(await codes(await altered({ 'key.pub.pem': other }))).toContain('BW7012');
    expect(await codes(await altered({ 'key.pub.pem': rsa }))).toEqual(['BW7023']);
    expect(await codes(await altered({ 'key.pub.pem': 'nonsense' }))).toEqual(['BW7023']);
    expect(await codes(await altered({ 'key.pub.pem': null }))).toEqual(['BW7010']);
    expect((await verifyLedger(sound, { publicKey: other })).problems.map((p) => p.code)).toContain('BW7023');
    expect((await verifyLedger(await altered({ 'key.pub.pem': other }), { publicKey: pem })).problems.map((p) => p.code)).toEqual([
      'BW7023',
    ]);
  });

  it('a ledger made anew with another key is only seen with the pinned key', async () => {
    const folder = join(root, 'forged');
    const ledger = await openLedger(folder, { keys: join(root, 'forger'), now });
    await ledger.append(draft(1));
    expect((await verifyLedger(folder)).ok).toBe(true);
    expect((await verifyLedger(folder, { publicKey: pem })).ok).toBe(false);
  });

  it('an older log with its head, put back, is only seen with what a second party noted', async () => {
    const folder = join(root, 'replayed');
    const ledger = await openLedger(folder, { keys: join(root, 'keys'), now });
    await ledger.append(draft(1));
    await cp(folder, join(root, 'older'), { recursive: true });
    const noted = await ledger.append(draft(2));
    await ledger.append(draft(3));
    const older = join(root, 'older');
    const expectations = [{ count: 2 }, { digest: noted.digest }, { count: 2, digest: noted.digest }];
    expect((await verifyLedger(older)).ok).toBe(true);
    for (const expectation of expectations) {
      expect((await verifyLedger(older, { expect: expectation })).problems.map((p) => p.code)).toEqual(['BW7022']);
      expect((await verifyLedger(folder, { expect: expectation })).ok).toBe(true);
    }
    expect((await verifyLedger(folder, { expect: { count: 3, digest: noted.digest } })).ok).toBe(false);
  });

  it('never throws, whatever stands in the folder', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.constantFrom('null', '[]', '{"payload":[]}', '\n\n', '[[[[')), async (text) => {
        const folder = await altered({ 'log.ndjson': `${at(1)}\n${text}\n`, 'head.json': text });
        expect((await verifyLedger(folder)).ok).toBe(false);
      }),
      { numRuns: 40 },
    );
    const nested = await altered({ 'log.ndjson': `${'['.repeat(200_000)}\n` });
    expect(await codes(nested)).toContain('BW7011');
    const empty = join(root, 'empty');
    await mkdir(empty);
    expect(await verifyLedger(empty)).toMatchObject({ ok: false, records: 0 });
    expect(await verifyLedger(join(root, 'absent'))).toMatchObject({ ok: false });
    await symlink('/dev/zero', join(empty, 'key.pub.pem'));
    expect(await verifyLedger(empty)).toMatchObject({ ok: false });
  });

  it('bounds lines and problems', async () => {
    const long = await altered({ 'log.ndjson': Buffer.concat([Buffer.alloc(17 * 1024 * 1024, 'x'), Buffer.from(`\n${at(1)}\n`)]) });
    const report = await verifyLedger(long);
    expect(report.problems.map((p) => [p.line, p.code])).toContainEqual([1, 'BW7021']);
    expect(report.records).toBe(2);
    const many = await verifyLedger(await altered({ 'log.ndjson': '\n'.repeat(1000) }));
    expect(many.problems).toHaveLength(200);
    expect(many.more).toBe(801);
  });

  it('verifies 1,000 records', async () => {
    const folder = join(root, 'thousand');
    const ledger = await openLedger(folder, { keys: join(root, 'keys'), now });
    for (let n = 1; n <= 1000; n += 1) await ledger.append(draft(n));
    expect(await verifyLedger(folder, { publicKey: pem, expect: { count: 1000 } })).toMatchObject({ ok: true, records: 1000 });
  });
});

describe('parseExpectation', () => {
  it('reads a count, a digest, or both', () => {
    const digest = `sha256:${'0a'.repeat(32)}`;
    expect(parseExpectation('215')).toEqual({ ok: true, value: { count: 215 } });
    expect(parseExpectation(digest)).toEqual({ ok: true, value: { digest } });
    expect(parseExpectation(`215@${digest}`)).toEqual({ ok: true, value: { count: 215, digest } });
    for (const bad of ['', 'x', '-1', '1.5', `${digest}@215`, '215@', '215@x', `215@${digest}@`, 'sha256:00'])
      expect(parseExpectation(bad).ok, bad).toBe(false);
  });
});
