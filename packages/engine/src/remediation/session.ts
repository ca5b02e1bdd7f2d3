/** What one remediation carries through its steps. */
import { registryOptions } from '../extractors/sources/npmrc.ts';
import type { NpmOptions } from './npm/registry.ts';
import { openRegistry } from './npm/registry.ts';
import type { Market } from './npm/versions.ts';
import { openMarket } from './npm/versions.ts';
import type { RemedyItem, RemedyReport, RemedyRequest } from './remedy.ts';
import { fixesOf } from './report.ts';
import type { StepLog } from './steps.ts';
import { stepLog } from './steps.ts';

export interface Session {
  readonly request: RemedyRequest;
  readonly npm: NpmOptions;
  readonly market: Market;
  readonly log: StepLog;
  readonly cooldownDays: number;
  readonly allowMajor: boolean;
  /** Aborted by the caller, or by us when one part has failed and the others are of no use. */
  readonly signal: AbortSignal;
  readonly stop: () => void;
  readonly started: number;
}

/** Three days: most poisoned releases were found and withdrawn within hours. */
const COOLDOWN_DAYS = 3;

export const openSession = async (request: RemedyRequest): Promise<Session> => {
  const started = performance.now();
  const ours = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, ours.signal]) : ours.signal;
  const npm = request.npm ?? (await registryOptions());
  const cooldownDays = request.options?.cooldownDays ?? COOLDOWN_DAYS;
  const market = openMarket({ registry: openRegistry(npm, signal), isVulnerable: request.isVulnerable, now: Date.now(), cooldownDays });
  const allowMajor = request.options?.allowMajor === true;
  return { request, npm, market, cooldownDays, allowMajor, signal, stop: () => ours.abort(), started, log: stepLog(request.onStep) };
};

/** A report of a run that changed nothing. */
export const plannedOnly = (session: Session, items: readonly RemedyItem[]): RemedyReport => ({
  outcome: 'planned-only',
  items,
  fixes: fixesOf(items, []),
  files: [],
  patch: '',
  steps: session.log.done,
  durationMs: performance.now() - session.started,
});
