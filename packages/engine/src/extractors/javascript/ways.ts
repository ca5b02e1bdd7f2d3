/** Ways through the modules as locations that a person can follow. */
import type { Location } from '@breakwater/model';
import type { Load } from '../../javascript/modules/module-facts.ts';
import type { Visit, Way } from './traverse.ts';
import type { Unit } from './world.ts';

interface Crossing {
  readonly from: Visit;
  readonly load: Load;
}

/** Inside a package the path starts at the package, whose name stands beside it. */
export const locationIn = (ref: Visit['ref'], line: number, message: string): Location => ({
  uri: ref.path,
  region: { startLine: line },
  ...(ref.unit === undefined ? {} : { fullyQualifiedName: nameAndVersion(ref.unit) }),
  message,
});

export const nameAndVersion = (unit: Unit): string => `${unit.item.name} ${unit.item.version}`;

/** The place that a way ends at: an import, or the entry itself. */
export const endOf = (way: Way): Location => ('entry' in way ? way.entry : locationIn(way.from.ref, way.load.line, way.load.text));

/** From the entry to the import that loads `unit`: every import of own code, and those that lead from one package into another. */
export const pathTo = (unit: Unit, way: Way): readonly Location[] => {
  const path: Location[] = [];
  let target: Unit | undefined = unit;
  let at: Way = way;
  while (!('entry' in at)) {
    const { from, load }: Crossing = at;
    if (from.ref.unit === undefined || from.ref.unit !== target) path.push(locationIn(from.ref, load.line, load.text));
    target = from.ref.unit;
    at = from.way;
  }
  path.push(at.entry);
  return path.reverse();
};
