/** Which controls of the catalogue take part in a run. */
import type { Config, Rule, StagedId } from '@breakwater/model';
import { BreakwaterError } from '@breakwater/model';
import { nearest } from '../lib/nearest.ts';
import { byText } from '../lib/order.ts';
import { EXCEPTION_RULES } from '../policy/exception-rules.ts';
import { controls } from './catalogue.gen.ts';
import type { ScanOptions } from './options.ts';

export interface Selection {
  readonly ids: readonly StagedId[];
  /** Of the whole catalogue, sorted by id: a run's digest does not depend on the choice. */
  readonly rules: readonly Rule[];
  /** `secrets (skipped)` */
  readonly left: readonly string[];
}

/** Said in each run, so that a pass is never read as more than it is. */
export const NOT_BUILT: readonly string[] = ['code flaws, container image, running application, threats (not in this version)'];

/** Controls that need no file but the bill of materials. */
const OF_SBOMS: readonly StagedId[] = ['build/dependencies'];

const nameOf = (id: string): string => id.split('/').pop() ?? id;

/** Throws BW1002 for a name that no control has. */
export const selectControls = async (options: Pick<ScanOptions, 'only' | 'skip' | 'sbom'>, config: Config): Promise<Selection> => {
  const ids = controlIds();
  for (const name of [...(options.only ?? []), ...(options.skip ?? [])]) checkName(name, ids);
  const reasonToLeave = (id: StagedId): string | undefined => {
    if (options.only !== undefined && !named(id, options.only)) return 'not asked for';
    if (named(id, options.skip ?? [])) return 'skipped';
    if (options.sbom !== undefined && !OF_SBOMS.includes(id)) return 'an SBOM has no files';
    return config.controls?.[nameOf(id)]?.enabled === false ? 'off in breakwater.yaml' : undefined;
  };
  return {
    ids: ids.filter((id) => reasonToLeave(id) === undefined),
    rules: await rulesOf(ids),
    left: ids.flatMap((id) => (reasonToLeave(id) === undefined ? [] : [`${nameOf(id)} (${reasonToLeave(id)})`])),
  };
};

const named = (id: string, names: readonly string[]): boolean => names.includes(id) || names.includes(nameOf(id));

const checkName = (name: string, ids: readonly string[]): void => {
  const names = ids.map(nameOf);
  if (named(name, names) || ids.includes(name)) return;
  const guess = nearest(name, names);
  throw new BreakwaterError(
    'BW1002',
    `there is no control ${name}`,
    `${guess === undefined ? '' : `Did you mean ${guess}? `}The controls are ${names.join(', ')}.`,
  );
};

/** Sorted. */
const controlIds = (): readonly StagedId[] => (Object.keys(controls) as StagedId[]).sort(byText); // the keys of the catalogue

const rulesOf = async (ids: readonly StagedId[]): Promise<readonly Rule[]> => {
  const all = await Promise.all(ids.map(async (id) => (await controls[id]?.())?.rules ?? []));
  return [...all.flat(), ...EXCEPTION_RULES].sort((a, b) => byText(a.id, b.id));
};

/** Every rule of the catalogue, for `explain`. */
export const allRules = (): Promise<readonly Rule[]> => rulesOf(controlIds());
