import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Ended } from './process.ts';
import type { Sandbox } from './sandbox.ts';
import { openSandbox } from './sandbox.ts';

const scratch = await mkdtemp(join(tmpdir(), 'breakwater-sandbox-'));
const opened = await openSandbox(scratch, false);
afterAll(() => rm(scratch, { recursive: true, force: true }));

const LIMITS = { milliseconds: 20_000, outputBytes: 64 * 1024 };

/** Runs a script of Node in a project folder of its own. */
const inside = async (script: string, limits = LIMITS): Promise<Ended & { readonly folder: string }> => {
  const folder = await mkdtemp(join(scratch, 'project-'));
  await writeFile(join(folder, 'run.cjs'), script);
  if (opened.kind === 'none') throw new Error(opened.reason);
  return { folder, ...(await opened.run(folder, [opened.tools.node, 'run.cjs'], limits)) };
};

describe.skipIf(opened.kind === 'none')(`sandbox: ${opened.kind === 'none' ? opened.reason : opened.kind}`, () => {
  it('reaches no server of the machine', async () => {
    const reached: string[] = [];
    const server = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.end('in');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { output } = await inside(
      `fetch('http://127.0.0.1:${port}/').then(() => console.log('reached'), (e) => console.log('refused', e.cause.code))`,
    );
    server.close();
    expect(output).toContain('refused ECONNREFUSED');
    expect(reached).toEqual([]);
  });

  it('has a loopback of its own, for tests that start a server', async () => {
    const { output } = await inside(
      `const s = require('http').createServer((q, r) => r.end('own')).listen(0, '127.0.0.1', () => fetch('http://127.0.0.1:' + s.address().port).then((r) => r.text()).then((t) => { console.log(t); process.exit(); }));`,
    );
    expect(output.trim()).toBe('own');
  });

  it('sees no variable of ours and no home of ours', async () => {
    process.env['BREAKWATER_TEST_TOKEN'] = 'very-secret';
    const home = process.env['HOME'] ?? '/root';
    const { output } = await inside(
      `console.log(JSON.stringify([process.env, require('os').homedir(), require('fs').existsSync(${JSON.stringify(join(home, '.npmrc'))}), require('fs').readdirSync('/proc').filter((n) => /^\\d+$/.test(n)).length]))`,
    );
    delete process.env['BREAKWATER_TEST_TOKEN'];
    const [env, ownHome, sees, processes] = JSON.parse(output);
    expect(output).not.toContain('very-secret');
    expect(Object.keys(env).toSorted()).toEqual(expect.arrayContaining(['CI', 'HOME', 'LANG', 'NODE_ENV', 'PATH', 'TMPDIR']));
    expect(ownHome).toBe('/tmp/home');
    expect(sees).toBe(false);
    expect(processes).toBeLessThan(5);
  });

  it('writes to its project and its own temporary folder only', async () => {
    const target = join(scratch, 'outside');
    await mkdir(target, { mode: 0o777 });
    const script = `const fs = require('fs');
      const can = (p) => { try { fs.writeFileSync(p, 'x'); return true; } catch { return false; } };
      console.log(JSON.stringify(['/project/a', '/tmp/a', '/tmp/home/a', '/usr/a', '/etc/a', '/a', '/proc/sys/kernel/hostname', ${JSON.stringify(`${target}/a`)}].map(can)));`;
    const { output, folder } = await inside(script);
    expect(JSON.parse(output)).toEqual([true, true, true, false, false, false, false, false]);
    const shows = await access(join(folder, 'a')).then(
      () => true,
      () => false,
    );
    expect(shows).toBe(opened.kind !== 'none' && !opened.layered);
    await expect(access(join(target, 'a'))).rejects.toThrow();
  });

  it('cannot get rights back', async () => {
    const script = `const { execFileSync } = require('child_process');
      const tries = [['unshare', '-Urm', 'mount', '-t', 'tmpfs', 'x', '/usr'], ['mount', '-o', 'remount,rw', '/usr'], ['umount', '/proc'], ['chroot', '/proc/1/root', '/bin/true']];
      console.log(tries.map(([f, ...a]) => { try { execFileSync(f, a, { stdio: 'ignore', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } }); return 'ok'; } catch { return 'no'; } }).slice(0, 3).join());
      console.log(require('fs').readFileSync('/proc/self/status', 'utf8').match(/CapEff:\\s*(\\w+)/)[1]);`;
    const lines = (await inside(script)).output.trim().split('\n');
    expect(lines).toEqual(['no,no,no', '0000000000000000']);
  });

  it('ends a fork bomb at the limit of processes', async () => {
    const script = `const { spawn } = require('child_process');
      let n = 0; const more = () => { const c = spawn('sleep', ['60'], { stdio: 'ignore' }); c.on('error', (e) => { console.log(e.code, n); process.exit(3); }); n += 1; if (n < 2000) setImmediate(more); else { console.log('unbounded'); process.exit(0); } }; more();`;
    const { output, exit } = await inside(script);
    expect(output).toMatch(/^EAGAIN \d+/);
    expect(Number(output.split(' ')[1])).toBeLessThan(600);
    expect(exit).toBe(3);
  });

  it('takes everything down when time is up, sessions of their own included', async () => {
    const marker = `${process.pid}.${scratch.length}7`;
    const script = `require('child_process').spawn('setsid', ['sleep', '${marker}'], { detached: true, stdio: 'ignore' }); setInterval(() => {}, 1000);`;
    const { ended } = await inside(script, { ...LIMITS, milliseconds: 2_500 });
    expect(ended).toBe('timeout');
    expect(await isRunning(marker)).toBe(false);
  });

  it('ends what prints without end, and keeps the last of it', async () => {
    const { ended, output } = await inside(`for (;;) require('fs').writeSync(1, 'x'.repeat(65536))`, { ...LIMITS, outputBytes: 4096 });
    expect(ended).toBe('too-much-output');
    expect(output.length).toBeLessThanOrEqual(4096);
  });

  it('ends when the caller gives up', async () => {
    const folder = await mkdtemp(join(scratch, 'project-'));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const ended = await (opened as Sandbox).run(folder, ['/bin/sleep', '60'], LIMITS, stop.signal); // none was skipped above
    expect(ended.ended).toBe('aborted');
  });
});

const isRunning = async (marker: string): Promise<boolean> => {
  const { readdir, readFile } = await import('node:fs/promises');
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.some((line) => line.includes(`sleep\0${marker}`));
};

it('without a sandbox, trust runs bare, still with none of our variables', async () => {
  process.env['BREAKWATER_TEST_TOKEN'] = 'very-secret';
  const bare = await openSandbox(scratch, true);
  const folder = await mkdtemp(join(scratch, 'bare-'));
  const ended = bare.kind === 'none' ? undefined : await bare.run(folder, ['/bin/sh', '-c', 'env'], LIMITS);
  delete process.env['BREAKWATER_TEST_TOKEN'];
  expect(bare.kind).toBe('bare');
  expect(ended?.output).toContain('CI=true');
  expect(ended?.output).not.toContain('very-secret');
});
