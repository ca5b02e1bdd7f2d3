/** Known exploits against what was derived for their advisory: is the function with the sink among it, or near it? */
import { readFile } from 'node:fs/promises';
import { compare, gte } from 'semver';
import { packageDeriver } from '../../packages/engine/src/advisories/derive/derive.ts';
import type { Published, Registry } from '../../packages/engine/src/advisories/derive/registry.ts';
import type { Release } from '../../packages/engine/src/advisories/derive/scope.ts';
import { shapeOf } from '../../packages/engine/src/advisories/derive/shape.ts';
import type { AdvisoryFacts, DerivedFunctions } from '../../packages/engine/src/extractors/facts.ts';
import { functionsIn, functionsOfRelease, graphOf, type Known, keyOf, lastPart, stepsTo } from './functions.ts';

export interface Exploit {
  readonly id: string;
  readonly class: string;
  readonly package: string;
  readonly version: string;
  readonly cve: readonly string[];
  readonly ghsa: readonly string[];
  readonly sinkFile?: string;
  readonly sinkLine?: number;
  readonly sinkColumn?: number;
  /** As the corpus found it; many exploits have no advisory of their own. */
  readonly fixedVersion?: string;
}

export type Outcome = 'changed' | '1 step' | '2 steps' | 'same file' | 'elsewhere' | 'no functions' | 'not located';

/** Written by this project's own research (facts.json). */
export const readExploits = async (file: string): Promise<readonly Exploit[]> => JSON.parse(await readFile(file, 'utf8'));

const advisoryOf = (exploit: Exploit, advisories: readonly AdvisoryFacts[]): AdvisoryFacts | undefined => {
  const ids = new Set([...exploit.cve, ...exploit.ghsa]);
  const matching = advisories.filter((facts) => [facts.id, ...facts.aliases].some((id) => ids.has(id)));
  return matching.find((facts) => facts.derived !== undefined) ?? matching[0];
};

/** By its advisory; where that has nothing to compare, by the fixed version that the corpus names. */
export const derivedFor = async (
  registry: Registry,
  exploit: Exploit,
  advisories: readonly AdvisoryFacts[],
): Promise<DerivedFunctions | undefined> => {
  const known = advisoryOf(exploit, advisories)?.derived;
  if (known !== undefined || exploit.fixedVersion === undefined) return known;
  const events = [{ introduced: '0' }, { fixed: exploit.fixedVersion }];
  const derived = await packageDeriver(registry, exploit.package).derive({ ranges: [{ type: 'SEMVER', events }] });
  return derived.ok ? derived.value : undefined;
};

const offsetOf = (text: string, line: number, column: number): number => {
  let at = 0;
  for (let left = line; left > 1; left -= 1) {
    const next = text.indexOf('\n', at);
    if (next < 0) return -1;
    at = next + 1;
  }
  return at + Math.max(0, column - 1);
};

const innermost = (functions: readonly Known[], offset: number): Known | undefined =>
  functions.filter((one) => one.start <= offset && offset < one.end).sort((a, b) => a.end - a.start - (b.end - b.start))[0];

/** The body of a function, to find it again under another name. */
const bodyOf = (text: string, file: string, name: string): string | undefined =>
  shapeOf(text, file)?.functions.find((piece) => piece.fn.name === name)?.named;

const load = async (registry: Registry, name: string, published: readonly Published[], version: string) => {
  const one = published.find((item) => item.version === version);
  const release = one === undefined ? undefined : await registry.releaseOf(name, one);
  return release?.ok ? release.value : undefined;
};

interface Sides {
  readonly attacked: Release;
  /** The last vulnerable release. */
  readonly last: Release;
}

/** The function with the sink, in the last vulnerable release: by name, else by body, else by the last part of its name. */
const sinkIn = ({ attacked, last }: Sides, { sinkFile = '', sinkLine = 0, sinkColumn = 1 }: Exploit): Known | undefined => {
  const [text, there] = [attacked.files.get(sinkFile), last.files.get(sinkFile)];
  if (text === undefined || there === undefined) return undefined;
  const sink = innermost(functionsIn(sinkFile, text), offsetOf(text, sinkLine, sinkColumn));
  if (sink === undefined) return undefined;
  const body = bodyOf(text, sinkFile, sink.name);
  const all = functionsIn(sinkFile, there);
  return (
    all.find((one) => one.name === sink.name) ??
    all.find((one) => body !== undefined && bodyOf(there, sinkFile, one.name) === body) ??
    all.find((one) => lastPart(one.name) === lastPart(sink.name))
  );
};

/** Of several branches the one that the attacked version is in. */
const pairFor = (version: string, { pair, others = [] }: DerivedFunctions): DerivedFunctions['pair'] =>
  [pair, ...others].filter((one) => gte(one.vulnerable, version)).sort((a, b) => compare(a.vulnerable, b.vulnerable))[0] ?? pair;

/** The corpus sometimes names a file without its folders. */
const placed = (release: Release, exploit: Exploit): Exploit => {
  const { sinkFile = '' } = exploit;
  const ending = [...release.files.keys()].filter((file) => file === sinkFile || file.endsWith(`/${sinkFile}`));
  const [only, ...more] = ending.includes(sinkFile) ? [sinkFile] : ending;
  return only === undefined || more.length > 0 ? exploit : { ...exploit, sinkFile: only };
};

const near = (last: Release, sink: Known, derived: DerivedFunctions): Outcome => {
  const goals = new Set(derived.functions.map(keyOf));
  const steps = stepsTo(graphOf(functionsOfRelease(last)), keyOf(sink), goals, STEPS.length - 1);
  if (steps !== undefined) return STEPS[steps] ?? 'elsewhere';
  return derived.functions.some((one) => one.file === sink.file) ? 'same file' : 'elsewhere';
};

const STEPS = ['changed', '1 step', '2 steps'] as const;

export const judge = async (registry: Registry, exploit: Exploit, derived: DerivedFunctions): Promise<Outcome> => {
  const published = await registry.versionsOf(exploit.package);
  if (!published.ok) return 'not located';
  const attacked = await load(registry, exploit.package, published.value, exploit.version);
  const last = await load(registry, exploit.package, published.value, pairFor(exploit.version, derived).vulnerable);
  const sink = attacked === undefined || last === undefined ? undefined : sinkIn({ attacked, last }, placed(attacked, exploit));
  if (sink === undefined || last === undefined) return 'not located';
  return derived.functions.length === 0 ? 'no functions' : near(last, sink, derived);
};
