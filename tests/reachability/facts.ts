/** The facts of the reachability corpus: packages, the place of the vulnerable code in them, and the API that leads to it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const call = z.object({ module: z.string(), path: z.string(), kind: z.enum(['call', 'new']) });
const fact = z.object({
  id: z.string(),
  class: z.string(),
  package: z.string(),
  version: z.string(),
  cve: z.array(z.string()),
  ghsa: z.array(z.string()),
  /** In the published package, or in a source that it was built from. */
  sinkFile: z.string(),
  /** 1-based. */
  sinkLine: z.number(),
  /** 1-based, as far as a sample shows. */
  sinkColumn: z.number().optional(),
  entry: call.nullish(),
  entryCalls: z.array(call).nullish(),
  fixedVersion: z.string().nullish(),
});

/** One call into the package: below the exports of `module`, `()` in `path` for the result of an earlier one. */
export type EntryCall = z.infer<typeof call>;
export type Fact = z.infer<typeof fact>;
export type Half = 'A' | 'B';

/** Throws when the file is not of this shape. */
export const readFacts = (file: string): readonly Fact[] => z.array(fact).parse(JSON.parse(readFileSync(file, 'utf8')));

/** A may be looked into and tuned on, B is only counted: parity of the last byte of sha256 of the package's name. */
export const halfOf = ({ package: name }: Pick<Fact, 'package'>): Half =>
  (createHash('sha256').update(name).digest().at(-1) ?? 0) % 2 === 0 ? 'A' : 'B';

/** A folder name for an id. */
export const slugOf = (id: string): string => id.replace(/[^\w.-]+/g, '_');

/** The calls in order; where only the last is known, that one. */
export const callsOf = ({ entry, entryCalls }: Fact): readonly EntryCall[] =>
  entryCalls !== null && entryCalls !== undefined && entryCalls.length > 0
    ? entryCalls
    : entry === null || entry === undefined
      ? []
      : [entry];
