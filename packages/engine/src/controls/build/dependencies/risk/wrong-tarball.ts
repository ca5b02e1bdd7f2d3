/** An entry whose address is the tarball of another package or version: installed is what the address says, not what the name says. */
import type { Package } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import type { RiskFact } from './fact.ts';
import { hitAt, sourceOf } from './fact.ts';

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** `…/@scope/name/-/name-1.0.0.tgz`: how npm registries lay out tarballs; what is laid out otherwise cannot be told. */
const publishedAs = (item: Package): { readonly name: string; readonly file: string } | undefined => {
  const path = sourceOf(item)?.path ?? '';
  const cut = path.indexOf('/-/');
  if (item.ecosystem !== 'npm' || cut < 0) return undefined;
  const segments = decoded(path.slice(1, cut)).split('/');
  const name = segments.at(-2)?.startsWith('@') === true ? segments.slice(-2).join('/') : (segments.at(-1) ?? '');
  return { name, file: decoded(path.slice(path.lastIndexOf('/') + 1)) };
};

const bare = (name: string): string => name.slice(name.indexOf('/') + 1);

export const wrongTarball = check<RiskFact>({
  rule: {
    id: 'build/lockfile-wrong-tarball',
    name: 'Lockfile entry with the tarball of another package',
    help: {
      why: 'The name that is reviewed is not the code that is installed; its integrity matches, since it was written for the wrong tarball.',
      fix: 'Remove the entry from the lockfile, run `npm install`, and find out which change brought it in.',
      references: ['https://docs.npmjs.com/cli/configuring-npm/package-lock-json', 'https://slsa.dev/spec/v1.0/threats'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-494', 'CWE-345', 'SSDF-PS.2'],
    aliases: [],
  },
  examples: {
    fails: [
      {
        line: 2,
        text: '{"lockfileVersion": 3, "packages": {\n"node_modules/a": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/evil/-/evil-1.0.0.tgz"}}}',
      },
      {
        line: 2,
        text: '{"lockfileVersion": 3, "packages": {\n"node_modules/a": {"version": "1.0.1", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"}}}',
      },
    ],
    passes: [
      '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"}}}',
      '{"lockfileVersion": 3, "packages": {"node_modules/alias": {"name": "a", "version": "1.0.0", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"}}}',
      '{"lockfileVersion": 3, "packages": {"node_modules/@s/a": {"version": "1.0.0", "resolved": "https://npm.example/api/@s%2fa/-/a-1.0.0.tgz"}}}',
      '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0+build.7", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"}}}',
    ],
  },
  *find({ graph }) {
    for (const item of graph.packages) {
      const found = publishedAs(item);
      if (found === undefined) continue;
      const [version = item.version] = item.version.split('+');
      if (found.name !== item.name)
        yield hitAt(graph, item, `${item.name} ${item.version} would be installed from the tarball of ${found.name.slice(0, 100)}`);
      else if (!found.file.startsWith(`${bare(item.name)}-${version}`))
        yield hitAt(graph, item, `${item.name} ${item.version} would be installed from ${found.file.slice(0, 100)}`);
    }
  },
});
