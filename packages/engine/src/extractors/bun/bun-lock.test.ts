import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { damagedOneOf } from '../../../../../tests/arbitraries/damaged.ts';
import type { Near, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { bunLock } from './bun-lock.ts';
import { jsonOf } from './jsonc.ts';
import { readBunLock } from './read.ts';

const NEAR: Near = {
  text: async () => undefined,
  bytes: async () => Buffer.alloc(0),
  foldersWith: () => [],
  signal: new AbortController().signal,
};

const parse = async (text: string): Promise<Parsed> => {
  const parsed = await bunLock.read('bun.lock', text, NEAR);
  if (parsed === undefined) throw new Error('not read');
  return parsed;
};

const V1 = `{
  "lockfileVersion": 1,
  "configVersion": 1,
  "workspaces": {
    "": {
      "name": "root",
      "dependencies": {
        "@s/a": "^1.0.0",
        "git": "github:u/git",
        "member": "workspace:*",
      },
      "devDependencies": {
        "alias": "npm:real@^3.0.0",
        "nowhere": "^1.0.0",
      },
      "peerDependencies": {
        "host": "*",
      },
    },
    "packages/member": {
      "name": "member",
      "version": "1.0.0",
      "dependencies": {
        "b": "^1.0.0", // a comment
      },
      "optionalDependencies": {
        "absent": "*",
      },
    },
  },
  "trustedDependencies": [
    "b",
  ],
  "overrides": {
    "c": "4.0.0",
  },
  "packages": {
    "@s/a": ["@s/a@1.0.2", "", { "dependencies": { "b": "^2.0.0" }, "optionalDependencies": { "c": "1" }, "peerDependencies": { "real": "*", "missing": "*" }, "optionalPeers": ["real"], "bin": { "a": "a.js" } }, "sha512-AA=="],

    "alias": ["real@3.0.0", "https://r.example/real/-/real-3.0.0.tgz", {}, "sha512-BB=="],

    "b": ["b@2.0.0", "", {}, "sha512-CC=="],

    "c": ["c@4.0.0", "", {}, "sha512-DD=="],

    "file": ["file@file:./file", { "dependencies": { "b": "*" } }],

    "git": ["git@github:u/git#abc", { "dependencies": { "c": "*" } }, "u-git-abc"],

    "member": ["member@workspace:packages/member"],

    "odd": {},

    "tar": ["tar@https://e.example/tar.tgz", {}, "sha512-EE=="],

    "member/b": ["b@1.0.0", "", { "dependencies": { "c": "*" } }, "sha512-FF=="],

    "@s/a/b/@s/c": ["@s/c@1.0.0", "", {}, ""],
  }
}
`;

/** bun 1.1.39: workspaces carry what they declare a second time. */
const V0 = `{
  "lockfileVersion": 0,
  "workspaces": {
    "": {
      "name": "root",
      "dependencies": { "a": "1" },
    },
  },
  "packages": {
    "a": ["a@1.0.0", "", { "dependencies": { "b": "1" } }, "sha512-AA=="],
    "b": ["b@1.1.0", "https://registry.example/", {}, "sha512-BB=="],
    "root": ["root@workspace:", { "dependencies": { "a": "1" } }],
  }
}
`;

/** 1-based line of the first place where the text stands. */
const lineOf = (piece: string): number => V1.slice(0, V1.indexOf(piece)).split('\n').length;

const edges = (list: Parsed['roots'][number]['edges'] | undefined) => (list ?? []).map(({ name, to, kind }) => `${kind} ${name} > ${to}`);

describe('bunLock', () => {
  it('reads packages with the key of their place', async () => {
    const parsed = await parse(V1);
    expect(parsed.formatVersion).toBe('1');
    expect(parsed.entries.map(({ place, name, version, region }) => [place, name, version, region.startLine])).toEqual([
      ['@s/a', '@s/a', '1.0.2', lineOf('"@s/a": ["')],
      ['alias', 'real', '3.0.0', lineOf('"alias": ["')],
      ['b', 'b', '2.0.0', lineOf('"b": ["')],
      ['c', 'c', '4.0.0', lineOf('"c": ["')],
      ['member/b', 'b', '1.0.0', lineOf('"member/b": ["')],
      ['@s/a/b/@s/c', '@s/c', '1.0.0', lineOf('"@s/a/b/@s/c": ["')],
    ]);
    expect(parsed.entries[1]).toMatchObject({ resolved: 'https://r.example/real/-/real-3.0.0.tgz', integrity: 'sha512-BB==' });
    expect(parsed.entries[0]?.resolved).toBeUndefined();
  });

  it('finds what a name means from its place, peers that are there included', async () => {
    const { entries } = await parse(V1);
    expect(edges(entries[0]?.edges)).toEqual(['prod b > b', 'optional c > c']);
    expect(edges(entries[4]?.edges)).toEqual(['prod c > c']);
  });

  it('gives the root and each member what it asks for', async () => {
    const { roots, direct } = await parse(V1);
    expect(roots.map(({ folder, edges: list }) => [folder, edges(list)])).toEqual([
      ['', ['dev alias > alias', 'prod @s/a > @s/a', 'prod git > git', 'prod member > member']],
      ['packages/member', ['prod b > member/b']],
    ]);
    expect(direct).toMatchObject({ '@s/a': '^1.0.0', b: '^1.0.0' });
  });

  it('leaves what is not from the registry, what makes no sense and what is not there', async () => {
    const { left } = await parse(V1);
    expect(left.map(({ name, origin, line }) => [name, origin, line])).toEqual([
      ['file', 'file', lineOf('"file": ["')],
      ['git', 'git', lineOf('"git": ["')],
      ['odd', 'unreadable', lineOf('"odd": {')],
      ['tar', 'remote', lineOf('"tar": ["')],
      ['nowhere', 'unresolved', 1],
    ]);
    expect(left[1]).toMatchObject({ place: 'git', edges: [{ name: 'c', to: 'c', kind: 'prod' }] });
  });

  it('reads version 0', async () => {
    const { entries, roots, left } = await parse(V0);
    expect(entries.map(({ place, version }) => [place, version])).toEqual([
      ['a', '1.0.0'],
      ['b', '1.1.0'],
    ]);
    expect(edges(roots[0]?.edges)).toEqual(['prod a > a']);
    expect(left).toEqual([]);
  });

  it('keeps names that are members of every object', async () => {
    const text =
      '{"lockfileVersion":1,"workspaces":{"":{"dependencies":{"__proto__":"1"}}},"packages":{"__proto__":["__proto__@1.0.0"],"constructor":["constructor@1.0.0"]}}';
    const { entries, roots, direct } = await parse(text);
    expect(entries.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
    expect(edges(roots[0]?.edges)).toEqual(['prod __proto__ > __proto__']);
    expect(Object.keys(direct)).toEqual(['__proto__']);
  });

  it.each([
    ['', 1, 'expected {'],
    ['{"packages":{}}', 1, 'expected lockfileVersion 0 or 1, found none'],
    ['{\n"lockfileVersion": 2,\n}', 1, 'expected lockfileVersion 0 or 1, found 2'],
    ['{\n"lockfileVersion": 1,\n"packages": {,}\n}', 3, 'expected'],
    ['{\n<<<<<<< HEAD\n"lockfileVersion": 1', 2, 'an unresolved merge'],
  ])('refuses %j', async (text, line, message) => {
    const error = await Promise.resolve(text)
      .then(parse)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ManifestError);
    expect(error).toMatchObject({ line, message: expect.stringContaining(message) });
  });

  it('throws nothing but ManifestError, and loses no package', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(damagedOneOf([V0, V1]), fc.string()), async (text) => {
        try {
          const { entries, left } = await parse(text);
          const given = new Set([...entries.map(({ place }) => place), ...left.flatMap(({ place }) => place ?? [])]);
          const own = /@(?:workspace|link|root):/;
          const lost = readBunLock(text).packages.filter(({ key, resolution }) => !given.has(key) && !own.test(resolution ?? ''));
          expect(lost).toEqual([]);
        } catch (error) {
          if (!(error instanceof ManifestError)) throw error;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['/', 'a/', ',', '//\n', '/*', '"', '[', '"a":["a@1.0.0"],', '\\'])('comes to an end on 1 MB of %j', async (piece) => {
    const many = piece.repeat((1 << 20) / piece.length);
    for (const text of [many, `{"lockfileVersion":1,"packages":{${many}}}`, `{"lockfileVersion":1,"packages":{"${many}":["a@1.0.0"]}}`]) {
      await Promise.resolve(text)
        .then(parse)
        .catch((error: unknown) => expect(error).toBeInstanceOf(ManifestError));
    }
  });
});

describe('jsonOf', () => {
  it('keeps every place, and texts that look like comments', () => {
    const text = '{ "a//b": "/* , */", // x,\n "c": [1, /* ,\n */ ], }';
    expect(jsonOf(text)).toBe('{ "a//b": "/* , */",      \n "c": [1      \n    ]  }');
    expect(JSON.parse(jsonOf(text))).toEqual({ 'a//b': '/* , */', c: [1] });
  });

  it('leaves JSON as it is', () => {
    fc.assert(fc.property(fc.json(), (text) => jsonOf(text) === text));
  });
});
