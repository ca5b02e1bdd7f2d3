/** Packages that no advisory of the index could speak about: what was not looked at is never a pass. */
import type { Facts } from '../extractors/facts.ts';
import type { ReadProblem } from '../extractors/reading.ts';
import { byText } from '../lib/order.ts';

const number = new Intl.NumberFormat('en-US');

/** At most one problem; incomplete where any of the packages ships. */
export const uncovered = ({ dependencies: graphs = [], advisories }: Partial<Facts>): readonly ReadProblem[] => {
  if (advisories?.ecosystems === undefined) return [];
  const held = new Set(advisories.ecosystems.map((name) => name.split(':', 1)[0]));
  const open = graphs.flatMap(({ packages }) => packages).filter(({ ecosystem }) => !held.has(ecosystem));
  if (open.length === 0) return [];
  const names = [...new Set(open.map(({ ecosystem }) => ecosystem))].sort(byText).join(', ');
  return [
    {
      code: 'BW4020',
      message: `${number.format(open.length)} ${open.length === 1 ? 'package' : 'packages'} could not be checked: the advisory index has nothing of ${names}`,
      hint: 'breakwater advisories update',
      incomplete: open.some(({ scope }) => scope !== 'excluded'),
    },
  ];
};
