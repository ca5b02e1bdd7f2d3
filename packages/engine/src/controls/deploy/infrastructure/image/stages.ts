/** Which stages end up in the image, and what a FROM stands on. */
import type { Dockerfile } from '../../../../extractors/facts.ts';

export type Stage = Dockerfile['stages'][number];

/** Asks for the earlier stage that a stage is FROM; `undefined` = an image of a registry. */
export const parentsOf = (dockerfile: Dockerfile): ((stage: Stage) => Stage | undefined) => {
  const named = new Map<string, Stage>();
  for (const stage of dockerfile.stages) if (stage.name !== undefined && !named.has(stage.name)) named.set(stage.name, stage);
  return (stage) => {
    const parent = named.get(stage.image.toLowerCase());
    return parent !== undefined && parent.index < stage.index ? parent : undefined;
  };
};

/** The last stage and those it stands on, last first: what the image is made of, files copied from elsewhere aside. */
export const finalChain = (dockerfile: Dockerfile): readonly Stage[] => {
  const parentOf = parentsOf(dockerfile);
  const chain: Stage[] = [];
  for (let stage = dockerfile.stages.at(-1); stage !== undefined; stage = parentOf(stage)) chain.push(stage);
  return chain;
};
