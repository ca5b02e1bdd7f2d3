import { describe, expect, it } from 'vitest';
import type { Format, Parsed } from '../dependencies/format.ts';
import { filesByName, nearOf } from '../dependencies/near.ts';
import type { Reading } from '../reading.ts';
import { gradleBuild } from './build.ts';
import { gradleCatalogue } from './catalogue.ts';
import { gradleLockfile } from './lockfile.ts';

type Files = Readonly<Record<string, string>>;

const readOf = async (format: Format, uri: string, files: Files): Promise<Parsed | undefined> => {
  const found = Object.keys(files).map((name) => ({ uri: name, bytes: 0 }));
  const reading = { files: found, signal: new AbortController().signal, readText: async (name: string) => files[name] ?? '' };
  expect(format.matches(uri)).toBe(true);
  // the readers ask for texts and the signal alone
  return format.read(uri, files[uri] ?? '', nearOf(reading as unknown as Reading, filesByName(reading), uri, format.maxBytes));
};

const shown = (parsed: Parsed | undefined): readonly string[] =>
  parsed?.entries.map(({ name, version, scope }) => `${name}:${version} ${scope}`) ?? ['not ours'];
const reasons = (parsed: Parsed | undefined): Files =>
  Object.fromEntries(
    parsed?.left.filter(({ name }) => name !== 'transitive dependencies').map(({ name, why, origin }) => [name, why ?? origin]) ?? [],
  );

const LOCK = `# This is a Gradle generated file for dependency locking.
# Manual edits can break the build and are not advised.
# This file is expected to be part of source control.
ch.qos.logback:logback-classic:1.4.8=productionRuntimeClasspath,runtimeClasspath,testRuntimeClasspath
com.google.code.findbugs:jsr305:3.0.2=compileClasspath,testCompileClasspath
junit:junit:4.13.2=testCompileClasspath,testRuntimeClasspath
com.google.dagger:dagger-compiler:2.48=annotationProcessor,testAnnotationProcessor
androidx.test:runner:1.5.2=debugAndroidTestRuntimeClasspath
org.jetbrains.kotlin:kotlin-compiler-embeddable:1.9.0=kotlinCompilerClasspath,kotlinCompilerPluginClasspathMain
org.acme:latest-thing:2.0=latestReleaseRuntimeClasspath
empty=developmentOnly,testAnnotationProcessor
`;

describe('gradle.lockfile', () => {
  it('gives every package the strongest scope of its configurations', async () => {
    const parsed = await readOf(gradleLockfile, 'app/gradle.lockfile', { 'app/gradle.lockfile': LOCK });
    expect(shown(parsed)).toEqual([
      'ch.qos.logback:logback-classic:1.4.8 required',
      'com.google.code.findbugs:jsr305:3.0.2 optional',
      'junit:junit:4.13.2 excluded',
      'com.google.dagger:dagger-compiler:2.48 excluded',
      'androidx.test:runner:1.5.2 excluded',
      'org.jetbrains.kotlin:kotlin-compiler-embeddable:1.9.0 excluded',
      'org.acme:latest-thing:2.0 required',
    ]);
    expect(parsed?.entries[0]?.region).toEqual({ startLine: 4, startColumn: 1, endLine: 4, endColumn: 102 });
    expect(parsed?.left).toEqual([]);
  });

  it('reads the files of older Gradle, one a configuration, and those of the build script', async () => {
    const text = '# comment\norg.slf4j:slf4j-api:1.7.30\n';
    const scopes = async (uri: string, content: string) => (await readOf(gradleLockfile, uri, { [uri]: content }))?.entries[0]?.scope;
    expect(await scopes('gradle/dependency-locks/runtimeClasspath.lockfile', text)).toBe('required');
    expect(await scopes('gradle/dependency-locks/testCompileClasspath.lockfile', text)).toBe('excluded');
    expect(await scopes('gradle/dependency-locks/buildscript-classpath.lockfile', text)).toBe('excluded');
    expect(await scopes('buildscript-gradle.lockfile', 'org.slf4j:slf4j-api:1.7.30=classpath\n')).toBe('excluded');
  });

  it('says which lines make no sense, and refuses a file of nothing else', async () => {
    const parsed = await readOf(gradleLockfile, 'gradle.lockfile', { 'gradle.lockfile': `${LOCK}what is this\norg.acme:x:1\n` });
    expect(parsed?.left).toEqual([
      { name: 'what is this', line: 12, origin: 'unreadable' },
      { name: 'org.acme:x:1', line: 13, origin: 'unreadable' },
    ]);
    await expect(readOf(gradleLockfile, 'gradle.lockfile', { 'gradle.lockfile': '{"a": 1}' })).rejects.toThrow('expected lines of');
    await expect(readOf(gradleLockfile, 'gradle.lockfile', { 'gradle.lockfile': `${LOCK}<<<<<<< HEAD\n` })).rejects.toThrow(
      'an unresolved merge',
    );
    expect(await readOf(gradleLockfile, 'gradle.lockfile', { 'gradle.lockfile': 'empty=\n' })).toMatchObject({ entries: [], left: [] });
  });
});

const CATALOGUE = `[metadata]
format.version = "1.1"

[versions]
jackson = "2.15.2" # the newest
kotlin = { strictly = "1.9.0" }
guava = { require = "32.1.2-jre", reject = ["32.0.0-jre"] }
soft = { prefer = "1.0" }
range = { strictly = "[3.8, 4.0[", prefer = "3.8.5" }

[libraries]
jackson-databind = { module = "com.fasterxml.jackson.core:jackson-databind", version.ref = "jackson" }
guava = { group = "com.google.guava", name = "guava", version.ref = "guava" }
commons_lang3 = "org.apache.commons:commons-lang3:3.12.0"
junit.module = "org.junit.jupiter:junit-jupiter"
junit.version = "5.10.0"
slf4j = "org.slf4j:slf4j-api:1.7.15!!"
groovy = { module = "org.codehaus.groovy:groovy", version.ref = "range" }
soft = { module = "a:soft", version.ref = "soft" }
lost = { module = "a:lost", version.ref = "nowhere" }
managed = { module = "org.springframework:spring-web" }
dynamic = "a:dynamic:1.+"
odd = { name = "no-group" }

[bundles]
tests = ["junit", "commons_lang3"]

[plugins]
kotlin-jvm = { id = "org.jetbrains.kotlin.jvm", version.ref = "kotlin" }
boot = "org.springframework.boot:3.1.2"
`;
const AT = 'gradle/libs.versions.toml';

describe('a version catalogue', () => {
  it('gives what has an exact version, and says why the rest has none', async () => {
    const parsed = await readOf(gradleCatalogue, AT, { [AT]: CATALOGUE });
    expect(parsed?.formatVersion).toBe('1.1');
    expect(shown(parsed)).toEqual([
      'com.fasterxml.jackson.core:jackson-databind:2.15.2 required',
      'com.google.guava:guava:32.1.2-jre required',
      'org.apache.commons:commons-lang3:3.12.0 required',
      'org.junit.jupiter:junit-jupiter:5.10.0 required',
      'org.slf4j:slf4j-api:1.7.15 required',
      'org.jetbrains.kotlin.jvm:org.jetbrains.kotlin.jvm.gradle.plugin:1.9.0 excluded',
      'org.springframework.boot:org.springframework.boot.gradle.plugin:3.1.2 excluded',
    ]);
    expect(parsed?.entries.map(({ region }) => region.startLine)).toEqual([12, 13, 14, 15, 17, 29, 30]);
    expect(reasons(parsed)).toEqual({
      'org.codehaus.groovy:groovy': '[3.8, 4.0[ is decided when it is built',
      'a:soft': '1.0 is only preferred',
      'a:lost': 'version nowhere is not in the catalogue',
      'org.springframework:spring-web': 'the catalogue states no version; a platform or a build script may',
      'a:dynamic': '1.+ is decided when it is built',
      odd: 'unreadable',
    });
    expect(parsed?.left.at(-1)).toMatchObject({ name: 'transitive dependencies', line: 12 });
  });

  it('asks the scripts of its build in which configurations a library is used', async () => {
    const parsed = await readOf(gradleCatalogue, `x/${AT}`, {
      [`x/${AT}`]: CATALOGUE,
      'x/build.gradle.kts': 'dependencies { testImplementation(libs.bundles.tests)\n compileOnly(libs.guava) }',
      'x/app/build.gradle': 'dependencies { implementation libs.commons.lang3 }',
      'other/build.gradle': 'dependencies { implementation libs.junit }',
    });
    const scopes = Object.fromEntries(parsed?.entries.map(({ place, scope }) => [place, scope]) ?? []);
    expect(scopes).toMatchObject({ junit: 'excluded', commons_lang3: 'required', guava: 'optional', slf4j: 'required' });
  });

  it('leaves to the lockfiles of its build what they name', async () => {
    const lock = 'com.google.guava:guava:32.1.2-jre=runtimeClasspath\norg.codehaus.groovy:groovy:3.8.5=runtimeClasspath\n';
    const files = { [AT]: CATALOGUE, 'app/gradle.lockfile': lock, 'app/build.gradle': '', 'lib/build.gradle': '' };
    const some = await readOf(gradleCatalogue, AT, files);
    expect(shown(some)).not.toContain('com.google.guava:guava:32.1.2-jre required');
    expect(shown(some)).toContain('org.slf4j:slf4j-api:1.7.15 required');
    expect(Object.keys(reasons(some))).not.toContain('org.codehaus.groovy:groovy');
    const all = await readOf(gradleCatalogue, AT, { ...files, 'lib/gradle.lockfile': 'empty=\n' });
    expect(all?.entries.map(({ place }) => place)).toEqual(['plugin kotlin-jvm', 'plugin boot']);
    expect(all?.left).toEqual([]);
  });

  it('refuses what is not TOML, with its line', async () => {
    await expect(readOf(gradleCatalogue, AT, { [AT]: '[versions]\na = \n' })).rejects.toMatchObject({ name: 'ManifestError', line: 2 });
  });
});

const SCRIPT = `// dependencies { implementation 'no:comment:1' }
buildscript { dependencies { classpath "com.android.tools.build:gradle:8.1.0" } }
ext.pgVersion = '42.6.0'
def computed = '1'
computed = computed + '.0'
def text = 'dependencies { implementation "no:text:1" }'
dependencies {
  implementation 'a:b:1', 'c:d:2'
  api("e:f:3") { exclude group: 'x', module: 'y'
    because "it's {good" }
  testImplementation platform('org.junit:junit-bom:5.10.0')
  testImplementation 'org.junit.jupiter:junit-jupiter'
  runtimeOnly group: 'org.postgresql', name: 'postgresql', version: pgVersion
  implementation project(':lib')
  implementation libs.jackson.databind
  "custom"("g:h:4")
  add("kapt", "i:j:5") /* implementation 'no:comment:2' */
  implementation "k:l:$above"
  implementation "k:m:\${rootProject.ext.rooted}"
  implementation "k:n:$computed"
  implementation 'k:o:latest.release'
  compileOnly 'k:p:1.0!!'
}
`;

describe('a build script', () => {
  const files = { 'app/build.gradle': SCRIPT, 'gradle.properties': '# versions\nabove=7.1\n', 'build.gradle': "ext { rooted = '8.2' }\n" };

  it('is read in plain words, with what is set once to a text', async () => {
    const parsed = await readOf(gradleBuild, 'app/build.gradle', files);
    expect(shown(parsed)).toEqual([
      'com.android.tools.build:gradle:8.1.0 excluded',
      'a:b:1 required',
      'c:d:2 required',
      'e:f:3 required',
      'org.postgresql:postgresql:42.6.0 required',
      'g:h:4 required',
      'i:j:5 excluded',
      'k:l:7.1 required',
      'k:m:8.2 required',
      'k:p:1.0 optional',
    ]);
    expect(parsed?.entries[4]?.region.startLine).toBe(13);
    expect(reasons(parsed)).toEqual({
      'org.junit.jupiter:junit-jupiter': 'it states no version; a platform or a plugin gives it',
      'k:n': '$computed is computed by the script',
      'k:o': 'latest.release is decided when it is built',
    });
    expect(parsed?.left.at(-1)?.why).toBe('a build script names direct dependencies only, and may compute others');
  });

  it('says that it holds dependencies even where it names them in other words', async () => {
    const script = 'dependencies {\n  implementation(libs.a.b)\n  implementation(projects.core)\n}\n';
    const alone = await readOf(gradleBuild, 'build.gradle.kts', { 'build.gradle.kts': script });
    expect(alone).toMatchObject({ entries: [], left: [{ name: 'transitive dependencies', line: 2 }] });
    expect(await readOf(gradleBuild, 'build.gradle.kts', { 'build.gradle.kts': script, [AT]: CATALOGUE })).toBeUndefined();
  });

  it('is left to the lockfile beside it, and is nothing without dependencies', async () => {
    expect(await readOf(gradleBuild, 'app/build.gradle', { ...files, 'app/gradle.lockfile': LOCK })).toBeUndefined();
    expect(await readOf(gradleBuild, 'build.gradle', files)).toBeUndefined();
  });

  it('is any script that projects apply, without what their lockfiles name', async () => {
    const applied = { 'gradle/deps.gradle': "dependencies { implementation 'ch.qos.logback:logback-classic:1.4.8', 'a:b:1' }" };
    expect(shown(await readOf(gradleBuild, 'gradle/deps.gradle', applied))).toHaveLength(2);
    expect(shown(await readOf(gradleBuild, 'gradle/deps.gradle', { ...applied, 'app/gradle.lockfile': LOCK }))).toEqual(['a:b:1 required']);
    expect(gradleBuild.matches('settings.gradle.kts')).toBe(false);
  });
});
