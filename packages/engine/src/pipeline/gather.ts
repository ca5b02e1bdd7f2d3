/** Which extractor gives which fact. Only what a step reads is extracted, inside the step's own worker. */
import type { Exposure } from '@breakwater/model';
import { openIndex } from '../advisories/open.ts';
import { readCodeOwners } from '../extractors/codeowners/read.ts';
import { readDockerfiles } from '../extractors/dockerfile/read.ts';
import type { Facts } from '../extractors/facts.ts';
import { openHistory } from '../extractors/git/history.ts';
import { readModuleGraphs } from '../extractors/javascript/module-graph.ts';
import { readDependencies } from '../extractors/npm/read.ts';
import type { Reading } from '../extractors/reading.ts';
import { readTerraform } from '../extractors/terraform/read.ts';
import { readApplication } from '../extractors/tree/application.ts';
import { readTexts } from '../extractors/tree/texts.ts';

type Provider<K extends keyof Facts> = (reading: Reading) => Facts[K] | Promise<Facts[K]>;

const providers: { readonly [K in keyof Facts]: Provider<K> } = {
  texts: readTexts,
  dependencies: readDependencies,
  advisories: (reading) => openIndex(reading.advisories),
  exploited: async (reading) => (await openIndex(reading.advisories)).exploited(),
  dockerfiles: readDockerfiles,
  terraform: readTerraform,
  codeowners: readCodeOwners,
  history: openHistory,
  moduleGraphs: async (reading) => readModuleGraphs(reading, await readDependencies(reading)),
  application: readApplication,
  exposure: (reading): { readonly declared: Exposure | undefined } => ({ declared: reading.config.application?.exposure }),
};

export const gather = async <K extends keyof Facts>(reads: readonly K[], reading: Reading): Promise<Pick<Facts, K>> => {
  const facts: Partial<Facts> = {};
  for (const key of reads) await provide(key, reading, facts);
  return facts as Pick<Facts, K>; // every key of `reads` was just set
};

const provide = async <K extends keyof Facts>(key: K, reading: Reading, into: Partial<Facts>): Promise<void> => {
  into[key] = await providers[key](reading);
};
