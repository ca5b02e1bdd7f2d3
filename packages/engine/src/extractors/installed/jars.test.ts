import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading, ReadProblem } from '../reading.ts';
import { readJars } from './jars.ts';
import type { JarLimits } from './jars-archive.ts';
import { JAR_LIMITS } from './jars-archive.ts';

type Files = Readonly<Record<string, string | Buffer>>;

interface Written {
  readonly stored?: boolean;
  /** Before the archive, as a start script. */
  readonly before?: string;
  /** What the directory claims of every size. */
  readonly claims?: number;
}

/** A zip as `jar` writes it, small. */
const zipOf = (files: Files, { stored = false, before = '', claims }: Written = {}): Buffer => {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const size = claims ?? bytes.length;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    header.writeUInt16LE(stored ? 0 : 8, 10);
    header.writeUInt32LE(crc32(bytes), 16);
    header.writeUInt32LE(packed.length, 20);
    header.writeUInt32LE(size, 24);
    header.writeUInt16LE(Buffer.byteLength(name), 28);
    header.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    directory.push(header, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const end = Buffer.alloc(22);
  const length = Buffer.concat(directory).length;
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([Buffer.from(before), ...locals, ...directory, end]);
};

const maven = (name: string): Files => {
  const [groupId, artifactId, version] = name.split(':');
  const text = `#Created by Apache Maven 3.8.7\nversion=${version}\ngroupId=${groupId}\nartifactId=${artifactId}\n`;
  return { [`META-INF/maven/${groupId}/${artifactId}/pom.properties`]: text };
};
const CLASS: Files = { 'com/acme/A.class': 'cafebabe' };
const manifest = (...lines: readonly string[]): Files => ({
  'META-INF/MANIFEST.MF': `Manifest-Version: 1.0\r\n${lines.join('\r\n')}\r\n\r\n`,
});
const library = (name: string): Buffer => zipOf({ ...CLASS, ...maven(name) });

interface Result {
  readonly places: readonly string[];
  readonly left: readonly string[];
  readonly problems: readonly string[];
}

const scan = async (files: Files, limits: JarLimits = JAR_LIMITS): Promise<Result> => {
  const problems: ReadProblem[] = [];
  const reading = {
    files: Object.entries(files).map(([uri, bytes]) => ({ uri, bytes: bytes.length })),
    signal: new AbortController().signal,
    readRange: async (uri: string, offset: number, length: number) => Buffer.from(files[uri] ?? '').subarray(offset, offset + length),
    problem: (problem: ReadProblem) => problems.push(problem),
    progress: () => undefined,
  };
  // the reader asks for ranges alone
  const found = await readJars(reading as unknown as Reading, limits);
  const all = found.flatMap(({ manifest: uri, parsed }) =>
    parsed.entries.map(({ place }) => (Object.keys(files).length > 1 ? `${uri} ${place}` : place)),
  );
  const left = found.flatMap(({ parsed }) => parsed.left.map(({ name, why }) => `${name}: ${why}`));
  expect(problems.every(({ incomplete, code }) => incomplete && code === 'BW3010')).toBe(true);
  return { places: all, left, problems: problems.map(({ message }) => message) };
};

describe('what a jar is', () => {
  it('says Maven, for every module that was built in', async () => {
    const shaded = zipOf({
      ...CLASS,
      ...maven('org.acme:all:1'),
      ...maven('com.google.guava:guava:31.0-jre'),
      ...maven('org.slf4j:slf4j-api:2.0.9'),
    });
    expect(await scan({ 'lib/all-1.jar': shaded })).toEqual({
      places: ['org.acme:all:1', 'com.google.guava:guava:31.0-jre', 'org.slf4j:slf4j-api:2.0.9'],
      left: [],
      problems: [],
    });
  });

  it('says a pom alone, with what it takes from its parent', async () => {
    const pom =
      '<project><parent><groupId>g</groupId><artifactId>p</artifactId><version>3</version></parent><artifactId>a</artifactId></project>';
    expect((await scan({ 'a.jar': zipOf({ ...CLASS, 'META-INF/maven/g/a/pom.xml': pom }) })).places).toEqual(['g:a:3']);
    const open = '<project><groupId>g</groupId><artifactId>a</artifactId><version>${revision}</version></project>';
    expect((await scan({ 'a.jar': zipOf({ ...CLASS, 'META-INF/maven/g/a/pom.xml': open }) })).left).toEqual([
      'META-INF/maven/g/a/pom.xml: no version inside',
      'a.jar: no coordinates inside',
    ]);
  });

  it('says the manifest, where that states the group', async () => {
    const jar = (...lines: readonly string[]): Buffer => zipOf({ ...manifest(...lines), ...CLASS });
    const spring = manifest('Automatic-Module-Name: spring.web', ' mvc', 'Implementation-Version: 6.1.1');
    const tomcat = manifest(
      'Bundle-SymbolicName: org.apache.tomcat-embed-core',
      'Implementation-Version: 10.1.16',
      '',
      'Name: a',
      'Implementation-Version: 6.0',
    );
    const files = {
      'a/hibernate-core-6.3.1.jar': jar('Implementation-Vendor-Id: org.hibernate', 'Implementation-Version: 6.3.1'),
      'b/elasticsearch-8.11.1.jar': jar('Implementation-Title: org.elasticsearch#server;8.11.1'),
      'b/renamed.jar': jar('Implementation-Title: org.elasticsearch#server;8.11.1'),
      'c/spring-webmvc.jar': zipOf({ ...spring, ...CLASS }),
      'd/spring-webmvc.jar': zipOf({ ...spring, 'org/springframework/web/A.class': '' }),
      'e/tomcat.jar': zipOf({ ...tomcat, 'org/apache/catalina/A.class': '' }),
    };
    expect(await scan(files)).toEqual({
      places: [
        'b/elasticsearch-8.11.1.jar org.elasticsearch:elasticsearch:8.11.1',
        'd/spring-webmvc.jar org.springframework:spring-webmvc:6.1.1',
        'e/tomcat.jar org.apache.tomcat.embed:tomcat-embed-core:10.1.16',
      ],
      left: [
        'hibernate-core-6.3.1.jar: no coordinates inside',
        'renamed.jar: no coordinates inside',
        'spring-webmvc.jar: no coordinates inside',
      ],
      problems: [],
    });
  });

  it('is nobody to speak of without classes, and the wrapper of Gradle is a tool', async () => {
    const files = { 'docs-javadoc.jar': zipOf({ 'index.html': '' }), 'gradle/wrapper/gradle-wrapper.jar': zipOf(CLASS), 'x.txt': 'no jar' };
    expect(await scan(files)).toEqual({ places: [], left: [], problems: [] });
  });
});

describe('archives in archives', () => {
  const inner = {
    'BOOT-INF/lib/jackson-databind-2.14.0.jar': library('com.fasterxml.jackson.core:jackson-databind:2.14.0'),
    'BOOT-INF/classes/A.class': '',
  };

  it.each([
    ['stored, as Spring Boot does', { stored: true }],
    ['packed, as a war is', {}],
    ['behind a start script', { stored: true, before: '#!/bin/bash\nexec java -jar "$0"\n' }],
  ])('are read when they are %s', async (_how, written) => {
    const app = zipOf({ ...maven('org.acme:app:1'), ...inner }, written);
    expect(await scan({ 'app.jar': app })).toEqual({
      places: ['org.acme:app:1', 'BOOT-INF/lib/jackson-databind-2.14.0.jar!com.fasterxml.jackson.core:jackson-databind:2.14.0'],
      left: [],
      problems: [],
    });
  });

  it('are read through four levels, and what is deeper is said', async () => {
    let jar = library('g:deep:1');
    for (const name of ['e', 'd', 'c', 'b']) jar = zipOf({ [`lib/${name}.jar`]: jar }, { stored: name === 'c' });
    expect((await scan({ 'app.ear': jar })).places).toEqual(['lib/b.jar!lib/c.jar!lib/d.jar!lib/e.jar!g:deep:1']);
    const { places, problems } = await scan({ 'app.ear': zipOf({ 'a.jar': jar }) });
    expect(places).toEqual([]);
    expect(problems).toEqual(['app.ear could not be read whole: a.jar!lib/b.jar!lib/c.jar!lib/d.jar!lib/e.jar: deeper than 4 archives']);
  });

  it('take the group from the bill of materials that the build laid in', async () => {
    const sbom = {
      bomFormat: 'CycloneDX',
      components: [
        { name: 'tomcat-embed-core', purl: 'pkg:maven/org.apache.tomcat.embed/tomcat-embed-core@10.1.16?type=jar' },
        { purl: 'pkg:maven/a/same@1' },
        { purl: 'pkg:maven/b/same@1' },
        { purl: 7 },
        null,
      ],
    };
    const app = zipOf({
      'META-INF/sbom/application.cdx.json': JSON.stringify(sbom),
      'BOOT-INF/lib/tomcat-embed-core-10.1.16.jar': zipOf(CLASS),
      'BOOT-INF/lib/same-1.jar': zipOf(CLASS),
    });
    expect(await scan({ 'app.jar': app })).toEqual({
      places: ['BOOT-INF/lib/tomcat-embed-core-10.1.16.jar!org.apache.tomcat.embed:tomcat-embed-core:10.1.16'],
      left: ['same-1.jar: no coordinates inside'],
      problems: [],
    });
  });

  it('say what could not be read, and the rest is read', async () => {
    const damaged = library('g:b:1');
    const app = zipOf({ 'lib/a.jar': library('g:a:1'), 'lib/b.jar': damaged.subarray(0, 40), 'lib/c.jar': library('g:c:1') });
    expect(await scan({ 'app.war': app })).toEqual({
      places: ['lib/a.jar!g:a:1', 'lib/c.jar!g:c:1'],
      left: [],
      problems: ['app.war could not be read whole: lib/b.jar: expected a zip, found no directory of its files'],
    });
  });
});

describe('hostile archives', () => {
  const zeros = Buffer.alloc(8 << 20);

  it('are held to the size that their directory says', async () => {
    const { problems } = await scan({ 'app.jar': zipOf({ 'lib/a.jar': zeros }, { claims: 1_000 }) });
    expect(problems).toEqual(['app.jar could not be read whole: lib/a.jar: it unpacks to more than its directory says']);
  });

  it('are held to the limits of one archive, of all bytes, of all archives and of all files', async () => {
    const app = { 'app.jar': zipOf({ 'lib/a.jar': zipOf({ x: zeros }), 'lib/b.jar': library('g:b:1') }) };
    const big = { 'app.jar': zipOf({ 'lib/a.jar': zeros }) };
    const limited = async (limits: Partial<JarLimits>, files: Files = app): Promise<readonly string[]> =>
      (await scan(files, { ...JAR_LIMITS, ...limits })).problems;
    expect(await limited({ archiveBytes: 1 << 20 }, big)).toEqual([
      'app.jar could not be read whole: lib/a.jar: it unpacks to more than 1 MB',
    ]);
    expect(await limited({ totalBytes: 1 << 20 }, big)).toEqual([
      'app.jar could not be read whole: lib/a.jar: all of it unpacks to more than 1 MB',
    ]);
    expect(await limited({ archives: 1 })).toEqual(['app.jar could not be read whole: …: more than 1 archives'.replace('…', '?')]);
    expect(await limited({ files: 3 })).toEqual(['app.jar could not be read whole: lib/b.jar: more than 3 files in all']);
    expect(await limited({ depth: 0 })).toEqual([
      'app.jar could not be read whole: lib/a.jar: deeper than 0 archives; lib/b.jar: deeper than 0 archives',
    ]);
  });

  it('may hold names that are paths of a machine: they are data', async () => {
    const { places } = await scan({ 'app.jar': zipOf({ '../../etc/x.jar': library('g:a:1'), '/abs.jar': library('g:b:1') }) });
    expect(places).toEqual(['../../etc/x.jar!g:a:1', '/abs.jar!g:b:1']);
  });

  it('are refused when they are no archive at all', async () => {
    const files = { 'a.jar': 'version https://git-lfs.github.com/spec/v1\n', 'b.jar': '', 'c.jar': Buffer.alloc(100_000) };
    expect((await scan(files)).problems).toEqual([
      'a.jar could not be read: expected a zip, found no directory of its files',
      'b.jar could not be read: expected a zip, found no directory of its files',
      'c.jar could not be read: expected a zip, found no directory of its files',
    ]);
  });

  const parts = {
    ...manifest('Implementation-Title: x'),
    ...maven('g:a:1'),
    'lib/b.jar': library('g:b:1'),
    'META-INF/sbom/a.json': '{"components":[]}',
  };
  const bend = (whole: Buffer, edits: readonly { readonly at: number; readonly bytes: Uint8Array }[], end: number): Buffer => {
    const bent = Buffer.from(whole);
    for (const { at, bytes } of edits) Buffer.from(bytes).copy(bent, at % end, 0, Math.min(bytes.length, end - (at % end)));
    return bent;
  };
  const edit = fc.record({ at: fc.nat(100_000), bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) });

  it('lose nothing when their files are damaged: what the directory names is read or said', async () => {
    const whole = zipOf(parts);
    await fc.assert(
      fc.asyncProperty(edit, async (one) => {
        const { places, problems } = await scan({ 'app.jar': bend(whole, [one], whole.indexOf('PK\x01\x02')) });
        if (!places.includes('lib/b.jar!g:b:1')) expect(problems.join()).toContain('lib/b.jar: ');
        if (!places.includes('g:a:1')) expect(problems.join()).toContain('META-INF/maven/g/a/pom.properties: ');
      }),
      { numRuns: 500 },
    );
  });

  it('never throw, wherever they are bent or cut', async () => {
    const whole = zipOf(parts, { stored: true });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 5 }), fc.nat(60), async (edits, cut) => {
        const { problems } = await scan({ 'app.jar': bend(whole, edits, whole.length).subarray(0, whole.length - cut) });
        expect(problems.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 1_000 },
    );
  });
});
