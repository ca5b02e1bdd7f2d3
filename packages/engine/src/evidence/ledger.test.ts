import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { timestamp } from '@breakwater/model';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { STATE_IGNORE } from '../lib/state-ignore.ts';
import { openRegular } from './files.ts';
import { parsePublicKey } from './keys.ts';
import { openLedger } from './ledger.ts';
import { verifyLedger } from './verify.ts';
import { walk } from './walk.ts';

const root = await mkdtemp(join(tmpdir(), 'breakwater-ledger-'));
afterAll(() => rm(root, { recursive: true, force: true }));

let number = 0;
let folder = '';
let keys = '';
beforeEach(() => {
  number += 1;
  folder = join(root, String(number), '.breakwater', 'evidence');
  keys = join(root, String(number), 'keys');
});

const now = () => timestamp('2026-11-23T09:14:00Z');
const options = () => ({ keys, now });
const draft = (n: number) => ({
  predicateType: 'https://example.test/note/v1' as const,
  subject: [{ name: 'checkout', digest: { sha256: 'ab'.repeat(32) } }],
  predicate: { n },
});
const logLines = async () => (await readFile(join(folder, 'log.ndjson'), 'utf8')).split('\n').slice(0, -1);

describe('openLedger', () => {
  it('begins empty and whole, with a private key that only the user can read and that is not in the evidence', async () => {
    const ledger = await openLedger(folder, options());
    expect(await verifyLedger(folder)).toMatchObject({ ok: true, records: 0, pinned: false, key: ledger.key });
    expect((await stat(join(keys, 'key.pem'))).mode & 0o777).toBe(0o600);
    expect(await readdir(keys)).toEqual(['key.pem']);
    for (const name of await readdir(folder)) expect(await readFile(join(folder, name), 'utf8')).not.toContain('PRIVATE');
    expect((await readdir(folder)).sort()).toEqual(['head.json', 'key.pub.pem']);
  });

  it('writes a .gitignore for the state of the tool, never over one that a team has written', async () => {
    await openLedger(folder, options());
    const ignore = join(folder, '..', '.gitignore');
    expect(await readFile(ignore, 'utf8')).toBe(STATE_IGNORE);
    await writeFile(ignore, '/fix/\n');
    await openLedger(folder, options());
    expect(await readFile(ignore, 'utf8')).toBe('/fix/\n');
  });

  it('refuses a folder, a log or a head that a repository made a link', async () => {
    const elsewhere = join(root, String(number), 'elsewhere');
    await mkdir(elsewhere, { recursive: true });
    await mkdir(join(folder, '..'), { recursive: true });
    await symlink(elsewhere, folder);
    await expect(openLedger(folder, options())).rejects.toMatchObject({ code: 'BW7001' });
    expect(await readdir(elsewhere)).toEqual([]);
    await rm(folder);
    const ledger = await openLedger(folder, options());
    await writeFile(join(elsewhere, 'victim'), '');
    await symlink(join(elsewhere, 'victim'), join(folder, 'log.ndjson'));
    await expect(ledger.append(draft(1))).rejects.toMatchObject({ code: 'BW7001' });
    expect(await readFile(join(elsewhere, 'victim'), 'utf8')).toBe('');
    expect((await verifyLedger(folder)).problems.map((p) => p.code)).toContain('BW7010');
  });

  it('refuses a .breakwater that is a link before anything is made behind it', async () => {
    const elsewhere = join(root, String(number), 'elsewhere');
    await mkdir(elsewhere, { recursive: true });
    await symlink(elsewhere, join(folder, '..'));
    await expect(openLedger(folder, options())).rejects.toMatchObject({ code: 'BW7001' });
    expect(await readdir(elsewhere)).toEqual([]);
  });

  it('refuses a key that others can read, a key that is none, keys inside the evidence, and the ledger of another key', async () => {
    await openLedger(folder, options());
    await expect(openLedger(folder, { keys: join(keys, 'other'), now })).rejects.toMatchObject({ code: 'BW7006' });
    await expect(openLedger(folder, { keys: join(folder, 'keys'), now })).rejects.toMatchObject({ code: 'BW7001' });
    await chmod(join(keys, 'key.pem'), 0o644);
    await expect(openLedger(folder, options())).rejects.toMatchObject({ code: 'BW7002' });
    await writeFile(join(keys, 'key.pem'), 'no key');
    await chmod(join(keys, 'key.pem'), 0o600);
    await expect(openLedger(folder, options())).rejects.toMatchObject({ code: 'BW7001' });
  });
});

describe('append', () => {
  it('chains records, numbers them from 1, and gives the digest that verify reports', async () => {
    const ledger = await openLedger(folder, options());
    expect((await ledger.append(draft(1))).number).toBe(1);
    const second = await (await openLedger(folder, options())).append(draft(2));
    expect(second.number).toBe(2);
    expect(await verifyLedger(folder)).toMatchObject({ ok: true, records: 2, last: second.digest });
  });

  it('lets no caller say place, time or key', async () => {
    const ledger = await openLedger(folder, options());
    await ledger.append({ ...draft(1), predicate: { sequence: 9, previous: 'sha256:00', key: 'x', timeCreated: 'then' } });
    const log = await openRegular(join(folder, 'log.ndjson'));
    const key = parsePublicKey(await readFile(join(folder, 'key.pub.pem'), 'utf8'));
    if (log === undefined || !key.ok) throw new Error('no ledger');
    for await (const walked of walk(log, key.value)) {
      expect(walked.record?.predicate).toEqual({ sequence: 1, key: ledger.key, timeCreated: now() });
    }
    await log.close();
  });

  it('keeps one chain when many promises append at once', async () => {
    const ledgers = await Promise.all([openLedger(folder, options()), openLedger(folder, options()), openLedger(folder, options())]);
    const done = await Promise.all(Array.from({ length: 45 }, (_, n) => ledgers[n % 3]?.append(draft(n))));
    expect(new Set(done.map((d) => d?.number)).size).toBe(45);
    expect(await verifyLedger(folder)).toMatchObject({ ok: true, records: 45 });
  });

  it('keeps one chain and one key when processes begin and append at once', async () => {
    const script = `
      import { openLedger } from ${JSON.stringify(join(import.meta.dirname, 'ledger.ts'))};
      const ledger = await openLedger(process.argv[1], { keys: process.argv[2], now: () => '2026-11-23T09:14:00Z', patience: 60000 });
      for (let n = 0; n < 12; n += 1) await ledger.append({ predicateType: 'https://example.test/n/v1', subject: [{ name: 'x', digest: { sha256: '00' } }], predicate: { n } });`;
    const run = () =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', '--conditions=source', '--input-type=module', '-e', script, folder, keys]);
    await Promise.all([run(), run()]);
    expect(await verifyLedger(folder)).toMatchObject({ ok: true, records: 24 });
  });

  it('takes over the lock of a process that is gone, and waits for one that lives', async () => {
    const ledger = await openLedger(folder, { ...options(), patience: 50 });
    const gone = await promisify(execFile)(process.execPath, ['-e', 'console.log(process.pid)']);
    const lock = (pid: number) => writeFile(join(folder, 'lock'), JSON.stringify({ pid, host: hostname(), token: 'x' }));
    await lock(Number(gone.stdout));
    await ledger.append(draft(1));
    await lock(process.pid);
    await expect(ledger.append(draft(2))).rejects.toMatchObject({ code: 'BW7003' });
    await rm(join(folder, 'lock'));
    expect((await ledger.append(draft(2))).number).toBe(2);
  });

  it('refuses a record that the reader would refuse', async () => {
    const ledger = await openLedger(folder, options());
    await expect(ledger.append({ ...draft(1), predicate: { big: 'x'.repeat(13_000_000) } })).rejects.toMatchObject({ code: 'BW7004' });
    expect(await verifyLedger(folder)).toMatchObject({ ok: true, records: 0 });
  });
});

describe('after a crash', () => {
  const crashed = async () => {
    const ledger = await openLedger(folder, options());
    await ledger.append(draft(1));
    const head = await readFile(join(folder, 'head.json'));
    await ledger.append(draft(2));
    await writeFile(join(folder, 'head.json'), head);
    return ledger;
  };

  it('between line and head, the next append brings the head up to date', async () => {
    const ledger = await crashed();
    expect((await verifyLedger(folder)).problems.map((p) => p.code)).toEqual(['BW7019']);
    expect((await ledger.append(draft(3))).number).toBe(3);
    expect(await verifyLedger(folder)).toMatchObject({ ok: true, records: 3 });
  });

  it('repairs nothing when the extra line is changed, twice there, or not alone', async () => {
    const ledger = await crashed();
    const [first = '', second = ''] = await logLines();
    for (const lines of [
      [first, second.replace('"payload":"e', '"payload":"f')],
      [first, first],
      [first, second, second],
    ]) {
      await writeFile(join(folder, 'log.ndjson'), lines.map((l) => `${l}\n`).join(''));
      await expect(ledger.append(draft(3))).rejects.toMatchObject({ code: 'BW7005' });
    }
  });

  it('reports a torn line, says how much of the log is vouched for, and appends again once it is cut', async () => {
    const ledger = await openLedger(folder, options());
    await ledger.append(draft(1));
    const whole = await readFile(join(folder, 'log.ndjson'));
    await writeFile(join(folder, 'log.ndjson'), Buffer.concat([whole, whole.subarray(0, 100)]));
    expect((await verifyLedger(folder)).problems.map((p) => [p.line, p.code])).toContainEqual([2, 'BW7020']);
    await expect(ledger.append(draft(2))).rejects.toThrow(`first ${whole.length} bytes`);
    await writeFile(join(folder, 'log.ndjson'), whole);
    expect((await ledger.append(draft(2))).number).toBe(2);
  });

  it('appends nothing to a log that lost its tail, its head or itself', async () => {
    const ledger = await openLedger(folder, options());
    await ledger.append(draft(1));
    await ledger.append(draft(2));
    const head = await readFile(join(folder, 'head.json'));
    const [first = ''] = await logLines();
    await writeFile(join(folder, 'log.ndjson'), `${first}\n`);
    await expect(ledger.append(draft(3))).rejects.toMatchObject({ code: 'BW7005' });
    await rm(join(folder, 'head.json'));
    await expect((await openLedger(folder, options())).append(draft(3))).rejects.toMatchObject({ code: 'BW7005' });
    await writeFile(join(folder, 'head.json'), head);
    await rm(join(folder, 'log.ndjson'));
    await expect(ledger.append(draft(3))).rejects.toMatchObject({ code: 'BW7005' });
  });
});
