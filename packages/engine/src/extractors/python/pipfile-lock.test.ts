import { describe, expect, it } from 'vitest';
import type { Near, Parsed } from '../dependencies/format.ts';
import { graphOf } from '../dependencies/graph.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { pipfileLock } from './pipfile-lock.ts';

const near = (files: Readonly<Record<string, string>> = {}): Near => ({
  text: async (path) => files[path],
  bytes: async () => Buffer.alloc(0),
  foldersWith: () => [],
  signal: new AbortController().signal,
});

const hash = `sha256:${'a'.repeat(64)}`;
const LOCK = `{
    "_meta": {
        "hash": { "sha256": "00" },
        "pipfile-spec": 6,
        "sources": [ { "name": "pypi", "url": "https://example.org/simple", "verify_ssl": true } ]
    },
    "default": {
        "Flask": {
            "hashes": [
                "${hash}"
            ],
            "index": "pypi",
            "markers": "python_version >= '3.8'",
            "version": "==2.3.3"
        },
        "click": { "version": "==8.1.8" },
        "tool": { "git": "https://example.org/tool.git", "ref": "0123" },
        "shop": { "editable": true, "path": "." },
        "wheel": { "file": "https://example.org/wheel-1.0.whl" },
        "any": { "version": "*" }
    },
    "develop": {
        "click": { "version": "==8.1.8" },
        "pytest": { "version": "==8.0.0" }
    },
    "docs": {
        "click": { "version": "==7.0" }
    }
}
`;

const read = async (text: string, files?: Readonly<Record<string, string>>): Promise<Parsed> => {
  const parsed = await pipfileLock.read('Pipfile.lock', text, near(files));
  if (parsed === undefined) throw new Error('not read');
  return parsed;
};

describe('pipfileLock', () => {
  it('reads every category, and the strongest one counts', async () => {
    const parsed = await read(LOCK);
    expect(parsed.entries.map(({ place, scope, region }) => `${place} ${scope} ${region.startLine}`)).toEqual([
      'flask@2.3.3 required 8',
      'click@8.1.8 required 16',
      'pytest@8.0.0 excluded 24',
      'click@7.0 excluded 27',
    ]);
    expect(parsed.entries[0]?.integrity).toBe(hash);
    expect(parsed.left.map(({ name, origin, line }) => `${name} ${origin} ${line}`)).toEqual([
      'tool git 17',
      'shop file 18',
      'wheel remote 19',
      'any unresolved 20',
    ]);
  });

  it('takes what is direct from the Pipfile', async () => {
    const pipfile = '[packages]\nflask = "<3"\n[dev-packages]\npytest = {version = "*", extras = ["x"]}\n[docs]\n';
    const parsed = await read(LOCK, { Pipfile: pipfile });
    const { graph } = graphOf('Pipfile.lock', pipfileLock, parsed);
    expect(graph.packages.filter(({ direct }) => direct).map(({ place }) => place)).toEqual(['flask@2.3.3', 'pytest@8.0.0']);
    expect(graph.packages.map(({ scope }) => scope)).toEqual(['excluded', 'required', 'required', 'excluded']);
    expect(parsed.direct).toEqual({ flask: '<3', pytest: '*' });
    expect((await read(LOCK, { Pipfile: '[broken' })).entries).toHaveLength(4);
  });

  it('refuses what is something else', async () => {
    await expect(read('{"default": {}}')).rejects.toThrow(ManifestError);
    await expect(read('[]')).rejects.toThrow(ManifestError);
    await expect(read('{"_meta": {}, "default": {')).rejects.toThrow(ManifestError);
    expect((await read('{"_meta": {}, "default": 3, "develop": {"__proto__": {"version": "==1"}, "x": 4}}')).left).toHaveLength(1);
  });
});
