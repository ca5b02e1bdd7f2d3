import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covered, seenIn, tree } from '../../../../../tests/support/evidence.ts';
import type { ExecutedFunction } from '../../extractors/facts.ts';
import { shownLines } from '../../extractors/runtime/lines.ts';
import { isFunction } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { parseModule, walk } from '../syntax/syntax.ts';
import { ranIn } from './ran.ts';

/** Every form of function; YES stands in those that run, NO in those that do not, in the function itself and not in an inner one. */
const FORMS = `
const YES = 1, NO = 2;
function declared(a) { return YES }
function never() { return NO }
async function slow() { await YES }
function* generated() { yield YES }
async function* both() { yield YES }
function* unstarted() { yield YES; (() => NO)() } // called, and no further: V8 counts the call
const expression = function (a) { return YES };
const named = function inner(a) { return YES };
const unnamed = async function () { return NO };
const arrow = a => YES;
const block = (a) => { return YES };
const later = async (a) => YES;
const unused = async a => { return NO };
const curried = a => b => YES;
const half = a => b => NO;
const parameters = (a = () => YES, b = function () { return NO }, { c = () => NO } = {}) => a() + YES;
const three = [() => YES, () => NO, function () { return YES }, ((a) => (YES))];
class Base {
  field = () => YES;
  other = () => NO;
  #hidden() { return YES }
  static made = function () { return NO };
  constructor(a) { YES; this.#hidden() }
  method() { return YES }
  missed() { return NO }
  async slow() { return YES }
  *steps() { yield YES }
  async *both() { yield NO }
  static create() { return YES }
  static async never() { return NO }
  get size() { return YES }
  set size(to) { NO }
  static get count() { return NO }
  static set count(to) { YES }
  ['comp' + 'uted']() { return YES }
  async ['x']() { return NO }
  'quoted'() { return YES }
  42() { return YES }
  static { (() => YES)() }
}
class Derived extends Base { constructor() { super(); YES } }
class Unused { constructor() { NO } method() { return NO } }
const anonymous = () => class { method() { return YES } };
const object = { method() { return YES }, missed() { return NO }, get size() { return YES }, set size(to) { NO },
  async slow() { return YES }, *steps() { yield NO }, ['key']() { return YES }, property: function () { return YES },
  arrow: () => YES, 'quoted name'() { return NO }, async() { return YES }, get() { return YES }, static() { return NO } };
(function () { return YES })();
!function () { YES }();
const body = () => ({ a: YES });
const nested = () => { YES; return () => { YES; return () => { NO } } };
const spaced = function
  /* ( */ odd /* { */ (a) /* ) */ { return YES };
const text = \`\${(() => YES)()}\`;
object.assigned = function () { return YES };
object.chained = object.twice = () => YES;
const emoji = '😀', after = () => YES; const before = () => NO;
declared(); slow(); [...generated()]; both().next(); unstarted(); expression(); named(); arrow(); block(); later(); curried(1)(2);
half(1); parameters(); three[0](); three[2](); three[3]();
const base = new Base(); base.field(); base.method(); base.slow(); [...base.steps()]; Base.create(); base.size; Base.count = 1;
base.computed(); base.quoted(); base[42](); new Derived(); new (anonymous())().method();
object.method(); object.size; object.slow(); object.key(); object.property(); object.arrow(); object.async(); object.get();
body(); nested()(); spaced(); object.assigned(); object.chained(); after();
`;

interface Marked {
  readonly text: string;
  readonly placed: Parameters<typeof ranIn>[1];
  readonly ran: boolean;
}

/** `outer`: by the node of the method or property around, as a caller may have it. */
const markedIn = (text: string, outer: boolean): readonly Marked[] => {
  const parsed = parseModule(text, 'a.cjs');
  if (!parsed.ok) throw new Error(parsed.error);
  const lines = shownLines(text);
  const open: { readonly node: Node; readonly parent: Node | undefined }[] = [];
  const found: Marked[] = [];
  walk(
    parsed.program,
    (node, parent) => {
      if (isFunction(node)) open.push({ node, parent });
      const fn = open.at(-1);
      if (node.type !== 'Identifier' || (node.name !== 'YES' && node.name !== 'NO') || fn === undefined || !('body' in fn.node))
        return true;
      if (found.some(({ text: known }) => known === text.slice(fn.node.start, fn.node.end))) return true;
      const holder = outer && (fn.parent?.type === 'MethodDefinition' || fn.parent?.type === 'Property') ? fn.parent : fn.node;
      const bodyNode: unknown = fn.node.body;
      const bodyStart = typeof bodyNode === 'object' && bodyNode !== null && 'start' in bodyNode ? Number(bodyNode.start) : 0;
      const placed = { place: [...lines.place(holder.start), ...lines.place(fn.node.end)], body: lines.place(bodyStart) } as const;
      found.push({ text: text.slice(fn.node.start, fn.node.end), placed, ran: node.name === 'YES' });
      return true;
    },
    (node) => void (isFunction(node) && open.pop()),
  );
  return found;
};

/** A text for each function of its own, so that each is told from the others. */
const numbered = (text: string): string => text.replace(/\bYES\b(?!,| =)|\bNO\b(?! =)/g, (word, at: number) => `(${word}, ${at})`);

describe('functions that were seen to run', () => {
  const text = numbered(FORMS);

  it.each(['cjs', 'mjs'])('are told in every form, as .%s', async (extension) => {
    const file = `all.${extension}`;
    const root = await tree({ [file]: text });
    const { executed, problems } = await seenIn({ root, coverage: [await covered(root, [file])] });
    const inFile = executed.get(file) ?? [];
    expect(problems).toEqual([]);
    for (const outer of [false, true]) {
      const marked = markedIn(text, outer);
      expect(marked.length).toBeGreaterThan(70);
      const wrong = marked.filter(({ placed, ran }) => (ranIn(inFile, placed) !== undefined) !== ran);
      expect(wrong.map((one) => one.text)).toEqual([]);
    }
  });

  it('are told by the inspector as well', async () => {
    const taker = `const { Session } = require('node:inspector'); const { writeFileSync } = require('node:fs');
const session = new Session(); session.connect(); session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
require('./all.cjs');
setTimeout(() => session.post('Profiler.takePreciseCoverage', (_, result) => writeFileSync(process.argv[2], JSON.stringify([{ id: 1, result }]))));`;
    const [root, out] = [await tree({ 'all.cjs': text }), await tree({ 'take.cjs': taker })];
    await covered(root, ['-e', `process.argv[2] = ${JSON.stringify(`${out}/taken.json`)};${taker.replace('./all', `${root}/all`)}`]);
    const inFile = (await seenIn({ root, coverage: [`${out}/taken.json`] })).executed.get('all.cjs') ?? [];
    expect(markedIn(text, false).filter(({ placed, ran }) => (ranIn(inFile, placed) !== undefined) !== ran)).toEqual([]);
  });

  it('are told by CPU profiles as far as they were sampled', async () => {
    const spin = 'const spin = () => { for (let i = 0; i < 3e6; i += 1) Math.sqrt(i) };\n';
    const spinning = text.replaceAll(/\((YES|NO), \d+\)/g, (found) => `(spin(), ${found})`);
    const program = spin + spinning;
    const root = await tree({ 'all.cjs': program });
    const out = await tree({});
    await covered(root, ['--cpu-prof', '--cpu-prof-interval', '200', '--cpu-prof-dir', out, 'all.cjs']);
    const inFile = (await seenIn({ root, coverage: [out] })).executed.get('all.cjs') ?? [];
    const marked = markedIn(program, false);
    const sampled = marked.filter(({ placed }) => ranIn(inFile, placed) !== undefined);
    expect(sampled.filter(({ ran }) => !ran)).toEqual([]);
    expect(sampled.length).toBeGreaterThan(10);
    expect(inFile.every(({ end }) => end !== undefined)).toBe(true);
  });
});

describe('ranIn', () => {
  const at = (line: number, start: number, end: number): ExecutedFunction => ({
    name: '',
    start: [line, start],
    end: [line, end],
    seen: 'x',
  });
  const fn = { place: [1, 5, 1, 30], body: [1, 12] } as const;

  it('needs beginning and end', () => {
    expect(ranIn([at(1, 5, 30)], fn)).toBeDefined();
    expect(ranIn([at(1, 11, 30)], fn)).toBeDefined();
    expect(ranIn([at(1, 12, 30)], fn)).toBeUndefined();
    expect(ranIn([at(1, 4, 30)], fn)).toBeUndefined();
    expect(ranIn([at(1, 5, 31)], fn)).toBeUndefined();
    expect(ranIn([at(2, 5, 30)], fn)).toBeUndefined();
    expect(ranIn([{ name: '', start: [1, 5], seen: 'x' }], fn)).toBeUndefined();
  });

  it('never tells one of two that end together for the other', () => {
    const column = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(fc.uniqueArray(column, { minLength: 3, maxLength: 3 }), (columns) => {
        const [outer = 0, inner = 0, end = 0] = columns.toSorted((a, b) => a - b);
        const [first, second] = [
          { place: [1, outer, 1, end], body: [1, inner] },
          { place: [1, inner, 1, end], body: [1, end] },
        ] as const;
        expect(ranIn([at(1, outer, end)], second)).toBeUndefined();
        expect(ranIn([at(1, inner, end)], first)).toBeUndefined();
      }),
    );
  });
});
