/** The dependencies that count for a pom: inherited, its own, and those of profiles that the tree does not switch on. */
import type { Region } from '@breakwater/model';
import { configOf, isActive } from './lineage.ts';
import { managementKey } from './management.ts';
import type { Model, Models } from './models.ts';
import type { Declaration } from './pom.ts';

export interface Wish {
  readonly declared: Declaration;
  readonly key: string;
  /** In this pom: an inherited one stands where its parent is named. */
  readonly region: Required<Region>;
  /** The pom in whose words it is written. */
  readonly model: Model;
  /** Id of the profile that has to be switched on for it. */
  readonly profile?: string;
}

/** Of two with the same key the nearer counts, within a pom the later: so does Maven. */
export const wishesOf = (model: Model): readonly Wish[] => {
  const wishes = new Map<string, Wish>();
  const inherited = model.located.pom.parent?.region;
  for (const [generation, { base }] of [...model.layers.entries()].reverse()) {
    for (const declared of base.dependencies) {
      const key = managementKey(declared, model);
      wishes.set(key, { declared, key, model, region: generation === 0 ? declared.region : (inherited ?? declared.region) });
    }
  }
  return [...wishes.values()];
};

/** Only the pom's own: profiles are not inherited, only what they did while they were active. */
export const profileWishesOf = ({ located }: Model, models: Models): readonly Wish[] => {
  const { profiles } = located.pom;
  const config = configOf(located.uri, models.tree);
  return profiles
    .filter((profile) => !isActive(profile, profiles, config))
    .flatMap(({ id, dependencies }) => {
      const model = models.of(located, id);
      return dependencies.map((declared) => {
        return { declared, key: managementKey(declared, model), region: declared.region, model, profile: id };
      });
    });
};
