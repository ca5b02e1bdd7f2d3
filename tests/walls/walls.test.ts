/** Each wall is proven by a planted violation: a rule that catches nothing is no wall. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type IForbiddenRuleType } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import configuration from '../../.dependency-cruiser.mjs';

/** Rule → file that breaks it → what it says. Imported files that are not planted are made empty. */
const PLANTS: Readonly<Record<string, readonly [file: string, code: string]>> = {
  'no-circular': ['packages/model/src/a.ts', "import type { B } from './b.ts';\nexport interface A { b: B }\n"],
  'model-is-the-ground': [
    'packages/model/src/clock.ts',
    "import { readFileSync } from 'node:fs';\nexport const now = () => readFileSync('/proc/uptime');\n",
  ],
  'a-control-is-an-island': [
    'packages/engine/src/controls/code/secrets/control.ts',
    "import { x } from '../../build/dependencies/match.ts';\nexport const y = x;\n",
  ],
  'an-enricher-is-an-island': [
    'packages/engine/src/enrichers/ownership/enricher.ts',
    "import { read } from '../../extractors/git/read.ts';\nexport const y = read;\n",
  ],
  'policy-is-pure': ['packages/engine/src/policy/gate.ts', "import { hostname } from 'node:os';\nexport const here = hostname;\n"],
  'only-the-pipeline-knows-the-steps': [
    'packages/engine/src/evidence/log.ts',
    "import { x } from '../policy/risk.ts';\nexport const y = x;\n",
  ],
  'judges-do-not-know-the-pipeline': [
    'packages/engine/src/enrichers/exposure/enricher.ts',
    "import { scan } from '../../pipeline/scan.ts';\nexport const y = scan;\n",
  ],
  'nobody-imports-a-surface': [
    'packages/engine/src/pipeline/run.ts',
    "import { main } from '../../../cli/src/main.ts';\nexport const y = main;\n",
  ],
  'effects-have-a-home': [
    'packages/engine/src/pipeline/disk.ts',
    "import { readFileSync } from 'node:fs';\nexport const y = readFileSync;\n",
  ],
  'no-product-on-tests': ['packages/engine/src/lib/order.ts', "import { x } from './order.test.ts';\nexport const y = x;\n"],
};

const SUPPORT: Readonly<Record<string, string>> = {
  'packages/model/src/b.ts': "import type { A } from './a.ts';\nexport interface B { a: A }\n",
  'packages/model/src/clean.ts': "import type { A } from './b.ts';\nexport type C = A;\n",
  'packages/engine/src/controls/build/dependencies/match.ts': 'export const x = 1;\n',
  'packages/engine/src/extractors/git/read.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
  'packages/engine/src/policy/risk.ts': 'export const x = 1;\n',
  'packages/engine/src/pipeline/scan.ts': 'export const scan = 1;\n',
  'packages/cli/src/main.ts': "import { writeFileSync } from 'node:fs';\nexport const main = writeFileSync;\n",
  'packages/engine/src/lib/order.test.ts': 'export const x = 1;\n',
  'tsconfig.json':
    '{ "compilerOptions": { "allowImportingTsExtensions": true, "noEmit": true, "module": "NodeNext", "moduleResolution": "NodeNext" } }\n',
};

let root = '';
let broken: readonly { readonly rule: string; readonly from: string }[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'breakwater-walls-'));
  for (const [file, code] of [...Object.entries(SUPPORT), ...Object.values(PLANTS)]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), code);
  }
  const options: ICruiseOptions = {
    ...configuration.options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: configuration.forbidden as IForbiddenRuleType[] },
  };
  const { output } = await cruise(['packages'], options);
  if (typeof output === 'string') throw new Error('a result object was expected');
  broken = output.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the walls', () => {
  it('each have a plant, and each comment says what to do', () => {
    expect(Object.keys(PLANTS).sort()).toEqual(configuration.forbidden.map((rule) => rule.name).sort());
    for (const rule of configuration.forbidden) expect(rule.comment.length, rule.name).toBeGreaterThan(20);
  });
  it.each(Object.entries(PLANTS).map(([rule, [file]]) => [rule, file]))('%s catches %s', (rule, file) => {
    expect(broken).toContainEqual({ rule, from: file });
  });
  it('leave clean files alone', () => {
    const clean = ['packages/engine/src/extractors/git/read.ts', 'packages/cli/src/main.ts', 'packages/engine/src/policy/risk.ts'];
    expect(broken.filter(({ from }) => clean.includes(from))).toEqual([]);
  });
});
