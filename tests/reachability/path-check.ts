/** Is a claimed path true? Each step's function ran, or at least exists where it is said to be. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Location } from '@breakwater/model';
import { asCounted, innermost, offsetOf } from './coverage.ts';
import type { Truth } from './truth.ts';

/** executed: the function around the place ran; callable: it is there but did not run; missing: no such file or line. */
export type StepCheck = 'executed' | 'callable' | 'missing';

/** A step inside a package is named from the package's folder; where several folders hold that version, the best answer counts. */
export const checkStep = (app: string, step: Location, files: Truth['files']): StepCheck => {
  const checks = filesOf(app, step).map((file) => checkPlace(app, file, step.region, files));
  return checks.find((check) => check === 'executed') ?? checks.find((check) => check === 'callable') ?? 'missing';
};

/** Relative to the application. */
const filesOf = (app: string, { uri, fullyQualifiedName }: Location): readonly string[] => {
  const [, name, version] = /^(\S+) (\S+)$/.exec(fullyQualifiedName ?? '') ?? [];
  if (name === undefined || version === undefined) return [uri];
  return placesOf(app, 'node_modules', name, version).map((place) => `${place}/${uri}`);
};

const placesOf = (app: string, modules: string, name: string, version: string): readonly string[] => {
  if (!existsSync(join(app, modules))) return [];
  const own = `${modules}/${name}`;
  const nested = packagesIn(app, modules).flatMap((folder) => placesOf(app, `${folder}/node_modules`, name, version));
  return versionOf(join(app, own)) === version ? [own, ...nested] : nested;
};

const packagesIn = (app: string, modules: string): readonly string[] =>
  readdirSync(join(app, modules), { withFileTypes: true }).flatMap((item) => {
    const path = `${modules}/${item.name}`;
    if (!item.isDirectory() || item.name.startsWith('.')) return [];
    return item.name.startsWith('@') ? packagesIn(app, path) : [path];
  });

const versionOf = (folder: string): unknown => {
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
};

const checkPlace = (app: string, file: string, region: Location['region'], files: Truth['files']): StepCheck => {
  const path = join(app, file);
  if (!existsSync(path)) return 'missing';
  const text = asCounted(readFileSync(path, 'utf8'));
  const line = region?.startLine ?? 1;
  const column = region?.startColumn ?? firstColumn(text.split('\n')[line - 1] ?? '');
  const offset = offsetOf(text, line, column);
  if (offset === undefined) return 'missing';
  return innermost(files.get(file) ?? [], offset)?.ran === true ? 'executed' : 'callable';
};

const firstColumn = (line: string): number => line.length - line.trimStart().length + 1;
