/** Puts what evidence files say to the functions of the target, and keeps count of what fits nothing. */
import { byKeys, byText } from '../../lib/order.ts';
import type { ExecutedFunction, RuntimeEvidence } from '../facts.ts';
import type { Reading } from '../reading.ts';
import { Codes, pathOf, textBelow } from './codes.ts';
import type { CoveredScript, Evidence, SampledFunction, ScriptMap } from './evidence.ts';
import type { Code, Ran } from './fit.ts';
import { fitCovered, fitSampled } from './fit.ts';
import { fitMapped } from './fit-mapped.ts';
import { languageLines, linesOfLengths, shownLines } from './lines.ts';
import type { Candidate, LockedUnit, Units } from './locate.ts';
import { Locator, segmentsOf } from './locate.ts';
import type { Generated, Source } from './source-map.ts';
import { payloadIn, segmentsOfSource, sourcesOf, statedMap } from './source-map.ts';

/** Files of the target that evidence names, by why it does not count. */
export interface Left {
  /** The text that ran was another one. */
  readonly other: readonly string[];
  /** It may as well mean another file. */
  readonly several: readonly string[];
  /** Code of packages that is not at hand. */
  readonly absent: readonly string[];
}

type Fit = (code: Code) => readonly Ran[] | undefined;
interface Fitted<U> {
  readonly candidate: Candidate<U>;
  readonly code: Code;
  readonly ran: readonly Ran[];
}

const MAX_MAP = 64 * 1024 * 1024;

export class Collector<U extends LockedUnit> {
  readonly #root: string;
  readonly #locator: Locator<U>;
  readonly #codes: Codes<U>;
  readonly #executed = new Map<string, Map<string, ExecutedFunction>>();
  readonly #left = { other: new Set<string>(), several: new Set<string>(), absent: new Set<string>() };

  /** `root`: real path of the target. */
  constructor(reading: Pick<Reading, 'root' | 'readText' | 'files'>, root: string, units: Units<U>) {
    this.#root = reading.root;
    const own = reading.files.map(({ uri }) => uri);
    this.#locator = new Locator(root, own, units.units.values());
    this.#codes = new Codes(reading, units);
  }

  /** `seen`: the evidence file, as the user knows it. */
  async add(evidence: Evidence, seen: string): Promise<void> {
    for (const script of evidence.scripts) await this.#script(script, evidence.maps.get(script.url), seen);
    for (const [url, functions] of evidence.sampled) await this.#profile(url, functions, seen);
  }

  get evidence(): RuntimeEvidence {
    const byPlace = byKeys<ExecutedFunction>(
      ({ start }) => start[0],
      ({ start }) => start[1],
      ({ end }) => -(end?.[0] ?? 0),
      ({ end }) => -(end?.[1] ?? 0),
    );
    const files = [...this.#executed].sort(([a], [b]) => byText(a, b));
    return { executed: new Map(files.map(([path, found]) => [path, [...found.values()].sort(byPlace)])) };
  }

  get left(): Left {
    const never = (paths: ReadonlySet<string>) => [...paths].filter((path) => !this.#executed.has(path)).sort(byText);
    return { other: never(this.#left.other), several: never(this.#left.several), absent: never(this.#left.absent) };
  }

  async #script(script: CoveredScript, map: ScriptMap | undefined, seen: string): Promise<void> {
    const segments = segmentsOf(script.url);
    if (segments === undefined || !script.functions.some(({ ran }) => ran)) return;
    if (map?.lineLengths !== undefined && isOf(script, map.lineLengths)) {
      const [module, ...functions] = script.functions;
      const lines = linesOfLengths(map.lineLengths);
      const sources = sourcesOf(
        map.payload,
        functions.filter(({ ran }) => ran),
        lines,
        module?.ran === true,
      );
      await this.#sources(sources, segments, map.payload, seen);
      await this.#direct(segments, (code) => fitCovered(script, code), seen, true);
      return;
    }
    await this.#read(segments, (code) => fitCovered(script, code), seen);
  }

  async #profile(url: string, functions: readonly SampledFunction[], seen: string): Promise<void> {
    const segments = segmentsOf(url);
    if (segments === undefined) return;
    const fit: Fit = (code) => {
      const lines = languageLines(code.text);
      return fitSampled(functions, code, (line, column) => lines.offset(line, column));
    };
    await this.#read(segments, fit, seen);
  }

  /** The text must tell itself what it was written from. */
  async #read(segments: readonly string[], fit: Fit, seen: string): Promise<void> {
    const fitted = (await this.#direct(segments, fit, seen, false)) ?? (await this.#built(segments, fit));
    if (fitted === undefined || fitted.candidate.unit !== undefined) return;
    const { candidate, code, ran } = fitted;
    const payload = await this.#mapOf(candidate.path, code.text);
    if (payload === undefined) return;
    const functions = ran.flatMap(({ name, shape }): Generated[] =>
      shape === undefined ? [] : [{ name, start: shape.start, end: shape.end }],
    );
    const moduleRan = ran.length > functions.length;
    await this.#sources(sourcesOf(payload, functions, languageLines(code.text), moduleRan), segments, payload, seen);
  }

  /** Counts what ran when exactly one of the files that may be meant has that text. */
  async #direct(segments: readonly string[], fit: Fit, seen: string, quiet: boolean): Promise<Fitted<U> | undefined> {
    const fitting: Fitted<U>[] = [];
    for (const candidate of this.#locator.find(segments)) {
      const fitted = await this.#fitted(candidate, fit);
      if (typeof fitted === 'object') fitting.push(...(fitted.ran.length > 0 ? [fitted] : []));
      else if (!quiet) this.#left[fitted].add(pathOf(candidate));
    }
    const [only, ...others] = fitting;
    if (others.length > 0) for (const { candidate } of fitting) this.#left.several.add(pathOf(candidate));
    if (only === undefined || others.length > 0) return undefined;
    this.#keep(only.candidate, only.code, only.ran, seen);
    return only;
  }

  async #fitted(candidate: Candidate<U>, fit: Fit): Promise<Fitted<U> | 'absent' | 'other'> {
    const code = await this.#codes.of(candidate);
    if (code === undefined) return candidate.unit === undefined ? 'other' : 'absent';
    const ran = fit(code);
    return ran === undefined ? 'other' : { candidate, code, ran };
  }

  /** What a build wrote below the root, which git ignores: no file of the target, but it says what it was written from. */
  async #built(segments: readonly string[], fit: Fit): Promise<Fitted<U> | undefined> {
    if (segments.includes('node_modules')) return undefined;
    const inside = this.#locator.inside(segments);
    const ends = inside === undefined ? segments.map((_, index) => segments.slice(index).join('/')) : [inside];
    for (const path of ends.slice(-6)) {
      const code = await this.#codes.ignored(path);
      const ran = code === undefined ? undefined : fit(code);
      if (code !== undefined && ran !== undefined) return { candidate: { unit: undefined, path }, code, ran };
    }
    return undefined;
  }

  async #mapOf(path: string, text: string): Promise<object | undefined> {
    const stated = statedMap(text);
    if (stated === undefined || 'payload' in stated) return stated?.payload;
    const file = segmentsOf(`${path.slice(0, path.lastIndexOf('/') + 1)}${stated.file}`);
    const content = file === undefined ? undefined : await textBelow(this.#root, file.join('/'), MAX_MAP);
    return content === undefined ? undefined : payloadIn(content);
  }

  async #sources(sources: readonly Source[], script: readonly string[], payload: object, seen: string): Promise<void> {
    for (const source of sources) {
      const segments = segmentsOfSource(script, payload, source.name);
      if (segments === undefined) continue;
      // maps of packages name sources that they do not ship
      await this.#direct(segments, (code) => fitMapped(source, code), seen, segments.includes('node_modules'));
    }
  }

  #keep(candidate: Candidate<U>, { text }: Code, ran: readonly Ran[], seen: string): void {
    const path = pathOf(candidate);
    const known = this.#executed.get(path) ?? new Map<string, ExecutedFunction>();
    this.#executed.set(path, known);
    const lines = shownLines(text);
    for (const { name, shape } of ran) {
      const [from, to] = shape === undefined ? [0, text.length] : [shape.start, shape.end];
      const key = shape === undefined ? '' : `${from}-${to}`; // a function may be the whole text
      if (!known.has(key)) known.set(key, { name, start: lines.place(from), end: lines.place(to), seen });
    }
  }
}

/** The map is of this text: it ends where the module does. */
const isOf = ({ functions }: CoveredScript, lengths: readonly number[]): boolean => {
  const module = functions[0];
  return module?.start !== 0 || module.end === lengths.reduce((sum, length) => sum + length + 1, -1);
};
