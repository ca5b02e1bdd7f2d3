/** Plans over every lockfile that the findings name. */
import type { Finding } from '@breakwater/model';
import { byText } from '../../lib/order.ts';
import type { JsonObject } from '../json/plain.ts';
import { isObject } from '../json/plain.ts';
import { stayInside } from './boundary.ts';
import type { PlanItem } from './item.ts';
import { isImporter, readLockfile } from './lockfile.ts';
import type { ProjectPlan } from './plan.ts';
import { planProject } from './plan.ts';
import { openProject } from './project.ts';
import { folderOf, placeOf } from './targets.ts';
import type { Market } from './versions.ts';

export interface NpmPlan {
  readonly projects: readonly ProjectPlan[];
  readonly items: readonly PlanItem[];
  /** Findings that are no package of an npm lockfile. */
  readonly others: readonly Finding[];
}

export interface NpmPlanRequest {
  readonly findings: readonly Finding[];
  readonly market: Market;
  readonly allowMajor: boolean;
  /** Text of a file by its path from the root; rejects when it is not there. */
  readonly read: (uri: string) => Promise<string>;
}

/** One set of changes for all findings. A lockfile that cannot be read blocks its findings, not the others. */
export const planNpm = async (request: NpmPlanRequest): Promise<NpmPlan> => {
  const manifests = [...new Set(request.findings.flatMap((finding) => placeOf(finding)?.manifest ?? []))].toSorted(byText);
  const planned = await Promise.all(manifests.map((manifest) => planManifest(request, manifest)));
  return {
    projects: planned.flatMap((one) => one.plan ?? []),
    items: planned.flatMap((one) => one.items),
    others: request.findings.filter((finding) => placeOf(finding) === undefined),
  };
};

const planManifest = async (
  request: NpmPlanRequest,
  manifest: string,
): Promise<{ readonly plan?: ProjectPlan; readonly items: readonly PlanItem[] }> => {
  const findings = request.findings.filter((finding) => placeOf(finding)?.manifest === manifest);
  try {
    const lock = readLockfile(await request.read(manifest));
    const manifests = await readManifests(request, folderOf(manifest), [...lock.packages.keys()].filter(isImporter));
    stayInside(folderOf(manifest), lock, manifests);
    const { market, allowMajor } = request;
    const plan = await planProject({ manifest, project: openProject(lock, manifests), findings, market, allowMajor });
    return { plan, items: plan.items };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { items: [unplannable(manifest, findings, reason)] };
  }
};

const readManifests = async (
  request: NpmPlanRequest,
  folder: string,
  places: readonly string[],
): Promise<ReadonlyMap<string, JsonObject>> => {
  const found = await Promise.all(
    places.map(async (place): Promise<readonly [string, JsonObject][]> => {
      const uri = [folder, place, 'package.json'].filter((part) => part !== '').join('/');
      const text = await request.read(uri).catch(() => undefined);
      const value: unknown = text === undefined ? undefined : JSON.parse(text.replace(/^\uFEFF/, ''));
      return isObject(value) ? [[place, value]] : [];
    }),
  );
  return new Map(found.flat());
};

const unplannable = (manifest: string, findings: readonly Finding[], reason: string): PlanItem => ({
  kind: 'blocked',
  strategy: 'none',
  confidence: 0,
  findings: [...new Set(findings.map((finding) => finding.fingerprint))].toSorted(byText),
  manifest,
  name: manifest,
  from: [],
  summary: `${manifest}: ${reason}`,
  reason,
  block: { reason: 'unreadable', detail: reason },
});
