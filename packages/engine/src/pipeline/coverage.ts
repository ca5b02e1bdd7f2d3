/** Packages that no advisory of the index could speak about: what was not looked at is never a pass. */
import type { Facts, Package } from '../extractors/facts.ts';
import type { ReadProblem } from '../extractors/reading.ts';
import { byText } from '../lib/order.ts';

const number = new Intl.NumberFormat('en-US');

/** One problem for each ecosystem without advisories; incomplete where any of its packages ships. */
export const uncovered = ({ dependencies: graphs = [], advisories }: Partial<Facts>): readonly ReadProblem[] => {
  if (advisories?.ecosystems === undefined) return [];
  const ecosystems = new Set(advisories.ecosystems.map((name) => name.split(':', 1)[0]));
  const open = new Map<string, Package[]>();
  for (const item of graphs.flatMap(({ packages }) => packages)) {
    if (ecosystems.has(item.ecosystem)) continue;
    const known = open.get(item.ecosystem);
    if (known === undefined) open.set(item.ecosystem, [item]);
    else known.push(item);
  }
  return [...open]
    .sort(([a], [b]) => byText(a, b))
    .map(([ecosystem, items]) => ({
      code: 'BW4020',
      message: `${number.format(items.length)} ${items.length === 1 ? 'package' : 'packages'} of ${ecosystem} could not be checked: the advisory index has none of ${ecosystem}`,
      hint: 'breakwater advisories update',
      incomplete: items.some(({ scope }) => scope !== 'excluded'),
    }));
};
