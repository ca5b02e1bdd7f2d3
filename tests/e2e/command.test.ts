/** The command line as a contract: exit codes, wrong words, pipes, Ctrl-C, the same bytes twice. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BIN, openWorld, type World } from '../support/command.ts';

let world: World;
beforeEach(() => {
  world = openWorld();
});
afterEach(() => world.remove());

const put = (uri: string, content: string): void => {
  const path = join(world.folder, uri);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
};
const APP = (): void => {
  put('Dockerfile', 'FROM node:20.11.1\nUSER node\nCMD ["node", "server.js"]\n');
  put('server.js', "console.log('up');\n");
};

describe('wrong words', () => {
  it.each([
    [['scan', '--fial-on', 'high'], 'there is no flag --fial-on for scan', 'breakwater scan --fail-on high'],
    [['scna'], 'there is no command scna', 'breakwater scan'],
    [['scan', '--format', 'jsno'], 'there is no format jsno', '--format json'],
    [['scan', '--skip', 'secret'], 'there is no control secret', 'Did you mean secrets?'],
    [['scan', '--jobs', 'many'], '--jobs takes a whole number', ''],
    [['scan', '--fail-on', 'severity =='], '--fail-on', 'severity'],
    [['explain', 'BW2070'], 'there is no error BW2070', 'BW20'],
    [['completion', 'tcsh'], 'there is no completion for tcsh', 'bash, zsh, fish'],
  ])('%j', async (args, message, help) => {
    APP();
    const ended = await world.run(args);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(message);
    expect(ended.stderr).toContain(help);
    expect(ended.stdout).toBe('');
  });
});

describe('help', () => {
  it.each([
    [['--help']],
    [['scan', '--help']],
    [['explain', '--help']],
    [['fix', '--help']],
    [['evidence', 'verify', '--help']],
    [['advisories', 'build', '--help']],
  ])('%j has examples and ends in 0', async (args) => {
    const ended = await world.run(args);
    expect([ended.code, ended.stdout]).toEqual([0, expect.stringContaining('Examples')]);
  });
  it('prints the version', async () => expect((await world.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/));
});

describe('completion', () => {
  it('is a script that bash accepts, and knows the flags', async () => {
    const { stdout } = await world.run(['completion', 'bash']);
    put('completion.bash', stdout);
    const shell = spawnSync(
      'bash',
      ['-c', `source completion.bash; COMP_WORDS=(breakwater scan --fa); COMP_CWORD=2; _breakwater; echo "\${COMPREPLY[*]}"`],
      { cwd: world.folder, encoding: 'utf8' },
    );
    expect(shell.stdout.trim()).toBe('--fail-on');
  });
});

describe('a scan', () => {
  it('passes where nothing is wrong, and says what it did not look at', async () => {
    APP();
    const ended = await world.run(['scan']);
    expect([ended.code, ended.stdout]).toEqual([0, expect.stringMatching(/✔ passed: 0 to act on/)]);
    expect(ended.stdout).toContain('Not looked at:');
    expect(ended.stderr).toBe('');
  });

  it('gives the same bytes for the same input', async () => {
    put('a/Dockerfile', 'FROM node:latest\nUSER root\n');
    put('b/Dockerfile', 'FROM node:latest\nUSER root\n');
    const once = await world.run(['scan', 'a', '--format', 'json']);
    const again = await world.run(['scan', 'a', '--format', 'json', '--jobs', '1'], {
      environment: { SOURCE_DATE_EPOCH: '1795600000', LANG: 'C' },
    });
    expect(again.stdout).toBe(once.stdout);
    const sarif = async (folder: string) => (await world.run(['scan', folder, '--format', 'sarif'])).stdout;
    expect(await sarif('a')).toBe(await sarif('a'));
  });

  it('writes each format to its file and the report to stdout', async () => {
    APP();
    const ended = await world.run([
      'scan',
      '--format',
      'json=out/a.json',
      '--format',
      'sarif=out/a.sarif',
      '--format',
      'html=out/a.html',
      '--format',
      'markdown=out/a.md',
    ]);
    expect(ended.stdout).toContain('passed');
    expect(JSON.parse(readFileSync(join(world.folder, 'out/a.json'), 'utf8')).schemaVersion).toBe('1');
    expect(JSON.parse(readFileSync(join(world.folder, 'out/a.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(join(world.folder, 'out/a.html'), 'utf8')).toMatch(/^<!doctype html>/i);
    expect(readFileSync(join(world.folder, 'out/a.md'), 'utf8')).toContain('passed');
  });

  it('has no colour in a pipe, some with FORCE_COLOR, and letters of ASCII where nothing else is known', async () => {
    APP();
    const plain = await world.run(['scan'], { environment: { NO_COLOR: '' } });
    const forced = await world.run(['scan'], { environment: { NO_COLOR: '', FORCE_COLOR: '1' } });
    const ascii = await world.run(['scan'], { environment: { LANG: 'C', LC_ALL: 'C' } });
    expect(plain.stdout).not.toContain('\u001b');
    expect(forced.stdout).toContain('\u001b[36m✔');
    expect([...ascii.stdout].filter((letter) => letter.charCodeAt(0) > 0x7f)).toEqual([]);
    expect(ascii.stdout).toContain('+ passed');
  });

  it('takes flags from the environment, and --report-only never blocks', async () => {
    put('Dockerfile', 'FROM node:latest\nUSER root\n');
    expect((await world.run(['scan'], { environment: { BREAKWATER_FAIL_ON: 'any' } })).code).toBe(1);
    expect((await world.run(['scan', '--report-only', '--fail-on', 'any'])).code).toBe(0);
  });

  it('says in CI, line by line, what ended', async () => {
    APP();
    expect((await world.run(['scan'], { environment: { CI: 'true' } })).stderr).toMatch(/✔ secrets +\d/);
  });

  it('survives a reader that goes away', () => {
    APP();
    const script = `"${process.execPath}" "${BIN}" scan --all --format json | head -c 1; exit \${PIPESTATUS[0]}`;
    const shell = spawnSync('bash', ['-c', script], { cwd: world.folder, env: world.environment, encoding: 'utf8' });
    expect([shell.status, shell.stderr]).toEqual([0, '']);
  });

  it('leaves nothing in `git status` but what was there', async () => {
    APP();
    execFileSync('git', ['init', '-q', world.folder]);
    execFileSync('git', ['-C', world.folder, 'add', '.']);
    execFileSync('git', ['-C', world.folder, 'commit', '-qm', 'start'], { env: world.environment });
    await world.run(['scan']);
    expect(execFileSync('git', ['-C', world.folder, 'status', '--porcelain'], { encoding: 'utf8' })).toBe('');
  });
});

describe('Ctrl-C', () => {
  it('ends in 130, without a verdict and without a stack trace', async () => {
    APP();
    const text = `export const x = '${'lorem ipsum dolor '.repeat(2_000)}';\n`;
    for (let i = 0; i < 1_500; i += 1) put(`src/f${i}.js`, text);
    const child = spawn(process.execPath, [BIN, 'scan'], { cwd: world.folder, env: { ...world.environment, CI: 'true' } });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    // The first line comes when the small control has ended and the large one is under way.
    child.stderr.once('data', () => child.kill('SIGINT'));
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    expect(output).not.toMatch(/error|\bat .+:\d+:\d+|passed/);
  });
});

describe('evidence', () => {
  it('is kept for each run and verified; a changed byte is found', async () => {
    APP();
    await world.run(['scan']);
    await world.run(['scan']);
    expect((await world.run(['evidence', 'verify'])).code).toBe(0);
    const log = join(world.folder, '.breakwater/evidence/log.ndjson');
    const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean);
    expect(lines).toHaveLength(4);
    expect((await world.run(['evidence', 'log'])).stdout.split('\n').filter(Boolean)).toHaveLength(4);
    writeFileSync(log, `${[lines[0], lines[2], lines[3]].join('\n')}\n`);
    const broken = await world.run(['evidence', 'verify']);
    expect([broken.code, broken.stdout]).toEqual([1, expect.stringContaining('not whole')]);
    // Nothing is appended to a damaged log: the next scan says so and is no pass.
    const next = await world.run(['scan']);
    expect([next.code, next.stdout]).toEqual([4, expect.stringMatching(/evidence/)]);
  });
});
