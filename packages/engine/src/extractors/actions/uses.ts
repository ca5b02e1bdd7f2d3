/** Every `uses:` of a workflow or a composite action, with its line and the comment behind it. */
import type { Region } from '@breakwater/model';
import type { Node, Pair, YAMLMap } from 'yaml';
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, visit } from 'yaml';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { YamlText } from '../yaml/bounded.ts';

export interface Use {
  /** `actions/checkout@v4`, as written. */
  readonly text: string;
  readonly region: Region;
  /** What stands behind the hash sign on the same line. */
  readonly comment: string;
}

/** The comment on the line of `end`, where nothing but brackets stands before it; of some hundred characters the first ones. */
export const commentBehind = (text: string, end: number): string => {
  const rest = text.slice(end, end + 200).split('\n', 1)[0] ?? '';
  return /^[\s,\]}]*#(.*)$/.exec(rest.trimEnd())?.[1]?.trim() ?? '';
};

type Anchors = ReadonlyMap<string, unknown>;

/** In one pass: the library's own look-up walks the whole text for each alias. A name used twice means the last one. */
const anchorsOf = ({ document }: YamlText): Anchors => {
  const anchors = new Map<string, unknown>();
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return anchors;
};

class UsesReader {
  readonly uses: Use[] = [];
  readonly #source: YamlText;
  readonly #text: string;
  readonly #anchors: Anchors;
  /** An anchored list of steps may be named in every job. */
  readonly #seen = new Set<unknown>();

  constructor(source: YamlText, text: string) {
    this.#source = source;
    this.#text = text;
    this.#anchors = anchorsOf(source);
  }

  /** The value of a member, an alias followed once. */
  member(map: unknown, name: string): unknown {
    return this.pair(map, name)?.value;
  }

  pair(map: unknown, name: string): Pair | undefined {
    const found = this.#followed(map);
    return isMap(found) ? found.items.find(({ key }) => isScalar(key) && key.value === name) : undefined;
  }

  valuesOf(map: unknown): readonly unknown[] {
    const found = this.#followed(map);
    return isMap(found) ? (found as YAMLMap).items.map(({ value }) => value) : []; // isMap proves it
  }

  steps(list: unknown): void {
    const found = this.#followed(list);
    if (!isSeq(found) || this.#seen.has(found)) return;
    this.#seen.add(found);
    for (const step of found.items) if (!isPair(step)) this.use(step);
  }

  /** `uses` of a step or of a job. */
  use(owner: unknown, name = 'uses'): void {
    const found = this.#followed(owner);
    if (found === undefined || this.#seen.has(found)) return;
    this.#seen.add(found);
    const pair = this.pair(found, name);
    const value = this.#followed(pair?.value);
    if (isScalar(value) && typeof value.value === 'string') this.uses.push(this.#useOf(pair?.key, value, value.value));
  }

  #useOf(key: unknown, value: Node, text: string): Use {
    const start = isNode(key) ? (key.range?.[0] ?? 0) : 0;
    const end = value.range?.[1] ?? start;
    const { line, col } = this.#source.position(start);
    return { text, region: { startLine: line, startColumn: col }, comment: commentBehind(this.#text, end) };
  }

  #followed(node: unknown): unknown {
    if (!isAlias(node)) return node;
    const found = this.#anchors.get(node.source);
    if (found !== undefined) return found;
    throw new ManifestError('expected an anchor for each alias', this.#source.position(node.range?.[0] ?? 0).line);
  }
}

/** Jobs' steps, reusable workflows, steps of a composite action, and the image of a Docker action. `undefined`: neither of the two. Throws ManifestError. */
export const usesIn = (source: YamlText, text: string): readonly Use[] | undefined => {
  const reader = new UsesReader(source, text);
  const root = source.document.contents;
  const jobs = reader.member(root, 'jobs');
  const runs = reader.member(root, 'runs');
  if (jobs === undefined && runs === undefined) return undefined;
  for (const job of reader.valuesOf(jobs)) {
    reader.steps(reader.member(job, 'steps'));
    reader.use(job);
  }
  reader.steps(reader.member(runs, 'steps'));
  reader.use(runs, 'image');
  return reader.uses;
};
