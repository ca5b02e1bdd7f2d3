/** Functions of text that a tool wrote → where they stand in the sources that it was written from. */
import { SourceMap, type SourceMapPayload } from 'node:module';
import { posix } from 'node:path';
import type { Lines } from './lines.ts';
import { segmentsOf } from './locate.ts';

/** UTF-16 offsets into the text that ran. */
export interface Generated {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** In a source: 0-based line and column of what the first and the last letter of the function were written from. */
export interface Original {
  readonly name: string;
  readonly first: readonly [line: number, column: number];
  readonly last: readonly [line: number, column: number];
}

export interface Source {
  /** As the map names it. */
  readonly name: string;
  /** Its text as the map keeps it, where it does. */
  readonly content: string | undefined;
  readonly functions: readonly Original[];
  /** The module itself ran: what was written from one source runs when it does. */
  readonly whole: boolean;
}

/** What of each source ran; `moduleRan`: the written text as a whole. A map that is none gives nothing. */
export const sourcesOf = (payload: object, functions: readonly Generated[], lines: Lines, moduleRan: boolean): readonly Source[] => {
  const map = openMap(payload);
  if (map === undefined) return [];
  const contents = contentsIn(payload);
  const whole = moduleRan && contents.size === 1;
  const found = new Map<string, Original[]>(whole ? [...contents.keys()].map((name) => [name, []]) : []);
  for (const { name, start, end } of functions) {
    const from = lines.at(start);
    const first = origin(map, from, [from[0], 0]);
    const last = end > start ? origin(map, lines.at(end - 1), from) : undefined; // its last letter that was written from anything
    if (first === undefined || first.source !== last?.source) continue;
    const known = found.get(first.source) ?? [];
    known.push({ name, first: first.at, last: last.at });
    found.set(first.source, known);
  }
  return [...found].map(([name, originals]) => ({ name, content: contents.get(name), functions: originals, whole }));
};

/** Node's own reader of maps; it throws for what is no map, and reads no file. */
const openMap = (payload: object): SourceMap | undefined => {
  try {
    return new SourceMap(payload as SourceMapPayload); // hostile perhaps: what it then throws is caught here and in `origin`
  } catch {
    return undefined;
  }
};

type Place = readonly [line: number, column: number];

/** What `at` was written from: the last thing that is mapped at or before it, but not before `from`. */
const origin = (map: SourceMap, at: Place, from: Place): { readonly source: string; readonly at: Place } | undefined => {
  const entry = entryAt(map, at);
  const { generatedLine: line, generatedColumn: column, originalSource: source, originalLine, originalColumn } = entry;
  if (typeof line !== 'number' || typeof column !== 'number' || line < from[0] || (line === from[0] && column < from[1])) return undefined;
  if (typeof source !== 'string' || typeof originalLine !== 'number' || typeof originalColumn !== 'number') return undefined;
  return { source, at: [originalLine, originalColumn] };
};

const entryAt = (map: SourceMap, [line, column]: Place): Fields => {
  try {
    return fieldsOf(map.findEntry(line, column));
  } catch {
    return {};
  }
};

/** Name of each source → its text; maps of maps have theirs in sections, which do not nest. */
const contentsIn = (payload: object): ReadonlyMap<string, string | undefined> => {
  const sections = 'sections' in payload && Array.isArray(payload.sections) ? payload.sections : [];
  const maps = sections.length === 0 ? [payload] : sections.map((section: unknown) => fieldsOf(section)['map']);
  return new Map(maps.flatMap((map) => contentsOf(fieldsOf(map))));
};

const contentsOf = ({ sources, sourcesContent }: Fields): readonly (readonly [string, string | undefined])[] => {
  const names: readonly unknown[] = Array.isArray(sources) ? sources : [];
  const texts: readonly unknown[] = Array.isArray(sourcesContent) ? sourcesContent : [];
  return names.flatMap((name, index) => {
    const text = texts[index];
    return typeof name === 'string' ? [[name, typeof text === 'string' ? text : undefined] as const] : [];
  });
};

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {});

/**
 * A source as segments of a path on the machine where it ran. `script`: segments of what was run. Bundlers write
 * `webpack://shop/./src/a.ts`, others a path from the script, or from `sourceRoot`.
 */
export const segmentsOfSource = (script: readonly string[], payload: object, name: string): readonly string[] | undefined => {
  if (/^(?:file:|[/\\]|[A-Za-z]:[\\/])/.test(name)) return segmentsOf(name);
  const plain = name.replace(/[?#].*$/s, '');
  const inside = plain.replace(/^[a-z][a-z0-9+.-]*:(?:\/\/[^/]*\/?)?/i, '');
  if (inside !== plain) return segmentsOf(upless(inside));
  const base = 'sourceRoot' in payload && typeof payload.sourceRoot === 'string' ? payload.sourceRoot : '';
  if (/^(?:file:|\/)/.test(base)) return segmentsOf(`${base}/${plain}`);
  return segmentsOf(upless(posix.join(...script.slice(0, -1), base, plain)));
};

const upless = (path: string): string => posix.normalize(path).replace(/^(?:\.\.\/)+/, '');

const COMMENT = /^[ \t]*(?:\/\/|\/\*)[#@][ \t]*sourceMappingURL=([^\s'"]{1,40000000})/gm;
const INLINE = /^data:application\/json[^,]{0,100},/;

/** The last one counts. `payload` of an inline map, or `file`, relative to the script. */
export const statedMap = (text: string): { readonly payload: object } | { readonly file: string } | undefined => {
  const from = Math.max(0, text.lastIndexOf('sourceMappingURL=') - 200);
  const url = [...text.slice(from).matchAll(COMMENT)].at(-1)?.[1];
  if (url === undefined) return undefined;
  const inline = INLINE.exec(url)?.[0];
  if (inline === undefined) return /^[a-z][a-z0-9+.-]*:/i.test(url) ? undefined : { file: url };
  const body = url.slice(inline.length);
  const payload = payloadIn(inline.includes(';base64') ? Buffer.from(body, 'base64').toString('utf8') : body);
  return payload === undefined ? undefined : { payload };
};

export const payloadIn = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, '')); // the guard against being loaded as a script
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};
