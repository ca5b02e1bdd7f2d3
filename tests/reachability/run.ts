/** `npm run reach -- FACTS.json`: verdicts on programs that exploit, or only load, vulnerable packages, against what V8 saw run. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { App } from './apps.ts';
import { APP_KINDS, layOut, loadingOf } from './apps.ts';
import type { Fact } from './facts.ts';
import { callsOf, halfOf, readFacts, slugOf } from './facts.ts';
import { install } from './install.ts';
import { Judge } from './judges.ts';
import type { Outcome } from './outcome.ts';
import { checkStep } from './path-check.ts';
import type { FunctionsFrom } from './records.ts';
import { buildRecords, recordId } from './records.ts';
import type { ReportInput } from './report.ts';
import { report } from './report.ts';
import type { Truth } from './truth.ts';
import { truthOf } from './truth.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true },
    half: { type: 'string' },
    work: { type: 'string', default: join(tmpdir(), 'bw-reach') },
    functions: { type: 'string', default: 'sink' },
    jobs: { type: 'string', default: '2' },
    retry: { type: 'boolean', default: false },
    json: { type: 'string' },
    /** Use the index that an earlier run built. */
    'keep-index': { type: 'boolean', default: false },
  },
});

interface Case {
  readonly fact: Fact;
  readonly apps: readonly { readonly app: App; readonly truth: Truth }[];
}

const work = values.work;
const jobs = Number(values.jobs);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const inParallel = async <T>(items: readonly T[], each: (item: T, lane: number) => Promise<void>): Promise<void> => {
  const waiting = [...items];
  const lane = async (at: number): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await each(item, at);
  };
  await Promise.all(Array.from({ length: jobs }, (_, at) => lane(at)));
};

const functionsFrom = (): FunctionsFrom => {
  const { functions } = values;
  if (functions === 'sink' || functions === 'derived' || functions === 'none') return functions;
  throw new Error(`--functions sink, derived or none, not ${functions}`);
};

const chosen = (facts: readonly Fact[]): readonly Fact[] =>
  facts.filter(
    (fact) =>
      (values.only === undefined || values.only.some((word) => fact.id.includes(word))) &&
      (values.half === undefined || halfOf(fact) === values.half),
  );

const prepare = async (fact: Fact): Promise<Case | string> => {
  const installed = await install(work, fact, values.retry);
  if (!installed.ok) return `does not install: ${installed.why}`;
  const calls = callsOf(fact);
  if (calls.length === 0) return 'its entry is not known';
  const loading = loadingOf(installed.folder, fact.package);
  const apps = [];
  for (const kind of APP_KINDS) {
    const app = layOut(installed.folder, join(work, 'apps', slugOf(fact.id), kind), kind, calls, loading);
    apps.push({ app, truth: await truthOf(work, fact, app) });
  }
  return { fact, apps };
};

const sinkOf = ({ apps }: Case): Truth['sink'] | undefined => apps[0]?.truth.sink;

const judged = async ({ fact, apps }: Case, judge: Judge, advisories: string): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const { app, truth } of apps) {
    const { reachability: verdict, ...rest } = await judge.ask({
      folder: app.folder,
      advisories,
      cache: join(work, 'cache', slugOf(fact.id)),
      advisory: recordId(fact),
    });
    const { sink, reached, timedOut, said } = truth;
    outcomes.push({
      id: fact.id,
      class: fact.class,
      half: halfOf(fact),
      kind: app.kind,
      fixed: typeof fact.fixedVersion === 'string',
      ...(sink.ok ? { sinkFile: sink.file, ...(sink.fn === undefined ? {} : { fn: sink.fn }) } : {}),
      reached,
      timedOut,
      said: said.slice(0, 400),
      ...(verdict === undefined ? {} : { verdict }),
      ...rest,
      steps: (verdict?.path ?? []).map((step) => checkStep(app.folder, step, truth.files)),
    });
  }
  return outcomes;
};

/** The judges load the engine's source: when that does not run, every case would look like one without an answer. */
const preflight = async (judges: readonly Judge[], first: Case | undefined, advisories: string): Promise<void> => {
  if (first === undefined) return;
  for (const judge of judges) {
    const [outcome] = await judged(first, judge, advisories);
    if (outcome?.error !== undefined) throw new Error(`the engine does not answer: ${outcome.error}`);
  }
  rmSync(join(work, 'cache'), { recursive: true, force: true });
};

const main = async (): Promise<void> => {
  const [file] = positionals;
  if (file === undefined) throw new Error('name the file of facts');
  const from = functionsFrom();
  const facts = chosen(readFacts(file));
  mkdirSync(work, { recursive: true, mode: 0o755 });
  const cases: Case[] = [];
  const failed: ReportInput['failed'][number][] = [];
  await inParallel(facts, async (fact) => {
    const prepared = await prepare(fact);
    if (typeof prepared === 'string') failed.push({ id: fact.id, half: halfOf(fact), why: prepared });
    else cases.push(prepared);
  });
  say(`${cases.length} cases prepared`);
  const index = join(work, `index-${from}`);
  const advisories =
    values['keep-index'] && existsSync(index)
      ? index
      : await buildRecords(
          work,
          cases.map((one) => ({ fact: one.fact, sink: sinkOf(one) })),
          from,
        );
  rmSync(join(work, 'cache'), { recursive: true, force: true });
  const judges = Array.from({ length: jobs }, () => new Judge());
  await preflight(judges, cases[0], advisories);
  const outcomes: Outcome[] = [];
  await inParallel(cases, async (one, lane) => {
    const judge = judges[lane];
    if (judge !== undefined) outcomes.push(...(await judged(one, judge, advisories)));
  });
  for (const judge of judges) judge.close();
  const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  const input = { outcomes: outcomes.sort(byId), failed: failed.sort(byId) };
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(input, null, 1));
  process.stdout.write(report(input));
};

await main();
