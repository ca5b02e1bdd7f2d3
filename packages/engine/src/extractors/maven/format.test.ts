import { describe, expect, it } from 'vitest';
import type { Parsed } from '../dependencies/format.ts';
import { filesByName, nearOf } from '../dependencies/near.ts';
import type { Reading } from '../reading.ts';
import { mavenPom } from './format.ts';

type Files = Readonly<Record<string, string>>;

/** Reads every pom of the tree in one run, as a scan does. */
const scan = async (files: Files): Promise<ReadonlyMap<string, Parsed>> => {
  const found = Object.keys(files)
    .sort()
    .map((uri) => ({ uri, bytes: 0 }));
  const reading = { files: found, signal: new AbortController().signal, readText: async (uri: string) => files[uri] ?? '' };
  const byName = filesByName(reading);
  const all = new Map<string, Parsed>();
  for (const { uri } of found.filter((file) => mavenPom.matches(file.uri))) {
    // the reader asks for texts and the signal alone
    const near = nearOf(reading as unknown as Reading, byName, uri, mavenPom.maxBytes);
    const parsed = await mavenPom.read(uri, files[uri] ?? '', near);
    if (parsed !== undefined) all.set(uri, parsed);
  }
  return all;
};

const readOf = async (files: Files, uri = 'pom.xml'): Promise<Parsed> => {
  const parsed = (await scan(files)).get(uri);
  if (parsed === undefined) throw new Error('no pom');
  return parsed;
};

const dep = (name: string, more = ''): string => {
  const [group, artifact, version] = name.split(':');
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${version ? `<version>${version}</version>` : ''}${more}</dependency>`;
};
const deps = (...all: readonly string[]): string => `<dependencies>${all.join('')}</dependencies>`;
const managed = (...all: readonly string[]): string => `<dependencyManagement>${deps(...all)}</dependencyManagement>`;
const bom = (name: string): string => dep(name, '<type>pom</type><scope>import</scope>');
const properties = (all: Files): string =>
  `<properties>${Object.entries(all)
    .map(([key, value]) => `<${key}>${value}</${key}>`)
    .join('')}</properties>`;
const parent = (name: string, more = ''): string => dep(name, more).replaceAll('dependency>', 'parent>');
const pom = (name: string, ...parts: readonly string[]): string => {
  const [group, artifact, version] = name.split(':');
  const own = [
    group ? `<groupId>${group}</groupId>` : '',
    `<artifactId>${artifact}</artifactId>`,
    version ? `<version>${version}</version>` : '',
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>${own.join('')}${parts.join('')}</project>\n`;
};

const shown = ({ entries }: Parsed): readonly string[] => entries.map(({ name, version, scope }) => `${name}:${version} ${scope}`);
const reasons = ({ left }: Parsed): Files =>
  Object.fromEntries(left.filter(({ name }) => name !== 'transitive dependencies').map(({ name, why, origin }) => [name, why ?? origin]));

describe('what a pom names', () => {
  it('gives each scope its place among what is shipped', async () => {
    const parsed = await readOf({
      'pom.xml': pom(
        'org.acme:app:1',
        deps(
          dep('org.slf4j:slf4j-api:2.0.9'),
          dep('org.h2database:h2:2.2.220', '<scope>runtime</scope>'),
          dep('jakarta.servlet:jakarta.servlet-api:6.0.0', '<scope>provided</scope>'),
          dep('com.acme:native:1.0', '<scope>system</scope><systemPath>/lib/native.jar</systemPath>'),
          dep('org.projectlombok:lombok:1.18.30', '<optional>true</optional>'),
          dep('org.junit.jupiter:junit-jupiter:5.10.0', '<scope>test</scope>'),
        ),
      ),
    });
    expect(shown(parsed)).toEqual([
      'org.slf4j:slf4j-api:2.0.9 required',
      'org.h2database:h2:2.2.220 required',
      'jakarta.servlet:jakarta.servlet-api:6.0.0 optional',
      'com.acme:native:1.0 optional',
      'org.projectlombok:lombok:1.18.30 optional',
      'org.junit.jupiter:junit-jupiter:5.10.0 excluded',
    ]);
    expect(parsed.formatVersion).toBe('4.0.0');
    expect(parsed.direct['org.slf4j:slf4j-api']).toBe('2.0.9');
    expect(parsed.left).toEqual([
      { name: 'transitive dependencies', line: 2, origin: 'unresolved', why: 'a pom names direct dependencies only' },
    ]);
  });

  it('points at the dependency, and keeps types and classifiers apart', async () => {
    const text = `<project>
  <artifactId>app</artifactId>
  <dependencies>
    <dependency>
      <groupId>io.netty</groupId>
      <artifactId>netty-transport-native-epoll</artifactId>
      <version>4.1.100.Final</version>
      <classifier>linux-x86_64</classifier>
    </dependency>
    <dependency>
      <groupId>io.netty</groupId>
      <artifactId>netty-transport-native-epoll</artifactId>
      <version>4.1.101.Final</version>
    </dependency>
  </dependencies>
</project>
`;
    const { entries } = await readOf({ 'pom.xml': text });
    expect(entries.map(({ place, version, region }) => [place, version, region])).toEqual([
      [
        'io.netty:netty-transport-native-epoll:jar:linux-x86_64',
        '4.1.100.Final',
        { startLine: 4, startColumn: 5, endLine: 9, endColumn: 18 },
      ],
      ['io.netty:netty-transport-native-epoll', '4.1.101.Final', { startLine: 10, startColumn: 5, endLine: 14, endColumn: 18 }],
    ]);
  });

  it('leaves open what is decided when it is built', async () => {
    const parsed = await readOf({
      'pom.xml': pom(
        'org.acme:app:1',
        deps(dep('a:range:[1,2)'), dep('a:latest:LATEST'), dep('a:env:${env.V}'), dep('a:none'), dep('a:one:[1.5]'), dep('a:odd:1/2')),
      ),
    });
    expect(shown(parsed)).toEqual(['a:one:1.5 required']);
    expect(reasons(parsed)).toEqual({
      'a:range': 'the range [1,2) is decided when it is built',
      'a:latest': 'LATEST is decided when it is built',
      'a:env': '${env.V} is not set in the tree',
      'a:none': 'it states no version and nothing manages it',
      'a:odd': '1/2 is no version',
    });
  });

  it('takes the later of two that are the same, as Maven does', async () => {
    expect(shown(await readOf({ 'pom.xml': pom('g:a:1', deps(dep('x:y:1'), dep('x:y:2'))) }))).toEqual(['x:y:2 required']);
  });

  it('lists what the build runs as excluded', async () => {
    const plugins = `<build><pluginManagement><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.11.0</version></plugin></plugins></pluginManagement>
      <plugins><plugin><artifactId>maven-compiler-plugin</artifactId></plugin><plugin><groupId>org.acme</groupId><artifactId>gen</artifactId><version>\${v}</version>${deps(dep('org.yaml:snakeyaml:1.33'))}</plugin></plugins></build>`;
    const { entries } = await readOf({ 'pom.xml': pom('g:a:1', properties({ v: '2.0' }), plugins) });
    expect(entries.map(({ place, scope }) => `${place} ${scope}`)).toEqual([
      'plugin org.apache.maven.plugins:maven-compiler-plugin@3.11.0 excluded',
      'plugin org.acme:gen@2.0 excluded',
      'plugin org.yaml:snakeyaml@1.33 excluded',
    ]);
  });
});

describe('what a pom inherits from the tree', () => {
  it('takes versions, scopes and dependencies from parents, with the properties of the child', async () => {
    const files = {
      'pom.xml': pom(
        'org.acme:parent:1',
        properties({ 'v.jackson': '2.14.0', 'v.log': '1.2.11' }),
        managed(dep('com.fasterxml.jackson.core:jackson-databind:${v.jackson}'), dep('junit:junit:4.13.2', '<scope>test</scope>')),
        deps(dep('ch.qos.logback:logback-classic:${v.log}')),
      ),
      'app/pom.xml': pom(
        ':app',
        parent('org.acme:parent:1'),
        properties({ 'v.jackson': '2.15.2' }),
        deps(dep('com.fasterxml.jackson.core:jackson-databind'), dep('junit:junit')),
      ),
    };
    const app = await readOf(files, 'app/pom.xml');
    expect(shown(app)).toEqual([
      'ch.qos.logback:logback-classic:1.2.11 required',
      'com.fasterxml.jackson.core:jackson-databind:2.15.2 required',
      'junit:junit:4.13.2 excluded',
    ]);
    expect(app.entries[0]?.region.startLine).toBe(2);
    expect(shown(await readOf(files))).toEqual(['ch.qos.logback:logback-classic:1.2.11 required']);
  });

  it('knows CI-friendly versions, coordinates of the project and of its parent', async () => {
    const files = {
      'pom.xml': pom('org.acme:parent:${revision}${changelist}', properties({ revision: '2.0', changelist: '-SNAPSHOT' })),
      'lib/pom.xml': pom(':lib', parent('org.acme:parent:${revision}${changelist}')),
      'app/pom.xml': pom(
        ':app',
        parent('org.acme:parent:${revision}${changelist}'),
        deps(dep('${project.groupId}:lib:${project.version}'), dep('other:same:${project.parent.version}'), dep('other:old:${version}')),
      ),
    };
    const app = await readOf(files, 'app/pom.xml');
    expect(shown(app)).toEqual(['other:same:2.0-SNAPSHOT required', 'other:old:2.0-SNAPSHOT required']);
    expect(reasons(app)).toEqual({});
  });

  it('says who manages a version when that is not in the tree', async () => {
    const app = await readOf({
      'pom.xml': pom(
        ':app',
        parent('org.springframework.boot:spring-boot-starter-parent:3.2.0', '<relativePath/>'),
        deps(dep('org.springframework.boot:spring-boot-starter-web'), dep('com.h2database:h2:${h2.version}')),
      ),
    });
    expect(reasons(app)).toEqual({
      'org.springframework.boot:spring-boot-starter-web':
        'managed by org.springframework.boot:spring-boot-starter-parent:3.2.0, which is not in the tree',
      'com.h2database:h2':
        '${h2.version} is not set in the tree, perhaps by org.springframework.boot:spring-boot-starter-parent:3.2.0, which is not in the tree',
    });
    expect(app.left.at(-1)?.why).toContain('spring-boot-starter-parent:3.2.0, which is not in the tree, may name more');
  });

  it('does not take a parent with other coordinates that stands at the path', async () => {
    const app = await readOf(
      {
        'pom.xml': pom('org.acme:other:1', managed(dep('a:b:1'))),
        'app/pom.xml': pom(':app', parent('org.acme:parent:1'), deps(dep('a:b'))),
      },
      'app/pom.xml',
    );
    expect(reasons(app)).toEqual({ 'a:b': 'managed by org.acme:parent:1, which is not in the tree' });
  });

  it('finds parents by a path of their own, a folder, or their coordinates', async () => {
    const files = {
      'build/parent.xml': pom('org.acme:by-path:1', managed(dep('a:b:1'))),
      'other/deep/pom.xml': pom('org.acme:by-name:1', managed(dep('a:b:2'))),
      'x/pom.xml': pom(':x', parent('org.acme:by-path:1', '<relativePath>../build/parent.xml</relativePath>'), deps(dep('a:b'))),
      'y/pom.xml': pom(':y', parent('org.acme:by-name:1', '<relativePath>../other/deep</relativePath>'), deps(dep('a:b'))),
      'z/pom.xml': pom(':z', parent('org.acme:by-name:1'), deps(dep('a:b'))),
    };
    const all = await scan(files);
    expect(['x', 'y', 'z'].map((one) => all.get(`${one}/pom.xml`)?.entries[0]?.version)).toEqual(['1', '2', '2']);
  });

  it('imports bills of materials of the tree, the pom itself and earlier imports first', async () => {
    const files = {
      'one/pom.xml': pom('org.acme:one:1', properties({ v: '1.1' }), managed(dep('a:x:${v}'), dep('a:y:1.1'))),
      'two/pom.xml': pom('org.acme:two:1', managed(dep('a:x:2'), dep('a:y:2'), dep('a:z:2'), bom('org.acme:three:1'))),
      'three/pom.xml': pom('org.acme:three:1', managed(dep('a:w:3'))),
      'pom.xml': pom(
        'org.acme:app:1',
        properties({ v: '9' }),
        managed(bom('org.acme:one:1'), bom('org.acme:two:1'), dep('a:y:0')),
        deps(dep('a:w'), dep('a:x'), dep('a:y'), dep('a:z'), dep('a:q')),
      ),
    };
    const app = await readOf(files);
    expect(shown(app)).toEqual(['a:w:3 required', 'a:x:1.1 required', 'a:y:0 required', 'a:z:2 required']);
    expect(reasons(app)).toEqual({ 'a:q': 'it states no version and nothing manages it' });
  });

  it('does not take from a later import what an earlier one outside the tree decides', async () => {
    const files = {
      'ours/pom.xml': pom('org.acme:ours:1', managed(dep('a:x:1'))),
      'first/pom.xml': pom('org.acme:a:1', managed(bom('org.acme:ours:1'), bom('com.acme:theirs:1')), deps(dep('a:x'))),
      'last/pom.xml': pom('org.acme:b:1', managed(bom('com.acme:theirs:1'), bom('org.acme:ours:1')), deps(dep('a:x'))),
      'weak/pom.xml': pom('org.acme:c:1', parent('org.acme:company:1'), managed(bom('org.acme:ours:1')), deps(dep('a:x'))),
    };
    const all = await scan(files);
    expect([...all.values()].map((parsed) => [shown(parsed), reasons(parsed)])).toEqual([
      [['a:x:1 required'], {}],
      [[], { 'a:x': 'managed by com.acme:theirs:1, which is not in the tree' }],
      [[], {}],
      [['a:x:1 required'], {}],
    ]);
    expect(all.get('weak/pom.xml')?.left[0]?.why).toContain(
      'org.acme:company:1, which is not in the tree, may name more or other versions',
    );
  });

  it('leaves out modules of the tree, but not an older release of them', async () => {
    const files = {
      'lib/pom.xml': pom('org.acme:lib:2'),
      'pom.xml': pom('org.acme:app:2', deps(dep('org.acme:lib:2'), dep('org.acme:lib', '<type>test-jar</type>'))),
      'old/pom.xml': pom('org.acme:old:2', deps(dep('org.acme:lib:1'))),
    };
    expect(shown(await readOf(files))).toEqual([]);
    expect((await readOf(files)).left).toEqual([]);
    expect(shown(await readOf(files, 'old/pom.xml'))).toEqual(['org.acme:lib:1 required']);
  });

  it('reads the options of the build in .mvn/maven.config', async () => {
    const files = {
      '.mvn/maven.config': '-Drevision=7\n--define other=8\n-P fast,!slow\n',
      'pom.xml': pom(
        'g:a:1',
        properties({ revision: '1', other: '1' }),
        deps(dep('x:revision:${revision}'), dep('x:other:${other}')),
        `<profiles>${['fast', 'slow', 'plain'].map((id) => `<profile><id>${id}</id><activation><activeByDefault>true</activeByDefault></activation>${deps(dep(`x:${id}:1`))}</profile>`).join('')}</profiles>`,
      ),
    };
    expect(shown(await readOf(files))).toEqual([
      'x:revision:7 required',
      'x:other:8 required',
      'x:fast:1 required',
      'x:slow:1 optional',
      'x:plain:1 optional',
    ]);
  });
});

describe('profiles', () => {
  const profile = (id: string, ...parts: readonly string[]): string =>
    `<profiles><profile><id>${id}</id>${parts.join('')}</profile></profiles>`;

  it('counts what is active by default as the pom itself', async () => {
    const active = '<activation><activeByDefault>true</activeByDefault></activation>';
    const text = pom(
      'g:a:1',
      properties({ v: '1' }),
      deps(dep('x:y:${v}')),
      profile('on', active, properties({ v: '2' }), deps(dep('x:z:1'))),
    );
    expect(shown(await readOf({ 'pom.xml': text }))).toEqual(['x:y:2 required', 'x:z:1 required']);
  });

  it('counts what another adds as optional, and leaves open what has no version then', async () => {
    const text = pom(
      'g:a:1',
      deps(dep('x:same:1')),
      profile(
        'dev',
        properties({ v: '3' }),
        deps(dep('x:same:1'), dep('x:extra:${v}'), dep('x:open'), dep('x:t:1', '<scope>test</scope>')),
      ),
    );
    const parsed = await readOf({ 'pom.xml': text });
    expect(shown(parsed)).toEqual(['x:same:1 required', 'x:extra:3 optional', 'x:t:1 excluded']);
    expect(parsed.entries[1]?.place).toBe('x:extra (profile dev)');
    expect(reasons(parsed)).toEqual({ 'x:open': 'profile dev: it states no version and nothing manages it' });
  });
});

describe('what is no pom, or a trap', () => {
  const refusal = async (text: string): Promise<string> =>
    readOf({ 'pom.xml': text }).then(
      () => 'read',
      (error: Error) => `${error.name}: ${error.message}`,
    );

  it('refuses document types, whatever they define', async () => {
    const bomb = `<!DOCTYPE project [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><project><name>&b;</name></project>`;
    expect(await refusal(bomb)).toContain('ManifestError: expected no document type');
    const outside = `<!DOCTYPE project SYSTEM "file:///etc/passwd"><project/>`;
    expect(await refusal(outside)).toContain('ManifestError: expected no document type');
  });

  it('keeps an entity that nobody defines as text: Maven knows those of HTML', async () => {
    expect(await refusal(pom('g:a:1', '<developers><developer><name>J&ouml;rg</name></developer></developers>'))).toBe('read');
  });

  it.each([
    ['', 'ManifestError: expected well-formed XML: document must contain a root element'],
    ['<projec/>', 'ManifestError: expected <project>, found <projec>'],
    ['<project><a></project>', 'ManifestError: expected well-formed XML: unexpected close tag'],
    [`<project>${'<a>'.repeat(100)}`, 'ManifestError: expected no more than 64 levels of elements'],
  ])('says what is wrong with %s', async (text, expected) => {
    expect(await refusal(text)).toBe(expected);
  });

  it('ends in circles of parents, imports and properties', async () => {
    const files = {
      'a/pom.xml': pom(
        'g:a:1',
        parent('g:b:1', '<relativePath>../b</relativePath>'),
        managed(bom('g:b:1')),
        deps(dep('x:y'), dep('x:p:${p}')),
      ),
      'b/pom.xml': pom(
        'g:b:1',
        parent('g:a:1', '<relativePath>../a</relativePath>'),
        managed(bom('g:a:1'), bom('g:b:1')),
        properties({ p: '${q}', q: '${p}' }),
      ),
    };
    expect(Object.keys(reasons(await readOf(files, 'a/pom.xml')))).toEqual(['x:y', 'x:p']);
  });

  it('does not unfold properties that multiply each other', async () => {
    const bomb = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`p${n}`, n === 59 ? 'ha' : `\${p${n + 1}}\${p${n + 1}}`]));
    const round = { ...bomb, p59: '${p0}' };
    for (const all of [bomb, round]) {
      expect(Object.keys(reasons(await readOf({ 'pom.xml': pom('g:a:1', properties(all), deps(dep('x:y:${p0}'))) })))).toEqual(['x:y']);
    }
  });

  it('does not ask a lattice of imports again and again', async () => {
    const layer = (n: number): Files => ({
      [`a${n}/pom.xml`]: pom(`g:a${n}:1`, managed(bom(`g:a${n + 1}:1`), bom(`g:b${n + 1}:1`))),
      [`b${n}/pom.xml`]: pom(`g:b${n}:1`, managed(bom(`g:a${n + 1}:1`), bom(`g:b${n + 1}:1`))),
    });
    const files = Object.assign({}, ...Array.from({ length: 40 }, (_, n) => layer(n)), {
      'pom.xml': pom('g:app:1', managed(bom('g:a0:1')), deps(dep('x:y'))),
    });
    expect(Object.keys(reasons(await readOf(files)))).toEqual(['x:y']);
  });
});
