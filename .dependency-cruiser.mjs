/** The walls. Each comment says what to do instead; a wall changes only with an ADR. */
const engine = '^packages/engine/src/';
const model = '^packages/model/';
const facts = `${engine}extractors/facts[.]ts$`;
const pureLib = `${engine}(lib|ecosystems|ecosystems/versions|javascript/[a-z]+)/[^/]+[.]ts$`;
const test = '[.]test[.]ts$';
const npm = 'node_modules/';
const effects = '^(node:)?(fs|fs/promises|net|tls|http|https|http2|dgram|dns|dns/promises|child_process|worker_threads|cluster|inspector)$';

export default {
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'types', 'default'] },
  },
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Types too: a type circle is a circle. Move what both need into a file below both.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'model-is-the-ground',
      severity: 'error',
      comment: 'The model knows nothing above it and no machine. Bring the value in as an argument.',
      from: { path: model, pathNot: test },
      to: { pathNot: `${model}|${npm}zod/` },
    },
    {
      name: 'a-control-is-an-island',
      severity: 'error',
      comment:
        'A control sees the model, its facts, its own folder and pure libraries. Needs the disk or the network? Extend an extractor, and read its fact.',
      from: { path: `${engine}controls/([^/]+/[^/]+)/`, pathNot: test },
      to: { pathNot: `${model}|${facts}|${pureLib}|${engine}controls/check[.]ts$|${engine}controls/$1/|${npm}|^(node:)?(crypto|buffer)$` },
    },
    {
      name: 'an-enricher-is-an-island',
      severity: 'error',
      comment: 'An enricher sees the model, facts, lib and its own folder. What it must read is the work of an extractor.',
      from: { path: `${engine}enrichers/([^/]+)/`, pathNot: test },
      to: { pathNot: `${model}|${facts}|${pureLib}|${engine}enrichers/$1/|${npm}` },
    },
    {
      name: 'policy-is-pure',
      severity: 'error',
      comment: 'Same findings, same decision: no disk, no clock, no network. The pipeline hands over what policy needs.',
      from: { path: `${engine}policy/`, pathNot: test },
      to: { pathNot: `${model}|${engine}policy/|${pureLib}|${npm}(@marcbachmann/cel-js|re2js|ignore)/` },
    },
    {
      name: 'only-the-pipeline-knows-the-steps',
      severity: 'error',
      comment: 'Steps never call one another. Take a function as an argument and let the pipeline pass it in.',
      from: { path: `${engine}(extractors|advisories|remediation|evidence|lib)/`, pathNot: test },
      to: { path: `${engine}(controls|enrichers|policy|pipeline)/` },
    },
    {
      name: 'judges-do-not-know-the-pipeline',
      severity: 'error',
      comment: 'Controls, enrichers and policy are called by the pipeline; they never call it.',
      from: { path: `${engine}(controls|enrichers|policy)/`, pathNot: test },
      to: { path: `${engine}(pipeline|remediation|evidence)/` },
    },
    {
      name: 'nobody-imports-a-surface',
      severity: 'error',
      comment: 'The command line is a leaf. What others need of it belongs into the engine or the model.',
      from: { pathNot: '^packages/cli/|^tests/' },
      to: { path: '^packages/cli/' },
    },
    {
      name: 'effects-have-a-home',
      severity: 'error',
      comment: 'Disk, network, processes and threads only in extractors, advisories, remediation, evidence, lib/io and the surfaces.',
      from: { path: `${engine}`, pathNot: `${engine}(extractors|advisories|remediation|evidence|lib/io)/|${test}` },
      to: { dependencyTypes: ['core'], path: effects },
    },
    {
      name: 'no-product-on-tests',
      severity: 'error',
      comment: 'Product code never imports a test. Move the shared part into the product or into tests/.',
      from: { path: '^packages/', pathNot: test },
      to: { path: `${test}|^tests/|^fixtures/` },
    },
  ],
};
