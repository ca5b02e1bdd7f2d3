/** Every jar, war, ear and the like of the target → the packages inside, through archives in archives. */
import { BreakwaterError } from '@breakwater/model';
import { mapLimit } from '../../lib/async.ts';
import type { Parsed } from '../dependencies/format.ts';
import type { FoundFile, Reading, ReadProblem } from '../reading.ts';
import type { JarLimits } from './jars-archive.ts';
import { ARCHIVE, JAR_LIMITS, JarReading } from './jars-archive.ts';
import { ZipError } from './jars-zip.ts';

export interface JarManifest {
  readonly manifest: string;
  readonly kind: 'jar';
  readonly parsed: Parsed;
}

/** For what no archive says. */
export const JAR_REMAKE = 'Scan the bill of materials of its build too: breakwater scan bom.json (CycloneDX)';

/** Starts the build, is on no class path, and stands in most repositories. */
const WRAPPER = /(?:^|\/)gradle\/wrapper\/gradle-wrapper\.jar$/;

export const isJar = ({ uri }: Pick<FoundFile, 'uri'>): boolean => ARCHIVE.test(uri) && !WRAPPER.test(uri);

const broken = (uri: string, why: string): ReadProblem => ({
  code: 'BW3010',
  uri,
  message: `${uri} could not be read: ${why}`,
  hint: 'Build it anew, or exclude it in breakwater.yaml with a reason',
  incomplete: true,
});

const SHOWN = 3;

const partly = (uri: string, gaps: readonly string[]): ReadProblem => {
  const more = gaps.length > SHOWN ? `; and ${gaps.length - SHOWN} more` : '';
  const shown = gaps.slice(0, SHOWN).map((gap) => gap.replace(/[^\x20-\x7e]/g, '?'));
  return { ...broken(uri, ''), message: `${uri} could not be read whole: ${shown.join('; ')}${more}` };
};

const readJar = async ({ uri, bytes }: FoundFile, reading: Reading, limits: JarLimits): Promise<readonly JarManifest[]> => {
  reading.signal.throwIfAborted();
  reading.progress(`reading ${uri}`);
  const jar = new JarReading(reading.signal, limits);
  try {
    await jar.read({ size: bytes, read: (offset, length) => reading.readRange(uri, offset, length) }, uri.slice(uri.lastIndexOf('/') + 1));
  } catch (error) {
    if (error instanceof ZipError) reading.problem(broken(uri, error.message));
    else if (error instanceof BreakwaterError)
      reading.problem({ code: error.code, uri, message: error.message, hint: error.hint, incomplete: true });
    else throw error;
  }
  if (jar.gaps.length > 0) reading.problem(partly(uri, jar.gaps));
  const { entries, left } = jar;
  return entries.length + left.length === 0 ? [] : [{ manifest: uri, kind: 'jar', parsed: { entries, roots: [], direct: {}, left } }];
};

const LANES = 2;

/**
 * In the order of the files. Nothing is written or started, memory is bounded by `limits`. What a jar is comes from META-INF/maven, its
 * manifest or the bill of materials around it; one that says nothing is left with the reason. BW3010 for what is broken or beyond the limits.
 */
export const readJars = async (reading: Reading, limits: JarLimits = JAR_LIMITS): Promise<readonly JarManifest[]> => {
  const found = await mapLimit(reading.files.filter(isJar), LANES, (file) => readJar(file, reading, limits));
  return found.flat();
};
