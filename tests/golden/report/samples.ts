/** Runs as people meet them: a blocked release of 1,811 alerts, a small one, a pass, one that is not complete, and a hostile one. */
import { type Enrichment, type Run, timestamp } from '@breakwater/model';
import { type Alert, at, finding, flaw, judge, rule, runOf } from './build.ts';

const RULES = [
  rule(
    'build/known-vulnerability',
    'Package with a known flaw',
    'A published flaw in a package that the application brings along can be used against it.',
    'Update the package to a version without the flaw.',
    ['CWE-1395', 'SSDF-PW.4'],
  ),
  rule(
    'code/secret',
    'Secret in the tree',
    'Whoever reads the repository or the image can act in your name. Removing the file is not enough: it stays in the history.',
    'Rotate the key where it was issued, then take it out of the tree.',
    ['CWE-798'],
  ),
  rule(
    'code/sql-injection',
    'Text of a request becomes SQL',
    'A value of the request reaches the database as text, so a visitor can read what is not theirs.',
    'Bind the value as a parameter: `pool.query("… WHERE name LIKE $1", [q])`.',
    ['CWE-89', 'ASVS-5.3.4'],
  ),
  rule(
    'deploy/database-open',
    'Database open to a network',
    'A database that listens to more than its application is one password away from everyone.',
    'Name the security group of the application as the only source.',
    ['CWE-284', 'CIS-AWS-5.2'],
  ),
  rule('deploy/container-runs-as-root', 'Container runs as root', 'A way out of the process is a way into the host.', 'Add `USER node`.', [
    'CWE-250',
  ]),
];

const owned = (owner: string, line: number): Enrichment => ({ ownership: { owner, source: 'CODEOWNERS', at: `CODEOWNERS:${line}` } });
const since = (commit: string, day: string): Enrichment => ({
  introduced: { commit: commit.padEnd(40, '0'), author: 'someone', at: timestamp(`${day}T10:00:00Z`) },
});

/** The four that act, as the design shows them. */
const acting: readonly Alert[] = [
  judge(
    finding('stripe key', {
      ruleId: 'code/secret',
      severity: 'critical',
      message: 'A live Stripe key is inside the image',
      locations: [at('deploy/.env.production:3')],
      codeFlow: [
        at('deploy/.env.production:3', 'STRIPE_SECRET_KEY = sk_live_••••9xQ2'),
        at('Dockerfile:9', 'COPY . .'),
        at('layer 7 of 9', '/app/deploy/.env.production'),
      ],
      properties: {
        ...owned('@shop/payments', 7),
        ...since('9a1d77c', '2026-11-02'),
        remedy: {
          kind: 'suggest-only',
          summary: 'Rotate the key at Stripe; only its owner can. Then take it out of the tree and the image.',
        },
      },
    }),
    'act',
    'secret-live',
    ['the format and checksum are those of a live key'],
    { wouldChange: 'Stripe reports it revoked' },
  ),
  judge(
    flaw('ejs', '3.1.6', 'GHSA-phwq-j96m-2c2q', {
      severity: 'critical',
      message: 'A query string can run code through ejs 3.1.6',
      vulnerability: {
        id: 'GHSA-phwq-j96m-2c2q',
        aliases: ['CVE-2022-29078'],
        cvss: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
        fixed: ['3.1.7'],
      },
      properties: {
        ...owned('@shop/receipts', 11),
        ...since('c20be41', '2025-03-14'),
        exposure: 'internet',
        exploitation: { ssvc: 'poc', kev: false, epss: 0.934 },
        remedy: { kind: 'patch', summary: 'ejs 3.1.6 → 3.1.10, one package of the lockfile.' },
        reachability: {
          status: 'reachable',
          granularity: 'function',
          because: ['GET /receipts/:id passes the whole query to the template engine'],
          path: [
            at('src/receipts/routes.js:18', 'GET /receipts/:id'),
            at('src/receipts/routes.js:24', "res.render('receipt', { …req.query })"),
            at('lib/response.js:1012', 'res.render → app.render', 'express@4.17.1'),
            at('lib/application.js:592', 'tryRender', 'express@4.17.1'),
            at('lib/view.js:135', 'View.render → engine', 'express@4.17.1'),
            at('lib/ejs.js:439', 'renderFile', 'ejs@3.1.6'),
            at('lib/ejs.js:590', 'Template.compile', 'ejs@3.1.6'),
          ],
        },
      },
    }),
    'act',
    'reachable-high',
    ['critical', 'reachable from the internet', 'EPSS 93 %'],
    { wouldChange: '`routes.js:24` passes named values only: then it is proven unreachable' },
  ),
  judge(
    finding('order search', {
      ruleId: 'code/sql-injection',
      message: 'Order search builds SQL from the query string',
      locations: [at('src/orders/search.js:21')],
      codeFlow: [
        at('src/orders/search.js:12', 'req.query.q in GET /orders/search'),
        at('src/orders/search.js:17', 'buildFilter(q)'),
        at('src/orders/filter.js:8', "'name LIKE %' + q"),
        at('src/orders/search.js:21', 'pool.query(sql)'),
      ],
      properties: { ...owned('@shop/orders', 9), ...since('5e8f310', '2026-11-17'), exposure: 'internet', baseline: 'new' },
    }),
    'act',
    'code-high-exposed',
    ['new', 'high', 'confidence high', 'on a route open to the internet'],
  ),
  judge(
    flaw('lodash', '4.17.11', 'CVE-2019-10744', {
      severity: 'critical',
      message: 'A profile update can change every object, through lodash 4.17.11',
      vulnerability: { id: 'CVE-2019-10744', aliases: [], fixed: ['4.17.12'] },
      properties: {
        ...owned('@shop/accounts', 8),
        ...since('77ab09d', '2024-02-02'),
        exploitation: { ssvc: 'poc', kev: false, epss: 0.031 },
        remedy: { kind: 'patch', summary: 'lodash 4.17.11 → 4.17.21, one package of the lockfile.' },
        reachability: {
          status: 'reachable',
          granularity: 'function',
          because: ['PATCH /profile merges the request body with defaultsDeep'],
          path: [
            at('src/profile/routes.js:31', 'PATCH /profile'),
            at('src/profile/preferences.js:14', 'defaultsDeep(saved, req.body)'),
            at('lodash.js:12837', 'defaultsDeep', 'lodash@4.17.11'),
            at('lodash.js:5583', 'customDefaultsMerge', 'lodash@4.17.11'),
            at('lodash.js:3602', 'baseMerge', 'lodash@4.17.11'),
          ],
        },
      },
    }),
    'act',
    'reachable-high',
    ['critical', 'reachable after login'],
    { wouldChange: 'a schema that closes the body at `routes.js:31`' },
  ),
];

type Reach = NonNullable<Enrichment['reachability']>;
type Level = 'critical' | 'high' | 'medium' | 'low';
const LEVELS: readonly Level[] = ['critical', 'high', 'medium', 'low'];

/** `n` alerts over packages, the first packages with the most. */
const spread = (
  n: number,
  packages: readonly string[],
  owner: string,
  reach: Reach | 'excluded',
  type = 'deb/debian',
  levels = LEVELS,
): readonly Alert[] =>
  Array.from({ length: n }, (_, i) => {
    const name = packages[Math.floor(((i * i) / n / n) * packages.length) % packages.length] ?? 'package';
    return judge(
      flaw(name.split(' ')[0] ?? name, name.split(' ')[1] ?? '1.0.0', `CVE-2023-${20_000 + ((i * 37) % 9_000)}-${i}`.replace(/-\d+$/, ''), {
        type,
        severity: levels[i % levels.length] ?? 'low',
        locations: [at(type === 'npm' ? 'package-lock.json:812' : 'var/lib/dpkg/status:1')],
        fingerprint: finding(`${name}/${owner}/${levels.join()}/${i}`).fingerprint,
        scope: reach === 'excluded' ? 'excluded' : 'required',
        properties: { ...owned(owner, 3), ...(reach === 'excluded' ? {} : { reachability: reach }) },
      }),
      'track',
      'track-rest',
      ['nothing else applies'],
    );
  });

const closed = (granularity: Reach['granularity'], because: string): Reach => ({ status: 'unreachable', granularity, because: [because] });
const loaded = (because: string): Reach => ({ status: 'loaded', granularity: 'module', because: [because] });
const OPEN: Reach = { status: 'unknown', granularity: 'module', because: ['`require(name)` at src/plugins/load.js:9 may load it'] };
const warned = (alerts: readonly Alert[]): readonly Alert[] =>
  alerts.map((alert) => ({
    ...alert,
    verdict: { action: 'attend', rule: 'high-rest', because: ['critical or high', 'not proven unreachable'] },
  }));

const behindWalls: readonly Alert[] = [
  ...spread(
    1_087,
    [
      'gcc-10 10.2.1',
      'binutils 2.35.2',
      'linux-libc-dev 5.10.209',
      'libc6-dev 2.31',
      'perl-modules 5.32.1',
      'mercurial 5.6.1',
      'python3-dev 3.9.2',
    ],
    '@shop/platform',
    'excluded',
  ),
  ...spread(97, ['mocha 8.1.0', 'webpack 4.44.1', 'eslint 7.9.0', 'minimist 1.2.0', 'braces 2.3.1'], '@shop/platform', 'excluded', 'npm'),
  ...spread(18, ['supertest 4.0.2', 'nock 13.0.0'], '@shop/payments', 'excluded', 'npm'),
  ...spread(
    308,
    ['perl 5.32.1', 'python3.9 3.9.2', 'git 2.30.2', 'openssh-client 8.4', 'gnupg 2.2.27'],
    '@shop/platform',
    closed('package', 'no entry point starts or loads it; 1,118 ELF files linked'),
  ),
  ...spread(
    126,
    ['imagemagick 6.9.11', 'libtiff5 4.2.0', 'libjpeg62 2.0.6'],
    '@shop/platform',
    closed('package', 'no entry point starts or loads it; 1,118 ELF files linked'),
  ),
  ...spread(
    32,
    ['npm 8.1.0', 'tar 6.1.0', 'node-gyp 7.1.2'],
    '@shop/platform',
    closed('module', 'none of the 43 entry points loads it'),
    'npm',
  ),
  ...spread(
    82,
    ['openssl 1.1.1n', 'libcurl4 7.74.0', 'libkrb5-3 1.18.3'],
    '@shop/platform',
    closed('function', 'the symbol is not referenced by any linked object'),
  ),
  ...spread(
    11,
    ['qs 6.7.0', 'body-parser 1.19.0', 'path-to-regexp 0.1.7'],
    '@shop/platform',
    closed('function', 'the options that open the flaw are not set'),
    'npm',
  ),
  ...spread(4, ['lodash 4.17.11'], '@shop/accounts', closed('function', 'no call in any loaded module'), 'npm'),
];

const counted: readonly Alert[] = [
  ...warned(
    spread(3, ['openssl 1.1.1n'], '@shop/platform', loaded('linked by node; no path to the functions found'), 'deb/debian', ['high']),
  ),
  ...warned(
    spread(1, ['moment 2.24.0'], '@shop/orders', loaded('src/orders/dates.js:2 loads it; no call to the parser found'), 'npm', ['high']),
  ),
  ...warned(
    spread(1, ['tough-cookie 2.5.0'], '@shop/orders', loaded('src/http.js:2 loads it; no call with outside text found'), 'npm', ['high']),
  ),
  ...spread(
    16,
    ['libc6 2.31', 'zlib1g 1.2.11', 'libstdc++6 10.2.1'],
    '@shop/platform',
    loaded('linked by node; no path found'),
    'deb/debian',
    ['medium'],
  ),
  ...warned(spread(3, ['libxml2 2.9.10'], '@shop/platform', OPEN, 'deb/debian', ['critical'])),
  ...warned(spread(1, ['minimist 0.0.8'], '@shop/platform', OPEN, 'npm', ['critical'])),
  ...warned(spread(3, ['xmldom 0.1.27', 'node-fetch 2.6.1'], '@shop/platform', OPEN, 'npm', ['critical', 'high'])),
  ...spread(9, ['xmldom 0.1.27', 'xml2js 0.4.19'], '@shop/platform', OPEN, 'npm', ['medium', 'low']),
];

const reached = (name: string, id: string, severity: Level, place: string): Alert =>
  judge(
    flaw(name.split(' ')[0] ?? '', name.split(' ')[1] ?? '', id, {
      severity,
      properties: {
        ...owned('@shop/accounts', 8),
        reachability: {
          status: 'reachable',
          granularity: 'module',
          because: [],
          path: [at(place, 'import'), at('index.js:1', name.split(' ')[0], name.replace(' ', '@'))],
        },
      },
    }),
    'track',
    'track-rest',
    ['medium or low'],
  );

const passing: readonly Alert[] = [
  reached('express 4.17.1', 'CVE-2024-29041', 'medium', 'src/login/routes.js:27'),
  reached('express 4.17.1', 'CVE-2024-43796', 'medium', 'src/login/routes.js:27'),
  reached('send 0.17.1', 'CVE-2024-43799', 'medium', 'src/server.js:15'),
  reached('serve-static 1.14.1', 'CVE-2024-43800', 'medium', 'src/server.js:15'),
  reached('cookie 0.4.0', 'CVE-2024-47764', 'low', 'src/session.js:8'),
];

/** 1,811 alerts → 609 → 143 → 9 → 4. */
export const blockedRun: Run = runOf([...acting, ...behindWalls, ...counted, ...passing], 'blocked', { rules: RULES });

/** The release after: nothing acts. */
export const passedRun: Run = runOf([...behindWalls, ...counted, ...passing], 'passed', { rules: RULES, durationMs: 9_700 });

const database = (n: number): Alert =>
  judge(
    finding(`database ${n}`, {
      ruleId: 'deploy/database-open',
      severity: n === 0 ? 'high' : 'medium',
      message: 'The orders database is open to the whole VPC',
      locations: [at(`deploy/main.tf:${41 + n}`, undefined, `aws_db_instance.orders${n}`)],
      properties: { ...owned('@shop/platform', 3), exposure: 'internal' },
    }),
    n === 0 ? 'attend' : 'track',
    n === 0 ? 'high-rest' : 'track-rest',
    ['not exposed to the internet'],
    n === 2 ? { exception: { reason: 'replaced by the new cluster in January', owner: '@shop/platform', expires: '2027-01-31' } } : {},
  );

const twoAdvisories = (id: string, severity: Level): Alert => {
  const alert = acting[3];
  if (alert === undefined) throw new Error('the sample has four that act');
  return {
    ...alert,
    finding: {
      ...alert.finding,
      severity,
      fingerprint: finding(`lodash ${id}`).fingerprint,
      vulnerability: { id, aliases: [], fixed: ['4.17.21'] },
    },
  };
};

/** 12 alerts of a directory: one secret, lodash with two flaws on one path, settings, one exception. */
export const smallRun: Run = runOf(
  [
    ...acting.slice(0, 1),
    ...acting.slice(3),
    twoAdvisories('CVE-2021-23337', 'high'),
    database(0),
    database(1),
    database(2),
    ...passing.slice(0, 2),
    ...counted.slice(9, 11),
    ...behindWalls.slice(1_087, 1_089),
  ],
  'blocked',
  { rules: RULES, durationMs: 2_140 },
);

/** Two things could not be read, so nothing to act on is no pass. */
export const incompleteRun: Run = runOf([...behindWalls.slice(0, 600), ...counted, ...passing], 'incomplete', {
  rules: RULES,
  durationMs: 8_800,
  steps: blockedRun.steps.map((step) =>
    step.id === 'code/sast'
      ? { ...step, status: 'partial', looked: '62 of 63 source files' }
      : step.id === 'release/image'
        ? { ...step, status: 'failed', looked: '' }
        : step,
  ),
  problems: [
    {
      code: 'BW5020',
      source: 'release/image',
      message: 'layer 4 of 9 is damaged: its digest is not the one of the manifest',
      hint: 'Build the image again, or scan without it: `breakwater scan --skip image`.',
      incomplete: true,
    },
    {
      code: 'BW3011',
      source: 'code/sast',
      uri: 'src/legacy/tax.js',
      line: 214,
      message: 'the file does not parse: expected ")" but found "=>"',
      hint: 'Correct line 214, or name the file under `controls.sast.exclude` with a reason.',
      incomplete: true,
    },
    {
      code: 'BW4003',
      source: 'build/dependencies',
      message: 'the advisories are 31 days old',
      hint: 'Run `breakwater advisories update`.',
      incomplete: false,
    },
  ],
});

/** Nothing there at all. */
export const nothingRun: Run = runOf([], 'nothing', {
  steps: [],
  notLookedAt: ['dast (no address)'],
  target: { kind: 'directory', uri: 'docs/' },
});
