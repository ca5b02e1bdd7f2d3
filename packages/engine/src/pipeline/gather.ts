/** Which extractor gives which fact. Only what a step reads is extracted, inside the step's own worker. */
import type { DeclaredExposure, Facts } from '../extractors/facts.ts';
import type { Reading } from '../extractors/reading.ts';

type Provider<K extends keyof Facts> = (reading: Reading) => Facts[K] | Promise<Facts[K]>;

const index = async (reading: Reading) => (await import('../advisories/open.ts')).openIndex(reading.advisories);
const dependencies = async (reading: Reading) =>
  reading.kind === 'sbom'
    ? (await import('../extractors/sbom/target.ts')).readSbomTarget(reading)
    : (await import('../extractors/dependencies/read.ts')).readDependencies(reading);

/** The manifests that an SBOM names are not here, and the folder it lies in says nothing of them. */
const NO_HISTORY: Facts['history'] = { blame: async () => undefined };

/** Each extractor is loaded where its fact is read: a worker that blames lines needs no parser of JavaScript. */
const providers: { readonly [K in keyof Facts]: Provider<K> } = {
  texts: async (reading) => (await import('../extractors/tree/texts.ts')).readTexts(reading),
  dependencies,
  advisories: index,
  exploited: async (reading) => (await index(reading)).exploited(),
  dockerfiles: async (reading) => (await import('../extractors/dockerfile/read.ts')).readDockerfiles(reading),
  terraform: async (reading) => (await import('../extractors/terraform/read.ts')).readTerraform(reading),
  codeowners: async (reading) => (await import('../extractors/codeowners/read.ts')).readCodeOwners(reading),
  history: async (reading) => (reading.kind === 'sbom' ? NO_HISTORY : (await import('../extractors/git/history.ts')).openHistory(reading)),
  moduleGraphs: async (reading) => {
    if (reading.kind === 'sbom') return [];
    const [{ readModuleGraphs }, { readNodeDependencies }] = await Promise.all([
      import('../extractors/javascript/module-graph.ts'),
      import('../extractors/dependencies/read.ts'),
    ]);
    return readModuleGraphs(reading, await readNodeDependencies(reading));
  },
  runtime: async (reading) => {
    const { namesEvidence, readRuntime } = await import('../extractors/runtime/read.ts');
    if (reading.kind === 'sbom' || !namesEvidence(reading)) return { executed: new Map() };
    const [{ openWorld }, { applicationTree }, { readNodeDependencies }] = await Promise.all([
      import('../extractors/javascript/world.ts'),
      import('../extractors/javascript/file-tree.ts'),
      import('../extractors/dependencies/read.ts'),
    ]);
    return readRuntime(reading, await openWorld(reading, await readNodeDependencies(reading), applicationTree(reading)));
  },
  application: async (reading) => (await import('../extractors/tree/application.ts')).readApplication(reading),
  exposure: (reading): DeclaredExposure => ({ declared: reading.config.application?.exposure }),
  popular: async () => (await import('../extractors/popular/read.ts')).readPopular(),
  registries: async (reading) => (await import('../extractors/registries/read.ts')).readRegistries(reading),
  vex: async (reading) => (await import('../extractors/vex/statements.ts')).readStatements(reading),
  licences: ({ config }) => ({ allow: config.licences?.allow ?? [], deny: config.licences?.deny ?? [] }),
};

export const gather = async <K extends keyof Facts>(reads: readonly K[], reading: Reading): Promise<Pick<Facts, K>> => {
  const facts: Partial<Facts> = {};
  for (const key of reads) await provide(key, reading, facts);
  return facts as Pick<Facts, K>; // every key of `reads` was just set
};

const provide = async <K extends keyof Facts>(key: K, reading: Reading, into: Partial<Facts>): Promise<void> => {
  into[key] = await providers[key](reading);
};
