/** One OSV record for each fact, and the index that is built from them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIndex } from '../../packages/engine/src/advisories/build.ts';
import type { Fact } from './facts.ts';
import { slugOf } from './facts.ts';
import type { Sink } from './sink.ts';

/** sink: the record names the function around the sink; derived: functions come from the fix; none: nobody names any. */
export type FunctionsFrom = 'sink' | 'derived' | 'none';

export const recordId = (fact: Fact): string => `REACH-${slugOf(fact.id)}`;

/** The one version is affected, whatever a fact says of a fix: some name one of an older branch. */
export const recordOf = (fact: Fact, from: FunctionsFrom, sink: Sink | undefined): object => {
  const fixed = from === 'derived' ? fact.fixedVersion : undefined;
  const affects = typeof fixed === 'string' ? { ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }] } : {};
  const fn = from === 'sink' && sink?.ok === true ? sink.fn : undefined;
  const names =
    fn === undefined
      ? {}
      : { ecosystem_specific: { affected_functions: [`${fact.package}.${fn}`] }, database_specific: { functions_precision: 'advisory' } };
  return {
    schema_version: '1.6.0',
    id: recordId(fact),
    modified: '2026-01-01T00:00:00Z',
    affected: [{ package: { ecosystem: 'npm', name: fact.package }, versions: [fact.version], ...affects, ...names }],
    database_specific: { severity: 'HIGH' },
  };
};

/** Returns the index's folder. `derived` asks the built command, which reads package versions from the registry. */
export const buildRecords = async (
  work: string,
  cases: readonly { readonly fact: Fact; readonly sink: Sink | undefined }[],
  from: FunctionsFrom,
): Promise<string> => {
  const folder = join(work, `osv-${from}`);
  const index = join(work, `index-${from}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { fact, sink } of cases) writeFileSync(join(folder, `${recordId(fact)}.json`), JSON.stringify(recordOf(fact, from, sink)));
  if (from === 'derived') {
    const command = join(import.meta.dirname, '../../packages/cli/bin/breakwater.js');
    const options = ['advisories', 'build', folder, '--derive', '--to', index];
    execFileSync(process.execPath, [command, ...options], { stdio: ['ignore', 'inherit', 'inherit'] });
  } else await buildIndex({ from: folder, to: index, kev: false, epss: false, signal: new AbortController().signal });
  return index;
};
