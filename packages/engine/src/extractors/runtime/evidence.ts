/** What an evidence file says, whoever wrote it: V8's coverage (Node, the inspector, browsers' drivers) and CPU profiles. */

/** One function as V8's coverage has it: UTF-16 offsets into the script's text as V8 saw it. */
export interface CoveredFunction {
  readonly name: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly ran: boolean;
}

export interface CoveredScript {
  readonly url: string;
  readonly functions: readonly CoveredFunction[];
}

/** One function that a CPU profile saw on the stack: 0-based line and column (UTF-16) of its parameters. */
export interface SampledFunction {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** How a script came about, from `source-map-cache` of Node's coverage. */
export interface ScriptMap {
  /** UTF-16 length of each line of the text that V8 ran, without its end. */
  readonly lineLengths: readonly number[] | undefined;
  /** A source map as read; not checked. */
  readonly payload: object;
}

export interface Evidence {
  readonly scripts: readonly CoveredScript[];
  /** By url. */
  readonly sampled: ReadonlyMap<string, readonly SampledFunction[]>;
  /** By url. */
  readonly maps: ReadonlyMap<string, ScriptMap>;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Wrappers one inside the other: `{ id, result: { result: [ … ] } }`, lists of such. */
const DEEPEST = 6;
const WRAPPERS = ['result', 'profile', 'params', 'rawScriptCoverage'];

/** undefined when the value is no evidence at all. Scripts of Node itself and evaluated text are left out. */
export const evidenceIn = (value: unknown): Evidence | undefined => {
  const found = new Found();
  found.take(value, 0);
  return found.recognised ? found : undefined;
};

class Found implements Evidence {
  readonly scripts: CoveredScript[] = [];
  readonly sampled = new Map<string, SampledFunction[]>();
  readonly maps = new Map<string, ScriptMap>();
  recognised = false;

  take(value: unknown, depth: number): void {
    if (depth > DEEPEST) return;
    if (Array.isArray(value)) for (const item of value) this.take(item, depth + 1);
    else if (isFields(value)) this.#takeFields(value, depth);
  }

  #takeFields(value: Fields, depth: number): void {
    const { nodes, samples, url, functions } = value;
    if (Array.isArray(nodes) && ('timeDeltas' in value || 'startTime' in value)) this.#profile(nodes, samples);
    else if (typeof url === 'string' && Array.isArray(functions)) this.#script(url, functions);
    else this.#wrapper(value, depth);
  }

  #wrapper(value: Fields, depth: number): void {
    if (Array.isArray(value['result'])) this.recognised = true;
    for (const key of WRAPPERS) if (key in value) this.take(value[key], depth + 1);
    const maps = value['source-map-cache'];
    if (isFields(maps)) for (const [url, map] of Object.entries(maps)) this.#map(url, map);
  }

  #script(url: string, functions: readonly unknown[]): void {
    this.recognised = true;
    if (isFile(url)) this.scripts.push({ url, functions: functions.flatMap((item) => coveredIn(item)) });
  }

  #map(url: string, map: unknown): void {
    if (!isFields(map) || !isFields(map['data'])) return;
    const lengths = map['lineLengths'];
    const lineLengths = Array.isArray(lengths) && lengths.every(isCount) ? lengths : undefined;
    this.maps.set(url, { lineLengths, payload: map['data'] });
  }

  #profile(nodes: readonly unknown[], samples: unknown): void {
    this.recognised = true;
    for (const { callFrame } of ranNodes(nodes, Array.isArray(samples) ? samples : [])) {
      if (!isFields(callFrame)) continue;
      const { url, functionName: name, lineNumber: line, columnNumber: column } = callFrame;
      if (typeof url !== 'string' || typeof name !== 'string' || !isFile(url) || !isCount(line) || !isCount(column)) continue;
      const known = this.sampled.get(url) ?? [];
      known.push({ name, line, column });
      this.sampled.set(url, known);
    }
  }
}

const coveredIn = (item: unknown): readonly CoveredFunction[] => {
  if (!isFields(item) || typeof item['functionName'] !== 'string' || !Array.isArray(item['ranges'])) return [];
  const range: unknown = item['ranges'][0]; // the others are blocks of it
  if (!isFields(range)) return [];
  const { startOffset: start, endOffset: end, count } = range;
  if (!isCount(start) || !isCount(end) || end < start || typeof count !== 'number') return [];
  return [{ name: item['functionName'], start, end, ran: count > 0 }];
};

/** A node ran when it was sampled, or anything that it called was: all of a sampled stack did run. */
const ranNodes = (nodes: readonly unknown[], samples: readonly unknown[]): readonly Fields[] => {
  const byId = new Map<unknown, Fields>();
  const parents = new Map<unknown, unknown>();
  for (const node of nodes.filter(isFields)) {
    const { id, parent, children } = node;
    byId.set(id, node);
    if (parent !== undefined) parents.set(id, parent);
    for (const child of Array.isArray(children) ? children : []) parents.set(child, id);
  }
  const ran = new Set<unknown>();
  const hit = [...byId].filter(([, node]) => isCount(node['hitCount']) && node['hitCount'] > 0).map(([id]) => id);
  for (const id of [...hit, ...samples]) for (let at: unknown = id; byId.has(at) && !ran.has(at); at = parents.get(at)) ran.add(at);
  return [...byId].filter(([id]) => ran.has(id)).map(([, node]) => node);
};

/** A file on some disk: `file:` or an absolute path of either kind. */
const isFile = (url: string): boolean => url.startsWith('file:') || /^(?:\/|[A-Za-z]:[\\/])/.test(url);
