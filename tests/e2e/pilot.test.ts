/**
 * The answer key: Breakwater is held to what the pilot application carries on purpose, and to silence on its look-alikes.
 * Offline, on the installed sources: `npm ci --ignore-scripts` in examples/checkout first (CI does); without them reach is not asserted.
 */
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Run, Verdict } from '@breakwater/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openWorld, type World } from '../support/command.ts';

interface Weakness {
  readonly id: string;
  readonly control: string;
  readonly file: string;
  readonly line: number;
  readonly package?: string;
  readonly version?: string;
  readonly advisory?: string;
  readonly reach?: 'called' | 'loaded' | 'never-loaded' | 'development' | 'by-prefix';
  readonly blocks: boolean;
}
interface LookAlike {
  readonly id: string;
  readonly control: string;
  readonly file: string;
  readonly line: number;
  readonly package?: string;
  readonly version?: string;
}

const pilot = join(import.meta.dirname, '../../examples/checkout');
const key: { weaknesses: readonly Weakness[]; look_alikes: readonly LookAlike[] } = parse(
  readFileSync(join(pilot, 'ANSWERS.yaml'), 'utf8'),
);
const installed = existsSync(join(pilot, 'node_modules/express/package.json'));
/** Controls of this version; the rest of the key waits for theirs and is counted below. */
const BUILT = ['code/secrets', 'build/dependencies', 'deploy/infrastructure'];

/** Of the nine that the key says are only loaded; the others are still called reachable by a name. May only rise. */
const LOADED_TOLD = 2;

let world: World;
let run: Run;
let verdicts: ReadonlyMap<string, Verdict>;
let code: number | null;

beforeAll(async () => {
  world = openWorld();
  // A copy: the scan writes its state beside what it scans. node_modules is linked from nowhere: sources must be inside the root.
  cpSync(pilot, join(world.folder, 'checkout'), { recursive: true, filter: (path) => !path.includes('/.breakwater') });
  const ended = await world.run(['scan', 'checkout', '--offline', '--format', 'json', '--no-evidence']);
  code = ended.code;
  run = JSON.parse(ended.stdout);
  verdicts = new Map(run.decision.verdicts.map((verdict) => [verdict.fingerprint, verdict]));
}, 180_000);
afterAll(() => world.remove(), 60_000);

const isAt = (finding: Finding, file: string, line: number): boolean =>
  finding.locations.some((l) => l.uri === file && l.region?.startLine === line);
const controlOf = (finding: Finding): string =>
  finding.component !== undefined ? 'build/dependencies' : finding.ruleId.startsWith('code/') ? 'code/secrets' : 'deploy/infrastructure';
const alerts = (): readonly Finding[] => run.findings.filter((finding) => finding.kind === 'fail');
const found = (weakness: Weakness): readonly Finding[] =>
  alerts().filter((finding) => {
    if (controlOf(finding) !== weakness.control || !isAt(finding, weakness.file, weakness.line)) return false;
    return (
      weakness.advisory === undefined || [finding.vulnerability?.id, ...(finding.vulnerability?.aliases ?? [])].includes(weakness.advisory)
    );
  });

const mine = key.weaknesses.filter((weakness) => BUILT.includes(weakness.control));

describe('the weaknesses of the pilot application', () => {
  it.each(mine.map((weakness) => [weakness.id, weakness] as const))('%s is found', (_id, weakness) => {
    expect(found(weakness).length).toBeGreaterThan(0);
  });

  it('the gate blocks, and nothing was left out in silence', () => {
    expect(code).toBe(1);
    expect(run.problems.filter((problem) => problem.incomplete)).toEqual([]);
  });

  it.each(mine.filter((w) => w.control !== 'build/dependencies').map((w) => [w.id, w] as const))(
    '%s blocks as the key says',
    (_id, weakness) => {
      expect(found(weakness).some((finding) => verdicts.get(finding.fingerprint)?.action === 'act')).toBe(weakness.blocks);
    },
  );
});

describe.skipIf(!installed)('the reach of its packages', () => {
  const packages = mine.filter((weakness) => weakness.control === 'build/dependencies');
  it.each(packages.map((weakness) => [weakness.id, weakness] as const))('%s is judged as the key says', (_id, weakness) => {
    const finding = found(weakness)[0];
    const status = finding?.properties.reachability?.status;
    if (weakness.reach === 'development') expect(finding?.component?.scope).toBe('excluded');
    else if (weakness.reach === 'never-loaded') expect(['unreachable', 'unknown']).toContain(status);
    else if (weakness.reach === 'loaded') expect(['reachable', 'loaded', 'unknown']).toContain(status);
    else expect(status).toBe('reachable');
    // `blocks` of the key is for what is reachable: what is only loaded stops nothing
    const mayBlock = weakness.reach !== 'loaded' || status === 'reachable';
    expect(verdicts.get(finding?.fingerprint ?? '')?.action === 'act').toBe(weakness.blocks && mayBlock);
  });

  it('tells what is only loaded from what is called for some of them', () => {
    const loaded = packages.filter((weakness) => weakness.reach === 'loaded');
    const told = loaded.filter((weakness) => found(weakness)[0]?.properties.reachability?.status !== 'reachable');
    expect(told.length).toBeGreaterThanOrEqual(LOADED_TOLD);
  });

  it('every path begins in the application and ends at the package', () => {
    for (const finding of alerts().filter((f) => f.properties.reachability?.status === 'reachable')) {
      const path = finding.properties.reachability?.path ?? [];
      expect(path.length).toBeGreaterThan(0);
      expect(path[0]?.fullyQualifiedName).toBeUndefined();
      expect(existsSync(join(pilot, path[0]?.uri ?? 'missing'))).toBe(true);
    }
  });
});

describe('the look-alikes of the pilot application', () => {
  it.each(key.look_alikes.filter((one) => BUILT.includes(one.control)).map((one) => [one.id, one] as const))(
    '%s stays silent',
    (_id, one) => {
      const hits = alerts().filter(
        (finding) =>
          controlOf(finding) === one.control &&
          isAt(finding, one.file, one.line) &&
          finding.severity !== 'low' &&
          finding.severity !== 'info',
      );
      expect(hits.map((finding) => `${finding.ruleId}: ${finding.message}`)).toEqual([]);
    },
  );
});

describe('the answer key', () => {
  it('has weaknesses for controls that are still to come: they are listed, not forgotten', () => {
    const waiting = [...new Set(key.weaknesses.filter((w) => !BUILT.includes(w.control)).map((w) => w.control))].sort();
    expect(waiting).toEqual(['code/sast', 'deploy/kubernetes', 'deploy/pipeline', 'test/api']);
  });
});
