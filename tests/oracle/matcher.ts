/** A plain loop over all records: no index, no ordering of ours; libraries compare the versions. */
import * as pep440 from '@renovatebot/pep440';
import semver from 'semver';
import type { PlainPackage } from './inventories.ts';
import type { PlainRecord } from './records.ts';

type Order = (a: string, b: string) => number | undefined;

const semverOrder: Order = (a, b) => {
  const [x, y] = [a, b].map((text) =>
    semver.parse(/^v?\d+$/.test(text) ? `${text}.0.0` : /^v?\d+\.\d+(?=$|-)/.test(text) ? text.replace(/^(v?\d+\.\d+)/, '$1.0') : text, {
      loose: true,
    }),
  );
  return x && y ? semver.compare(x, y) : undefined;
};

const pythonOrder: Order = (a, b) => (pep440.valid(a) && pep440.valid(b) ? pep440.compare(a, b) : undefined);

const orderOf = (ecosystem: string): Order => (ecosystem === 'PyPI' ? pythonOrder : semverOrder);

type Affected = NonNullable<PlainRecord['affected']>[number];

/** Words that the schema does not know say nothing. */
const KINDS = ['introduced', 'fixed', 'last_affected'];

/** The loop of the OSV schema, over events sorted by version; undefined when a version cannot be ordered. */
const inRange = (events: readonly Readonly<Record<string, string>>[], version: string, order: Order): boolean | undefined => {
  // only as the start of a range does 0 stand for what comes before every version
  const isStart = ([kind, at]: readonly [string, string]): boolean => kind === 'introduced' && at === '0';
  const compare = (step: readonly [string, string]): number | undefined => (isStart(step) ? 1 : order(version, step[1]));
  const limits = events.flatMap((event) => event['limit'] ?? []);
  const steps = events.flatMap((event) => Object.entries(event)).filter(([kind]) => KINDS.includes(kind));
  if (steps.every(isStart) && limits.length === 0) return true;
  const isOrdered = limits.includes('*') || limits.every((limit) => order(limit, limit) !== undefined);
  if (!isOrdered || steps.some((step) => compare(step) === undefined)) return undefined;
  const sorted = [...steps].sort((a, b) => (isStart(a) || isStart(b) ? Number(isStart(b)) - Number(isStart(a)) : (order(a[1], b[1]) ?? 0)));
  // the last event that the version has passed decides
  const passed = sorted.filter((step) => (compare(step) ?? 0) > 0 || (step[0] !== 'last_affected' && compare(step) === 0));
  const vulnerable = passed.at(-1)?.[0] === 'introduced';
  return vulnerable && (limits.length === 0 || limits.some((limit) => limit === '*' || (order(version, limit) ?? 0) < 0));
};

const isAffected = ({ ranges = [], versions = [] }: Affected, { ecosystem, version }: PlainPackage): boolean | undefined => {
  const order = orderOf(ecosystem);
  if (versions.includes(version) || versions.some((one) => order(one, version) === 0)) return true;
  const answers = ranges
    .filter(({ type }) => type !== 'GIT')
    .map(({ type, events }) => inRange(events, version, type === 'SEMVER' ? semverOrder : order));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
};

const python = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');
const sameName = (ecosystem: string, a: string, b: string): boolean => (ecosystem === 'PyPI' ? python(a) === python(b) : a === b);

/** Records of one package that share any id, through any chain. */
const clusters = (records: readonly PlainRecord[]): readonly (readonly PlainRecord[])[] => {
  const names = (record: PlainRecord): readonly string[] => [record.id, ...(record.aliases ?? [])];
  const left = [...records];
  const found: PlainRecord[][] = [];
  for (let first = left.shift(); first !== undefined; first = left.shift()) {
    const cluster = [first];
    for (let grown = true; grown; ) {
      const known = new Set(cluster.flatMap(names));
      const more = left.filter((record) => names(record).some((name) => known.has(name)));
      for (const record of more) left.splice(left.indexOf(record), 1);
      cluster.push(...more);
      grown = more.length > 0;
    }
    found.push(cluster);
  }
  return found;
};

/** `ecosystem name version smallest-id`, and ` ?` behind it where a version cannot be ordered. Sorted, each once. */
export const alertsOf = (packages: readonly PlainPackage[], records: readonly PlainRecord[]): readonly string[] => {
  const alerts = new Set<string>();
  const live = records.filter(({ withdrawn }) => withdrawn === undefined);
  for (const item of packages) {
    const parts = (record: PlainRecord): readonly Affected[] =>
      (record.affected ?? []).filter(
        ({ package: of, ranges = [], versions = [] }) =>
          of?.ecosystem === item.ecosystem &&
          sameName(item.ecosystem, of.name, item.name) &&
          ranges.filter(({ type }) => type !== 'GIT').length + versions.length > 0,
      );
    for (const cluster of clusters(live.filter((record) => parts(record).length > 0))) {
      const answers = cluster.flatMap(parts).map((part) => isAffected(part, item));
      if (!answers.includes(true) && !answers.includes(undefined)) continue;
      const [id = ''] = cluster.flatMap(({ id: own, aliases = [] }) => [own, ...aliases]).sort();
      alerts.add(`${item.ecosystem} ${item.name} ${item.version} ${id}${answers.includes(true) ? '' : ' ?'}`);
    }
  }
  return [...alerts].sort();
};
