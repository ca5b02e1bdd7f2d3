/** The certificate of `unreachable`, checked again from outside: by Node's resolver, by a search of texts, and by running programs. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModuleGraph } from '../../packages/engine/src/extractors/facts.ts';
import { application, filesOf, graphIn, NAMES, scanned } from './generated.ts';
import { recheck, ruledOut } from './recheck.ts';

const CHECKOUT = join(import.meta.dirname, '../../examples/checkout');
const SLOW = 240_000;
const quiet = Object.fromEntries(NAMES.map((x) => [x, { index: '', one: '' }])) as Parameters<typeof filesOf>[0]['packages']; // one for each name

describe('the certificate of examples/checkout', () => {
  it.skipIf(!existsSync(join(CHECKOUT, 'node_modules')))(
    'holds for every package that it rules out',
    async () => {
      const graph = await graphIn(CHECKOUT);
      expect(ruledOut(graph).length).toBeGreaterThan(100);
      expect(recheck(CHECKOUT, graph)).toEqual([]);
    },
    SLOW,
  );
});

describe('the certificate of a generated application', () => {
  it(
    'holds, and nothing that Node loads when it runs is ruled out',
    async () => {
      const log = join(mkdtempSync(join(tmpdir(), 'bw-log-')), 'log.cjs');
      writeFileSync(log, LOG);
      let certified = 0;
      let opened = 0;
      for (const each of fc.sample(application, { numRuns: 36, seed: 20_261_124 })) {
        const { root, graph } = await scanned(filesOf(each));
        const absent = ruledOut(graph);
        certified += absent.length;
        opened += graph.open.length > 0 ? 1 : 0;
        const loaded = JSON.parse(execFileSync(process.execPath, ['-r', log, 'index.js'], { cwd: root, encoding: 'utf8' })) as string[]; // LOG prints paths
        const names = new Set(loaded.flatMap((file) => /node_modules\/(\w)\//.exec(file)?.[1] ?? []));
        expect({ each, wrong: absent.filter((place) => names.has(place.slice(-1))) }).toEqual({ each, wrong: [] });
        if (graph.open.length === 0) expect({ each, wrong: recheck(root, graph) }).toEqual({ each, wrong: [] });
      }
      expect(certified).toBeGreaterThan(15);
      expect(opened).toBeGreaterThan(5);
    },
    SLOW,
  );

  const without = (graph: ModuleGraph, place: string): ModuleGraph => ({
    ...graph,
    loaded: new Map([...graph.loaded].filter(([each]) => each !== place)),
  });

  it('is refused when it is forged: a package that is loaded is left out', async () => {
    const { root, graph } = await scanned(
      filesOf({ own: "require('a')", packages: { ...quiet, a: { index: "require('b/lib/one')", one: '' } } }),
    );
    expect(recheck(root, graph)).toEqual([]);
    expect(recheck(root, without(graph, 'node_modules/b'))).toEqual(['Node finds node_modules/b']);
  });

  it.each([
    ['eval(text)', /code from text/],
    ["require('./x.node')", /native/],
  ])('is refused when it hides %s', async (text, complaint) => {
    const { root, graph } = await scanned({ ...filesOf({ own: text, packages: quiet }), 'x.node': '' });
    const forged = { ...graph, open: [], maybe: new Map() };
    expect(recheck(root, forged).join('\n')).toMatch(complaint);
  });

  it('is refused while a site is open', async () => {
    const { root, graph } = await scanned(filesOf({ own: 'require(process.env.NAME)', packages: quiet }));
    expect(ruledOut(graph)).toEqual([]);
    expect(recheck(root, { ...graph, maybe: new Map() }).join('\n')).toMatch(/open: index.js/);
  });

  it.each([
    ['nothing is started', { 'package.json': '{"name":"app"}', 'index.js': '', 'other.js': '' }],
    ['what is started is not there', { 'package.json': '{"scripts":{"start":"node out/gone.js"}}' }],
  ])('is not given where %s', async (_, files) => {
    const { 'index.js': _unused, ...rest } = filesOf({ own: '', packages: quiet });
    const { graph } = await scanned({ ...rest, ...Object.fromEntries(Object.entries(files).filter(([path]) => path !== 'index.js')) });
    expect(ruledOut(graph)).toEqual([]);
  });
});

const LOG = `
const Module = require('node:module');
const seen = new Set();
const resolve = Module._resolveFilename;
Module._resolveFilename = function (...args) { const path = resolve.apply(this, args); seen.add(path); return path; };
process.on('uncaughtException', () => undefined);
process.on('exit', () => { process.stdout.write(JSON.stringify([...seen, ...Object.keys(require.cache)])); process.exitCode = 0; });
`;
