/** Every pom of the tree with what it inherits and what manages its versions. */
import type { Interpolate, Interpolated } from './interpolate.ts';
import type { Lineage } from './lineage.ts';
import { configOf, lineageOf } from './lineage.ts';
import type { Management } from './management.ts';
import { managementOf } from './management.ts';
import type { Located, PomTree } from './pom-tree.ts';

export interface Model extends Lineage {
  readonly located: Located;
  readonly management: Management;
}

/** `project.version` in the words of the pom and all that it inherits. */
export const versionIn = (interpolate: Interpolate): Interpolated => interpolate('${project.version}');
const nameIn = (interpolate: Interpolate): Interpolated => interpolate('${project.groupId}:${project.artifactId}');

export class Models {
  readonly #tree: PomTree;
  readonly #models = new Map<string, Model>();
  #own: ReadonlyMap<string, ReadonlyMap<string, Located>> | undefined;

  constructor(tree: PomTree) {
    this.#tree = tree;
  }

  get tree(): PomTree {
    return this.#tree;
  }

  /** `profile`: as it is when that profile is switched on, as well as what is on anyway. */
  of(located: Located, profile?: string): Model {
    const key = profile === undefined ? located.uri : `${located.uri}\0${profile}`;
    const known = this.#models.get(key);
    if (known !== undefined) return known;
    const config = configOf(located.uri, this.#tree);
    const wanted = profile === undefined ? config : { ...config, active: new Set([...config.active, profile]) };
    const lineage = lineageOf(located, this.#tree, wanted);
    const model = { ...lineage, located, management: managementOf(lineage, (name, version) => this.#bom(name, version)) };
    this.#models.set(key, model);
    return model;
  }

  /** Versions of the poms of the tree that are called so; `undefined` when none is. */
  versions(name: string): ReadonlyMap<string, Located> | undefined {
    this.#own ??= this.#coordinates();
    return this.#own.get(name);
  }

  #bom(name: string, version: string): Management | undefined {
    const located = this.versions(name)?.get(version);
    return located === undefined ? undefined : this.of(located).management;
  }

  /** Of two poms with the same coordinates the one with the lower path counts. */
  #coordinates(): ReadonlyMap<string, ReadonlyMap<string, Located>> {
    const own = new Map<string, Map<string, Located>>();
    for (const located of this.#tree.at.values()) {
      const { interpolate } = this.of(located);
      const name = nameIn(interpolate).text;
      const version = versionIn(interpolate).text;
      const versions = own.get(name) ?? new Map<string, Located>();
      if (!versions.has(version)) versions.set(version, located);
      own.set(name, versions);
    }
    return own;
  }
}
