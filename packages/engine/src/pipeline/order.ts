/** The order of enrichers, computed from what each says it comes after. */
import { BreakwaterError } from '@breakwater/model';

interface Ordered {
  readonly adds: string;
  readonly after: readonly string[];
}

/** Waves that may run side by side; a circle is a defect of ours and names its members (BW5001). */
export const wavesOf = <E extends Ordered>(enrichers: readonly E[]): readonly (readonly E[])[] => {
  const waves: E[][] = [];
  const done = new Set<string>();
  const known = new Set(enrichers.map((e) => e.adds));
  let waiting = [...enrichers];
  while (waiting.length > 0) {
    const wave = waiting.filter((e) => e.after.every((key) => done.has(key) || !known.has(key)));
    if (wave.length === 0)
      throw new BreakwaterError(
        'BW5001',
        `enrichers wait for each other: ${waiting.map((e) => e.adds).join(', ')}`,
        'Report this as a defect of Breakwater.',
      );
    waves.push(wave);
    for (const { adds } of wave) done.add(adds);
    waiting = waiting.filter((e) => !wave.includes(e));
  }
  return waves;
};
