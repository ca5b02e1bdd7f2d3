/** The bill of materials that a build laid into an archive: it knows the groups that jars themselves often do not state. */
import { packageOfPurl } from '../../ecosystems/purl.ts';
import type { Coordinates } from './jars-metadata.ts';

/** Where Spring Boot and the CycloneDX plugins put it. */
export const SBOM_FILE = /^META-INF\/sbom\/[^/]{1,200}\.json$/;

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // says nothing, and is only asked for names
  }
};

/** File name, `artifact-version`, → coordinates; one that two groups use is nobody's. Only CycloneDX as JSON; anything else is empty. */
export const namesInSbom = (text: string): ReadonlyMap<string, Coordinates> => {
  const components = member(parsed(text), 'components');
  const names = new Map<string, Coordinates>();
  const shared = new Set<string>();
  for (const component of Array.isArray(components) ? components : []) {
    const purl = member(component, 'purl');
    const found = typeof purl === 'string' ? packageOfPurl(purl) : undefined;
    if (found?.ecosystem !== 'Maven') continue;
    const file = `${found.name.slice(found.name.indexOf(':') + 1)}-${found.version}`;
    if (names.has(file) && names.get(file)?.name !== found.name) shared.add(file);
    names.set(file, { name: found.name, version: found.version });
  }
  for (const file of shared) names.delete(file);
  return names;
};
