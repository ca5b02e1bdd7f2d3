/** How a component's dependencies are said in graphs that know references only: a name of its own goes into a property. */
import type { BomComponent } from '../../bom.ts';
import { record } from './json.ts';
import { byText } from './order.ts';

export interface SaidEdges {
  /** Places in the same manifest, sorted, each once: the edges of the standard's graph. */
  readonly places: readonly string[];
  /** name → place that the graph alone does not say: an alias, or a place that is no component. Sorted by name. */
  readonly named: readonly (readonly [name: string, place: string])[];
}

type ByPlace = ReadonlyMap<string, Pick<BomComponent, 'name'>>;

export const byPlaceOf = <T extends Pick<BomComponent, 'place'>>(components: readonly T[]): ReadonlyMap<string, T> =>
  new Map(components.map((component) => [component.place, component]));

export const saidEdges = ({ dependencies }: BomComponent, byPlace: ByPlace): SaidEdges => {
  const names = new Map<string, string[]>();
  for (const [name, place] of Object.entries(dependencies)) {
    const known = names.get(place);
    if (known === undefined) names.set(place, [name]);
    else known.push(name);
  }
  const named = [...names].flatMap(([place, callers]): [string, string][] => {
    const isPlain = callers.length === 1 && callers[0] === byPlace.get(place)?.name;
    return isPlain ? [] : callers.map((name) => [name, place]);
  });
  return { places: [...names.keys()].filter((place) => byPlace.has(place)).sort(byText), named: named.sort(([a], [b]) => byText(a, b)) };
};

/** The reverse. `places`: where the graph leads. */
export const heardEdges = (
  places: readonly string[],
  named: readonly (readonly [string, string])[],
  byPlace: ByPlace,
): Readonly<Record<string, string>> => {
  const covered = new Set(named.map(([, place]) => place));
  const plain = places.flatMap((place): [string, string][] => {
    const name = byPlace.get(place)?.name;
    return name === undefined || covered.has(place) ? [] : [[name, place]];
  });
  return record([...plain, ...named].sort(([a], [b]) => byText(a, b)));
};
