/** What dependencyManagement says of a dependency: the pom's own and inherited entries, then the bills of materials it imports. */
import type { Interpolated } from './interpolate.ts';
import type { Lineage } from './lineage.ts';
import type { Declaration } from './pom.ts';

export interface Managed {
  readonly version: Interpolated | undefined;
  readonly scope: string | undefined;
}

/**
 * `unknown`: the sources that the tree does not hold and that may say it, with those of them that are there to manage versions;
 * `before`: sources that would come first, should they say something.
 */
export type Answer =
  | { readonly kind: 'managed'; readonly managed: Managed; readonly before: readonly string[] }
  | { readonly kind: 'unknown'; readonly sources: readonly string[]; readonly managers: readonly string[] }
  | { readonly kind: 'none' };

export interface Management {
  /** By `managementKey`. `depth`: how many imports lead here. */
  find(key: string, depth?: number): Answer;
}

export type FindBom = (name: string, version: string) => Management | undefined;

/** What Maven tells dependencies apart by: one group and artifact of several types or classifiers are several. */
export const managementKey = (declared: Declaration, { interpolate }: Pick<Lineage, 'interpolate'>): string => {
  const said = (text: string): string => interpolate(text).text;
  const classifier = declared.classifier === '' ? '' : `:${said(declared.classifier)}`;
  return `${said(declared.groupId ?? '')}:${said(declared.artifactId ?? '')}:${said(declared.type)}${classifier}`;
};

const isImport = ({ scope, type }: Declaration): boolean => scope === 'import' && type === 'pom';

interface Tables {
  readonly own: ReadonlyMap<string, Declaration>;
  readonly imports: readonly Declaration[];
}

/** From the child up, the first of a key counts. */
const tablesOf = (lineage: Lineage): Tables => {
  const own = new Map<string, Declaration>();
  const imports = new Map<string, Declaration>();
  for (const { base } of lineage.layers) {
    for (const declared of base.managed) {
      const key = managementKey(declared, lineage);
      const table = isImport(declared) ? imports : own;
      if (!table.has(key)) table.set(key, declared);
    }
  }
  return { own, imports: [...imports.values()] };
};

/** A bill of materials may import others; what is deeper than any real one counts as not to be had. */
const DEEPEST = 32;

const askBom = (declared: Declaration, key: string, { interpolate }: Lineage, findBom: FindBom, depth: number): Answer => {
  const name = interpolate(`${declared.groupId ?? ''}:${declared.artifactId ?? ''}`).text;
  const version = interpolate(declared.version ?? '').text;
  const bom = depth < DEEPEST ? findBom(name, version) : undefined;
  const source = `${name}:${version === '' ? '?' : version}`;
  return bom?.find(key, depth + 1) ?? { kind: 'unknown', sources: [source], managers: [source] };
};

const ownAnswer = (declared: Declaration, { interpolate }: Lineage): Answer => {
  const version = declared.version === undefined ? undefined : interpolate(declared.version);
  const scope = declared.scope === undefined ? undefined : interpolate(declared.scope).text;
  return { kind: 'managed', managed: { version, scope }, before: [] };
};

/** A parent of this name is there to manage versions; others outside the tree are mostly those of a foundation or a company. */
const MANAGER = /(?:^|[-.])(?:dependencies|bom|platform|starter-parent):[^:]*$/;

/**
 * The first import that manages the key wins. Where a bill of materials that is not in the tree comes before it, the answer is open. A
 * parent that is not in the tree comes before all imports, but seldom manages what they do: it is named in the answer, so that it is said.
 */
const inTurn = (missing: string | undefined, imports: readonly Declaration[], ask: (declared: Declaration) => Answer): Answer => {
  const sources = new Set(missing === undefined ? [] : [missing]);
  const managers = new Set([...sources].filter((parent) => MANAGER.test(parent)));
  for (const declared of imports) {
    const answer = ask(declared);
    if (answer.kind === 'managed' && managers.size === 0) return { ...answer, before: [...sources, ...answer.before] };
    if (answer.kind === 'managed') break;
    if (answer.kind === 'none') continue;
    for (const source of answer.sources) sources.add(source);
    for (const manager of answer.managers) managers.add(manager);
  }
  return sources.size === 0 ? { kind: 'none' } : { kind: 'unknown', sources: [...sources], managers: [...managers] };
};

/** The nearest entry of the line wins; imports count only where none manages the key, and those of a parent come before them. */
export const managementOf = (lineage: Lineage, findBom: FindBom): Management => {
  const { missing } = lineage;
  const answers = new Map<string, Answer>();
  let tables: Tables | undefined;

  const asked = (key: string, depth: number): Answer => {
    tables ??= tablesOf(lineage);
    const own = tables.own.get(key);
    if (own !== undefined) return ownAnswer(own, lineage);
    return inTurn(missing, tables.imports, (declared) => askBom(declared, key, lineage, findBom, depth));
  };

  return {
    find: (key, depth = 0) => {
      const known = answers.get(key);
      if (known !== undefined) return known;
      answers.set(key, { kind: 'none' }); // a circle of imports adds nothing to itself
      const answer = asked(key, depth);
      answers.set(key, answer);
      return answer;
    },
  };
};
