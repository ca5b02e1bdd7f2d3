/** Several records, one flaw: records of one package that share an id or an alias become one, so that one flaw is one alert. */
import type { AdvisoryFacts } from '../extractors/facts.ts';
import { byKeys, byText } from '../lib/order.ts';

/** GitHub's record is the reviewed one and names the package; a CVE record is next; smaller ids first within each. */
const rank = (id: string): number => (id.startsWith('GHSA-') ? 0 : id.startsWith('CVE-') ? 1 : 2);

const namesOf = (facts: AdvisoryFacts): readonly string[] => [facts.id, ...facts.aliases];

const near = (record: AdvisoryFacts, clusterOfName: ReadonlyMap<string, AdvisoryFacts[]>): readonly AdvisoryFacts[][] =>
  namesOf(record).flatMap((name) => {
    const cluster = clusterOfName.get(name);
    return cluster === undefined ? [] : [cluster];
  });

/** Groups of records connected by any chain of shared names; each group and the list keep the order given. */
const clustersOf = (records: readonly AdvisoryFacts[]): readonly (readonly AdvisoryFacts[])[] => {
  const clusterOfName = new Map<string, AdvisoryFacts[]>();
  const clusters = new Set<AdvisoryFacts[]>();
  for (const record of records) {
    const touched = new Set(near(record, clusterOfName));
    const merged = [...[...touched].flat(), record];
    for (const old of touched) clusters.delete(old);
    clusters.add(merged);
    for (const member of merged) for (const name of namesOf(member)) clusterOfName.set(name, merged);
  }
  return [...clusters];
};

const unique = <T>(items: readonly T[], key: (item: T) => string): readonly T[] => [
  ...new Map(items.map((item) => [key(item), item])).values(),
];

const union = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())].sort(byText);

/** A version is affected when any of the records says so; the severity is the first one's that states one. */
const mergeOne = (cluster: readonly AdvisoryFacts[]): AdvisoryFacts => {
  const [first, ...rest] = [...cluster].sort(
    byKeys(
      (f) => rank(f.id),
      (f) => f.id,
    ),
  );
  if (first === undefined) throw new Error('a cluster holds at least the record that made it');
  if (rest.length === 0) return first;
  const all = [first, ...rest];
  const malicious = all.find((f) => f.malicious);
  const graded = malicious ?? all.find((f) => f.severityStated) ?? first;
  const cvss = graded.cvss ?? all.find((f) => f.cvss !== undefined)?.cvss;
  const patched = all.find((f) => f.patched !== undefined)?.patched;
  // a flaw in the eyes of one of them is a flaw
  const informational = all.every((f) => f.informational !== undefined) ? first.informational : undefined;
  const published = all.flatMap((f) => f.published ?? []).sort(byText)[0];
  return {
    id: first.id,
    aliases: union(all.map(namesOf)).filter((name) => name !== first.id),
    severity: graded.severity,
    severityStated: graded.severityStated,
    ...(malicious === undefined ? {} : { malicious: true }),
    ...(informational === undefined ? {} : { informational }),
    ...(cvss === undefined ? {} : { cvss }),
    cwes: union(all.map((f) => f.cwes)),
    ...(published === undefined ? {} : { published }),
    ranges: unique(
      all.flatMap((f) => f.ranges),
      (range) => JSON.stringify(range),
    ),
    versions: union(all.map((f) => f.versions)),
    ...(patched === undefined ? {} : { patched }),
    functions: union(all.map((f) => f.functions)),
  };
};

/** Pure; sorted by id. Aliases are taken as symmetric and transitive, as the OSV schema defines them. */
export const mergeAliases = (records: readonly AdvisoryFacts[]): readonly AdvisoryFacts[] =>
  clustersOf(records)
    .map(mergeOne)
    .sort(byKeys((f) => f.id));
