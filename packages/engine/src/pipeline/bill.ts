/** The bill of materials of a target: every manifest with its packages, read in a worker as a scan reads them. */
import type { Bom, Problem, Sha256 } from '@breakwater/model';
import { timestamp } from '@breakwater/model';
import { readConfig } from '../extractors/config/read.ts';
import { bomOfGraphs } from '../extractors/sbom/bom.ts';
import { readApplication } from '../extractors/tree/application.ts';
import { openReading, takeInventory, takeSbom } from '../extractors/tree/open.ts';
import { sha256 } from '../lib/digest.ts';
import { VERSION } from '../lib/version.ts';
import { mergeProblems } from './merge.ts';
import type { ScanOptions } from './options.ts';
import type { Surroundings } from './protocol.ts';
import { stepOptions } from './run-controls.ts';
import { runStep } from './steps.ts';

export interface Bill {
  readonly bom: Bom;
  /** Of the content alone, without the time: the same packages give the same one. */
  readonly digest: Sha256;
  readonly problems: readonly Problem[];
}

const silent = (): void => undefined;

/** Throws BreakwaterError for wrong configuration and AbortError when cancelled; what could not be read is in `problems`. */
export const billOf = async (options: ScanOptions): Promise<Bill> => {
  const config = options.config ?? (await readConfig(options.root));
  const inventory = options.sbom === undefined ? await takeInventory(options.root, options.signal) : await takeSbom(options.sbom);
  const surroundings: Surroundings = {
    root: options.root,
    target: { kind: inventory.kind, uri: options.uri },
    inventory,
    config,
    offline: options.offline,
    cache: options.cache,
    advisories: options.advisories,
    vex: [],
    now: options.now(),
  };
  const { graphs, problems } = await runStep({ kind: 'inventory', id: 'inventory', surroundings }, stepOptions(options));
  options.signal.throwIfAborted();
  const reading = { ...surroundings, control: '', signal: options.signal, problem: silent, progress: silent, looked: silent };
  const subject = await readApplication(openReading(reading));
  const head = { subject, tool: { name: 'breakwater', version: VERSION }, createdAt: timestamp(options.now()) };
  const partial = problems.some((problem) => problem.incomplete) ? { incomplete: true as const } : {};
  const bom = bomOfGraphs(graphs, { ...head, ...partial });
  return { bom, digest: sha256(JSON.stringify([bom.subject, bom.manifests])), problems: mergeProblems(problems) };
};
