/** What the `dependencies { … }` blocks of a build script name in plain words: coordinates, catalogue accessors, projects. */
import { placesOf } from '../maven/places.ts';
import type { Block } from './script-text.ts';
import { blocksOf, withoutComments } from './script-text.ts';

export interface Use {
  /** `implementation`, `testImplementation`, `classpath` … */
  readonly configuration: string;
  readonly line: number;
  /** `group:artifact:version` as written, or `libs.jackson.databind`. */
  readonly text: string;
  readonly kind: 'coordinates' | 'accessor';
  /** `platform(…)`: it manages versions and brings none itself. */
  readonly platform: boolean;
}

const CALL = /(?:\b([A-Za-z_]\w{0,100})|["']([A-Za-z_]\w{0,100})["'])[ \t]{0,8}(?:\([ \t\n]{0,40}|[ \t]{1,8})/g;
const WRAPPED = /^(?:platform|enforcedPlatform|testFixtures|variantOf)[ \t]{0,8}\([ \t\n]{0,40}/;
const TEXT = /^(["'])([^"'\n]{1,300})\1/;
const NEXT = /^[ \t]{0,8},[ \t\n]{0,40}/;
const ACCESSOR = /^([a-z]\w{0,40}(?:\.\w{1,60}){1,12})/;
const MAP =
  /^group[ \t]{0,4}[:=][ \t]{0,4}["']([^"'\n]{1,200})["'],[ \t\n]{0,40}name[ \t]{0,4}[:=][ \t]{0,4}["']([^"'\n]{1,200})["'](?:,[ \t\n]{0,40}version[ \t]{0,4}[:=][ \t]{0,4}(?:["']([^"'\n]{1,200})["']|([\w.]{1,100})))?/;

/** Words that stand before a text and are no configuration. */
const NO_CONFIGURATION = new Set([
  'exclude',
  'because',
  'platform',
  'enforcedPlatform',
  'testFixtures',
  'variantOf',
  'project',
  'files',
  'fileTree',
  'url',
  'id',
  'if',
  'else',
  'version',
  'module',
  'kotlin',
  'group',
  'name',
  'reason',
  'include',
  'prefer',
  'strictly',
  'require',
  'reject',
]);

type Said = Pick<Use, 'text' | 'kind'>;

const mapped = (rest: string): Said | undefined => {
  const match = MAP.exec(rest);
  if (match === null) return undefined;
  const [, group, name, literal, variable] = match;
  const version = literal ?? (variable === undefined ? undefined : `\${${variable}}`);
  return { kind: 'coordinates', text: [group, name, version].filter((part) => part !== undefined).join(':') };
};

/** `api 'a:b:1', 'c:d:2'` names several. */
const texts = (start: string): readonly Said[] => {
  const said: Said[] = [];
  let rest = start;
  for (let match = TEXT.exec(rest); match !== null; match = TEXT.exec(rest)) {
    if (match[2]?.includes(':')) said.push({ kind: 'coordinates', text: match[2] });
    rest = rest.slice(match[0].length);
    const comma = NEXT.exec(rest);
    if (comma === null) break;
    rest = rest.slice(comma[0].length);
  }
  return said;
};

const saidIn = (rest: string): readonly Said[] => {
  const map = mapped(rest);
  if (map !== undefined) return [map];
  const accessor = ACCESSOR.exec(rest)?.[1];
  return accessor === undefined ? texts(rest) : [{ kind: 'accessor', text: accessor }];
};

const WINDOW = 4_000;

/** `add("kapt", "a:b:1")` names the configuration as its first argument. */
const ADD = /^["'](\w{1,100})["'][ \t]{0,8},[ \t\n]{0,40}/;

const usesOfCall = (called: string, after: string, line: number): readonly Use[] => {
  const added = called === 'add' ? ADD.exec(after) : null;
  const configuration = added?.[1] ?? called;
  const rest = after.slice(added?.[0].length ?? 0);
  const wrapped = WRAPPED.exec(rest);
  const platform = wrapped !== null && /^(?:platform|enforced)/.test(wrapped[0]);
  return saidIn(rest.slice(wrapped?.[0].length ?? 0)).map((said) => ({ ...said, configuration, line, platform }));
};

const usesInBlock = (clean: string, { start, end }: Block, lineAt: (offset: number) => number): readonly Use[] => {
  const uses: Use[] = [];
  for (const call of clean.slice(start, end).matchAll(CALL)) {
    const called = call[1] ?? call[2] ?? '';
    if (NO_CONFIGURATION.has(called)) continue;
    const after = start + call.index + call[0].length;
    uses.push(...usesOfCall(called, clean.slice(after, Math.min(end, after + WINDOW)), lineAt(start + call.index)));
  }
  return uses;
};

/** In the order of the script. What is computed, or written in another way, is not seen. Never throws. */
export const usesIn = (script: string): readonly Use[] => {
  const clean = withoutComments(script);
  const place = placesOf(clean);
  return blocksOf(clean, 'dependencies').flatMap((block) => usesInBlock(clean, block, (offset) => place(offset).line));
};
