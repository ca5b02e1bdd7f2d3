/** A shop with one flawed package, fixed against a registry on loopback: the ground of the remediation tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { remediate } from '../../../packages/engine/src/remediation/remediate.ts';
import type { GateName, RemedyOptions, RemedyReport, StepEvent } from '../../../packages/engine/src/remediation/remedy.ts';
import { openSandbox } from '../../../packages/engine/src/remediation/sandbox/sandbox.ts';
import type { Flaw, Folder, Spec } from './project.ts';
import { isVulnerable, projectFolder, scanOf } from './project.ts';
import type { FakeRegistry, FakeRelease } from './registry.ts';
import { serve } from './registry.ts';

export const scratch = await mkdtemp(join(tmpdir(), 'breakwater-remediate-'));
const sandbox = await openSandbox(scratch, false);
afterAll(() => rm(scratch, { recursive: true, force: true }));
export const withSandbox = it.skipIf(sandbox.kind === 'none');

export const TEST = `const { test } = require('node:test'); const assert = require('node:assert');
test('greets', () => assert.match(require('greet')(), /hello/));
test('stands', () => {});`;
export const greet = (version: string, said = 'hello', more: Partial<FakeRelease> = {}): FakeRelease => ({
  name: 'greet',
  version,
  files: { 'index.js': `module.exports = () => '${said} ${version}';` },
  ...more,
});
export const FLAW: Flaw = { id: 'GHSA-greet', name: 'greet', range: '<1.0.2' };

export const shop = (releases: readonly FakeRelease[], more: Partial<Spec> = {}): Spec => ({
  manifest: { scripts: { test: 'node --test' }, dependencies: { greet: '^1.0.0' } },
  installed: { 'node_modules/greet': '1.0.0' },
  files: { 'shop.test.js': TEST },
  releases,
  ...more,
});

export interface Given {
  readonly spec: Spec;
  readonly flaws?: readonly Flaw[];
  readonly options?: RemedyOptions;
  readonly prepare?: (folder: Folder) => Promise<void>;
  readonly onStep?: (event: StepEvent) => void;
}

interface Outcome {
  readonly report: RemedyReport;
  readonly folder: Folder;
  readonly registry: FakeRegistry;
}

export const fix = async (given: Given, look: (outcome: Outcome) => Promise<void>): Promise<void> => {
  const flaws = given.flaws ?? [FLAW];
  await using registry = await serve(given.spec.releases);
  await using folder = await projectFolder(given.spec);
  await given.prepare?.(folder);
  const report = await remedy(folder, registry, flaws, given.options, given.onStep);
  await look({ report, folder, registry });
};

export const remedy = async (
  folder: Folder,
  registry: FakeRegistry,
  flaws: readonly Flaw[],
  options: RemedyOptions = {},
  onStep?: (event: StepEvent) => void,
) => {
  const scan = scanOf(flaws);
  const npm = { registry: registry.url, cache: join(scratch, 'npm'), fetchRetries: 0 };
  const findings = await scan(folder.path);
  return remediate({
    root: folder.path,
    findings,
    scan,
    isVulnerable: isVulnerable(flaws),
    npm,
    options: { testMs: 60_000, ...options },
    ...(onStep && { onStep }),
  });
};

export const gate = (report: RemedyReport, name: GateName): string | undefined => report.proof?.gates.find((g) => g.name === name)?.result;
export const untouched = async (folder: Folder): Promise<void> =>
  expect(await folder.git('status', '--porcelain', '--', 'package.json', 'package-lock.json', '.npmrc')).toBe('');
