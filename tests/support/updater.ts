/** An updater with its own bucket, index and cache on the loopback, as the tests of updates need it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openIndex } from '../../packages/engine/src/advisories/open.ts';
import type { UpdateOptions, UpdateReport } from '../../packages/engine/src/advisories/update/update.ts';
import { updateIndex } from '../../packages/engine/src/advisories/update/update.ts';
import type { Bucket, Fault } from './bucket.ts';
import { openBucket } from './bucket.ts';
import { record, zipOf } from './zip.ts';

export const affected = (ecosystem: string, name: string) => [
  { package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }] },
];

/** Sixty records of the npm package `a`, not packed, so that a cut falls into the middle of them. */
export const sixty = (id: string): Buffer =>
  zipOf(
    Array.from({ length: 60 }, (_, i) => record(`${id}-${i}`, 'a', { published: String(i) })),
    0,
  );

/** The same fault again and again. */
export const always = (one: Fault): readonly Fault[] => Array.from({ length: 20 }, () => one);

export interface Updater {
  /** Holds `index` and `cache`. */
  readonly home: string;
  readonly bucket: Bucket;
  /** Milliseconds that were waited between attempts; nothing really waits. */
  readonly waits: readonly number[];
  readonly options: UpdateOptions;
  update(more?: Partial<UpdateOptions>): Promise<UpdateReport>;
  idsOf(name: string, ecosystem?: string): Promise<readonly string[]>;
  /** For the next questions for `path`, one each. */
  fault(path: string, ...faults: readonly Fault[]): void;
  /** The Range header of each question for `path`. */
  rangesAsked(path: string): readonly (string | undefined)[];
  close(): Promise<void>;
}

/** The bucket holds npm and PyPI. */
export const openUpdater = async (): Promise<Updater> => {
  const home = await mkdtemp(join(tmpdir(), 'breakwater-update-'));
  const bucket = await openBucket();
  const waits: number[] = [];
  bucket.files.set('npm/all.zip', sixty('npm'));
  bucket.files.set('PyPI/all.zip', zipOf([record('PYSEC-1', 'x', { affected: affected('PyPI', 'Flask_Thing') })]));
  const options: UpdateOptions = {
    base: bucket.base,
    ecosystems: ['npm', 'PyPI'],
    to: join(home, 'index'),
    cache: join(home, 'cache'),
    kev: false,
    epss: false,
    signal: new AbortController().signal,
    now: () => '2026-11-24T08:00:00Z',
    wait: async (ms) => void waits.push(ms),
    patience: { connectMs: 2000, idleMs: 300 },
  };
  return {
    home,
    bucket,
    waits,
    options,
    update: (more = {}) => updateIndex({ ...options, ...more }),
    idsOf: async (name, ecosystem = 'npm') => {
      const index = await openIndex(options.to);
      const found = await index.advisoriesOf(ecosystem, [name]);
      await index.close();
      return (found.get(name) ?? []).map((facts) => facts.id);
    },
    fault: (path, ...faults) => void bucket.faults.set(path, [...faults]),
    rangesAsked: (path) => bucket.asked.filter((a) => a.path === path).map((a) => a.headers.range),
    close: async () => {
      await bucket.close();
      await rm(home, { recursive: true, force: true });
    },
  };
};
