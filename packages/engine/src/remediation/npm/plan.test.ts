import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import type { Flaw, Spec } from '../../../../../tests/support/remediation/project.ts';
import { findingFor, isVulnerable, lockText } from '../../../../../tests/support/remediation/project.ts';
import type { FakeRelease } from '../../../../../tests/support/remediation/registry.ts';
import { inMemory } from '../../../../../tests/support/remediation/registry.ts';
import type { PlanItem } from './item.ts';
import { readLockfile } from './lockfile.ts';
import type { ProjectPlan } from './plan.ts';
import { planProject } from './plan.ts';
import { openProject } from './project.ts';
import { openMarket } from './versions.ts';

const NOW = Date.parse('2026-06-01T00:00:00.000Z');

const release = (
  name: string,
  version: string,
  dependencies?: Readonly<Record<string, string>>,
  more?: Partial<FakeRelease>,
): FakeRelease => ({
  name,
  version,
  ...more,
  manifest: { ...(dependencies && { dependencies }), ...more?.manifest },
});
const releases = (name: string, ...versions: readonly string[]): readonly FakeRelease[] =>
  versions.map((version) => release(name, version));

interface Case {
  readonly spec: Spec;
  readonly flaws: readonly Flaw[];
  readonly places: readonly string[];
  readonly allowMajor?: boolean;
  readonly cooldownDays?: number;
}

const planOf = async ({ spec, flaws, places, allowMajor = false, cooldownDays = 3 }: Case): Promise<ProjectPlan> => {
  const lock = readLockfile(await lockText(spec));
  const findings = places.flatMap((place) => {
    const pkg = lock.packages.get(place);
    return flaws.filter((flaw) => flaw.name === pkg?.name).map((flaw) => findingFor(flaw, pkg?.version ?? '', place));
  });
  const market = openMarket({ registry: inMemory(spec.releases), isVulnerable: isVulnerable(flaws), now: NOW, cooldownDays });
  return planProject({
    manifest: 'package-lock.json',
    project: openProject(lock, new Map([['', spec.manifest]])),
    findings,
    market,
    allowMajor,
  });
};
const itemOf = async (given: Case): Promise<PlanItem | undefined> => (await planOf(given)).items[0];

const EJS: Flaw = { id: 'GHSA-ejs', name: 'ejs', range: '<3.1.7' };
const direct = (range: string, ...versions: readonly string[]): Spec => ({
  manifest: { dependencies: { ejs: range } },
  installed: { 'node_modules/ejs': versions[0] ?? '' },
  releases: releases('ejs', ...versions),
});
const ejs = (spec: Spec, more: Partial<Case> = {}): Case => ({ spec, flaws: [EJS], places: ['node_modules/ejs'], ...more });

describe('a direct dependency', () => {
  it('moves to the lowest safe version in its range', async () => {
    const item = await itemOf(ejs(direct('^3.1.6', '3.1.6', '3.1.7', '3.1.8', '3.2.0')));
    expect(item).toMatchObject({ kind: 'patch', strategy: 'direct-in-range', to: ['3.1.7'], distance: 'patch', ranges: [], weighed: 0 });
  });

  it('passes over versions with other flaws, and counts them', async () => {
    const flaws = [EJS, { id: 'GHSA-other', name: 'ejs', range: '3.1.7 - 3.1.9' }];
    const item = await itemOf(ejs(direct('^3.1.6', '3.1.6', '3.1.7', '3.1.8', '3.1.9', '3.1.10'), { flaws }));
    expect(item).toMatchObject({ kind: 'patch', to: ['3.1.10'], weighed: 3, keeps: [] });
  });

  it('out of range within its major edits the range in the style it has', async () => {
    const item = await itemOf(ejs(direct('~3.0.0', '3.0.0', '3.1.7')));
    expect(item).toMatchObject({
      kind: 'patch',
      strategy: 'direct-same-major',
      to: ['3.1.7'],
      ranges: [{ before: '~3.0.0', after: '~3.1.7' }],
    });
  });

  it('that needs a next major is only suggested', async () => {
    const flaws = [{ ...EJS, range: '<4.0.0' }];
    const item = await itemOf(ejs(direct('^3.0.0', '3.0.0', '3.1.7', '4.0.1'), { flaws }));
    expect(item).toMatchObject({ kind: 'suggest-only', strategy: 'direct-next-major' });
    const plan = await planOf(ejs(direct('^3.0.0', '3.0.0', '3.1.7', '4.0.1'), { flaws }));
    expect(plan.draft.chosen.size).toBe(0);
  });

  it('moves to a next major when that is allowed', async () => {
    const flaws = [{ ...EJS, range: '<4.0.0' }];
    const item = await itemOf(ejs(direct('^3.0.0', '3.0.0', '4.0.1'), { flaws, allowMajor: true }));
    expect(item).toMatchObject({ kind: 'patch', strategy: 'direct-next-major', to: ['4.0.1'], ranges: [{ after: '^4.0.1' }] });
  });

  it('without a fixed release is blocked', async () => {
    expect(await itemOf(ejs(direct('^3.0.0', '3.0.0', '3.1.0')))).toMatchObject({ kind: 'blocked', block: { reason: 'no-fix-published' } });
  });

  it('is never moved down', async () => {
    const item = await itemOf(ejs(direct('*', '3.1.6', '2.0.0'), { flaws: [{ ...EJS, range: '>=3.0.0' }] }));
    expect(item).toMatchObject({ kind: 'blocked', block: { reason: 'no-fix-published' } });
  });

  it('passes over pre-releases, deprecated and invalid versions', async () => {
    const spec = direct('^3.1.6', '3.1.6', '3.1.7-rc.1', '3.1.8', '3.1.9beta', '3.1.10');
    const all = spec.releases.map((r) => (r.version === '3.1.8' ? { ...r, manifest: { deprecated: 'broken' } } : r));
    expect(await itemOf(ejs({ ...spec, releases: all }))).toMatchObject({ kind: 'patch', to: ['3.1.10'] });
  });

  it('waits for a young release unless that is waived', async () => {
    const spec = direct('^3.1.6', '3.1.6', '3.1.7');
    const young = {
      ...spec,
      releases: spec.releases.map((r) => (r.version === '3.1.7' ? { ...r, published: '2026-05-31T00:00:00.000Z' } : r)),
    };
    expect(await itemOf(ejs(young))).toMatchObject({ kind: 'blocked', block: { reason: 'cooldown' } });
    expect(await itemOf(ejs(young, { cooldownDays: 0 }))).toMatchObject({ kind: 'patch', to: ['3.1.7'] });
  });

  it('keeps a flaw that no release is without, rather than the one that is fixed', async () => {
    const flaws = [EJS, { id: 'GHSA-forever', name: 'ejs', range: '*' }];
    const spec = direct('^3.1.6', '3.1.6', '3.1.7');
    const lock = readLockfile(await lockText(spec));
    const market = openMarket({ registry: inMemory(spec.releases), isVulnerable: isVulnerable(flaws), now: NOW, cooldownDays: 3 });
    const findings = [findingFor(EJS, '3.1.6', 'node_modules/ejs')];
    const plan = await planProject({
      manifest: 'package-lock.json',
      project: openProject(lock, new Map()),
      findings,
      market,
      allowMajor: false,
    });
    expect(plan.items[0]).toMatchObject({ kind: 'patch', to: ['3.1.7'], keeps: ['GHSA-forever'] });
  });

  it('with an override of the same text moves both', async () => {
    const spec = direct('3.1.6', '3.1.6', '3.1.7');
    const item = await itemOf(ejs({ ...spec, manifest: { ...spec.manifest, overrides: { ejs: '3.1.6' } } }));
    expect(item).toMatchObject({
      kind: 'patch',
      ranges: [
        { kind: 'dependencies', after: '3.1.7' },
        { kind: 'overrides', after: '3.1.7' },
      ],
    });
  });

  it('pinned by an override for a part of the tree is blocked', async () => {
    const spec = direct('^3.1.6', '3.1.6', '3.1.7');
    const item = await itemOf(ejs({ ...spec, manifest: { ...spec.manifest, overrides: { web: { ejs: '3.1.6' } } } }));
    expect(item).toMatchObject({ kind: 'blocked', block: { reason: 'override', edge: 'overrides → ejs' } });
  });
});

const MIME: Flaw = { id: 'GHSA-mime', name: 'mime', range: '<1.4.1' };
const chain = (asked: string, parents: readonly FakeRelease[], mimes: readonly string[] = ['1.4.0', '1.4.1']): Spec => ({
  manifest: { dependencies: { send: '^1.0.0' } },
  installed: { 'node_modules/send': '1.0.0', 'node_modules/mime': '1.4.0' },
  releases: [release('send', '1.0.0', { mime: asked }), ...parents, ...releases('mime', ...mimes)],
});
const mime = (spec: Spec, more: Partial<Case> = {}): Case => ({ spec, flaws: [MIME], places: ['node_modules/mime'], ...more });

describe('a transitive dependency', () => {
  it('moves in the lockfile when all who ask allow it', async () => {
    const item = await itemOf(mime(chain('^1.4.0', [])));
    expect(item).toMatchObject({
      kind: 'patch',
      strategy: 'transitive-lockfile',
      to: ['1.4.1'],
      moves: [{ place: 'node_modules/mime' }],
      ranges: [],
    });
  });

  it('takes its parent along to the lowest release that allows it', async () => {
    const parents = [
      release('send', '1.0.1', { mime: '1.4.0' }),
      release('send', '1.0.2', { mime: '1.4.1' }),
      release('send', '1.0.3', { mime: '1.4.1' }),
    ];
    const item = await itemOf(mime(chain('1.4.0', parents)));
    expect(item).toMatchObject({ kind: 'patch', strategy: 'transitive-parent', to: ['1.4.1'] });
    expect(item?.kind === 'patch' && item.moves.map((m) => `${m.name} ${m.to}`)).toEqual(['mime 1.4.1', 'send 1.0.2']);
  });

  it('leaves the tree with a parent that no longer asks for it', async () => {
    const item = await itemOf(mime(chain('1.4.0', [release('send', '1.1.0', {})])));
    expect(item).toMatchObject({ kind: 'patch', strategy: 'transitive-parent', to: [], moves: [{ name: 'send', to: '1.1.0' }] });
  });

  it('is blocked by the edge that allows no fit version, which is named', async () => {
    const item = await itemOf(mime(chain('1.4.0', [release('send', '1.0.1', { mime: '1.4.0' })])));
    expect(item).toMatchObject({ kind: 'blocked', block: { reason: 'edge', edge: 'send@1.0.0 → mime@1.4.0' } });
  });

  it('suggests a next major of its parent', async () => {
    const item = await itemOf(mime(chain('1.4.0', [release('send', '2.0.0', { mime: '^1.4.1' })])));
    expect(item).toMatchObject({ kind: 'suggest-only', strategy: 'direct-next-major' });
  });

  it('inside the tarball of its parent is blocked', async () => {
    const spec = chain('^1.4.0', []);
    const bundled = spec.releases.map((r) => (r.name === 'mime' ? { ...r, manifest: { inBundle: true } } : r));
    expect(await itemOf(mime({ ...spec, releases: bundled }))).toMatchObject({ kind: 'blocked', block: { reason: 'bundled' } });
  });

  it('moves at every place where it stands', async () => {
    const spec = chain('^1.4.0', []);
    const more = { ...spec.installed, 'node_modules/send/node_modules/mime': '1.4.0' };
    const item = await itemOf(mime({ ...spec, manifest: { dependencies: { send: '^1.0.0', mime: '^1.0.0' } }, installed: more }));
    expect(item?.kind === 'patch' && item.moves.map((m) => m.place)).toEqual(['node_modules/mime', 'node_modules/send/node_modules/mime']);
  });
});

describe('a batch', () => {
  it('is one set of changes: what another moves is not moved again', async () => {
    const spec = chain('1.4.0', [release('send', '1.0.2', { mime: '1.4.1' })]);
    const flaws = [MIME, { id: 'GHSA-send', name: 'send', range: '<1.0.2' }];
    const plan = await planOf({ spec, flaws, places: ['node_modules/send', 'node_modules/mime'] });
    expect(plan.items.map((item) => item.kind)).toEqual(['patch', 'patch']);
    expect([...plan.draft.chosen].map(([place, r]) => `${place} ${r.version}`).toSorted()).toEqual([
      'node_modules/mime 1.4.1',
      'node_modules/send 1.0.2',
    ]);
  });

  it('leaves alone what is no longer as the finding says', async () => {
    const spec = direct('^3.1.6', '3.1.7', '3.1.8');
    const lock = readLockfile(await lockText(spec));
    const market = openMarket({ registry: inMemory(spec.releases), isVulnerable: isVulnerable([EJS]), now: NOW, cooldownDays: 3 });
    const findings = [findingFor(EJS, '3.1.6', 'node_modules/ejs')];
    const plan = await planProject({
      manifest: 'package-lock.json',
      project: openProject(lock, new Map()),
      findings,
      market,
      allowMajor: false,
    });
    expect(plan.items[0]?.kind).toBe('nothing-to-do');
    expect(plan.draft.chosen.size).toBe(0);
  });

  it('never chooses a version that is lower, flawed or out of the range it writes', async () => {
    const versions = fc.uniqueArray(
      fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)).map((parts) => parts.join('.')),
      { minLength: 2, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(versions, fc.constantFrom('^', '~', '', '>='), fc.nat(11), async (all, mark, pick) => {
        const from = all[pick % all.length] ?? '';
        const flawed = all.filter((_, i) => i % 2 === 0).concat(from);
        const flaws = [{ ...EJS, range: flawed.join(' || ') }];
        const spec = { ...direct(`${mark}${from}`, ...all), installed: { 'node_modules/ejs': from } };
        const plan = await planOf(ejs(spec, { flaws, allowMajor: true }));
        const chosen = plan.draft.chosen.get('node_modules/ejs')?.version;
        const range = [...plan.draft.ranges.values()][0]?.after ?? `${mark}${from}`;
        if (chosen === undefined) expect(all.every((v) => semver.lte(v, from) || flawed.includes(v))).toBe(true);
        else expect([semver.gt(chosen, from), flawed.includes(chosen), semver.satisfies(chosen, range)]).toEqual([true, false, true]);
      }),
    );
  });
});
