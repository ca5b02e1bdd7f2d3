/** What the names of Gradle's configurations say of whether something is shipped. */
import type { Scope } from '../dependencies/format.ts';

/** `testRuntimeClasspath`, `debugUnitTestCompileClasspath`, `androidTestUtil`, `jmhImplementation`, `testFixturesApi`. */
const TEST = /^(?:test|jmh|benchmark)|Test(?![a-z])/;

/** Run by the build or the editor, never by the application. */
const TOOL =
  /^(?:classpath|annotationProcessor|kapt|ksp|kotlinCompiler|kotlinBuildTools|kotlinKlib|kotlinNative|kotlinScript|checkstyle|pmd|codenarc|spotbugs|findbugs|jacoco|detekt|ktlint|spotless|errorprone|lint|developmentOnly|asciidoctor|antlr|protobufToolsLocator|swagger[cC]odegen|openApiGenerator|_internal)|AnnotationProcessor|[kK]aptClasspath|CompilerPluginClasspath/;

const COMPILE = /^compileClasspath$|CompileClasspath$|^compileOnly(?:Api)?$|CompileOnly(?:Api)?$|^provided(?:Compile|Runtime)?$/;

const rankOf = (configuration: string): Scope => {
  if (TEST.test(configuration) || TOOL.test(configuration)) return 'excluded';
  return COMPILE.test(configuration) ? 'optional' : 'required';
};

const STRONGEST: readonly Scope[] = ['required', 'optional', 'excluded'];

/**
 * The strongest of all configurations that a package is in. Only to compile against: something else brings it, or it is needed not at all,
 * hence optional. A name that says nothing counts as shipped.
 */
export const scopeOf = (configurations: readonly string[]): Scope => {
  const scopes = new Set(configurations.map(rankOf));
  return STRONGEST.find((scope) => scopes.has(scope)) ?? 'required';
};
