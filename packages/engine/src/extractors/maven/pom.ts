/** One pom.xml as it is written: nothing inherited, nothing interpolated. @see https://maven.apache.org/pom.html */
import type { Region } from '@breakwater/model';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { XmlElement } from './xml.ts';
import { parseXml } from './xml.ts';

export interface Declaration {
  readonly groupId: string | undefined;
  readonly artifactId: string | undefined;
  readonly version: string | undefined;
  readonly type: string;
  readonly classifier: string;
  readonly scope: string | undefined;
  readonly optional: string | undefined;
  readonly region: Required<Region>;
}

/** What a pom and each of its profiles may say. */
export interface ModelBase {
  readonly properties: ReadonlyMap<string, string>;
  readonly dependencies: readonly Declaration[];
  readonly managed: readonly Declaration[];
  /** Plugins and extensions of the build; they run with the developer's rights. */
  readonly plugins: readonly Declaration[];
  readonly managedPlugins: readonly Declaration[];
}

export interface Profile extends ModelBase {
  readonly id: string;
  readonly activeByDefault: boolean;
}

export interface ParentReference {
  readonly groupId: string | undefined;
  readonly artifactId: string | undefined;
  readonly version: string | undefined;
  /** '' = not to be looked for on disk; absent = the default `../pom.xml`. */
  readonly relativePath: string | undefined;
  readonly region: Required<Region>;
}

export interface Pom extends ModelBase {
  readonly modelVersion: string | undefined;
  readonly parent: ParentReference | undefined;
  readonly groupId: string | undefined;
  readonly artifactId: string | undefined;
  readonly version: string | undefined;
  readonly packaging: string;
  readonly name: string | undefined;
  readonly profiles: readonly Profile[];
}

/** Every element at that path below `element`: a container that is written twice, which Maven refuses, hides nothing from us. */
const at = (element: XmlElement, ...path: readonly string[]): readonly XmlElement[] =>
  path.reduce<readonly XmlElement[]>(
    (found, name) => found.flatMap((one) => one.children.filter((child) => child.name === name)),
    [element],
  );

/** An empty element is as good as none, as in Maven's normalisation. */
const textOf = (element: XmlElement, name: string): string | undefined => {
  const text = at(element, name)[0]?.text;
  return text === '' ? undefined : text;
};

const declarationOf = (element: XmlElement): Declaration => ({
  groupId: textOf(element, 'groupId'),
  artifactId: textOf(element, 'artifactId'),
  version: textOf(element, 'version'),
  type: textOf(element, 'type') ?? 'jar',
  classifier: textOf(element, 'classifier') ?? '',
  scope: textOf(element, 'scope'),
  optional: textOf(element, 'optional'),
  region: element.region,
});

/** Maven's default group of plugins. */
const pluginOf = (element: XmlElement): Declaration => {
  const declared = declarationOf(element);
  return { ...declared, groupId: declared.groupId ?? 'org.apache.maven.plugins', type: 'jar', classifier: '', scope: undefined };
};

/** A plugin may be given libraries of its own. */
const pluginsOf = (plugins: readonly XmlElement[]): readonly Declaration[] =>
  plugins.flatMap((plugin) => [pluginOf(plugin), ...at(plugin, 'dependencies', 'dependency').map(declarationOf)]);

const propertiesOf = (element: XmlElement): ReadonlyMap<string, string> =>
  new Map(at(element, 'properties').flatMap((list) => list.children.map((child): [string, string] => [child.name, child.text])));

const baseOf = (element: XmlElement): ModelBase => ({
  properties: propertiesOf(element),
  dependencies: at(element, 'dependencies', 'dependency').map(declarationOf),
  managed: at(element, 'dependencyManagement', 'dependencies', 'dependency').map(declarationOf),
  plugins: [...pluginsOf(at(element, 'build', 'plugins', 'plugin')), ...at(element, 'build', 'extensions', 'extension').map(declarationOf)],
  managedPlugins: pluginsOf(at(element, 'build', 'pluginManagement', 'plugins', 'plugin')),
});

const profileOf = (element: XmlElement): Profile => ({
  ...baseOf(element),
  id: textOf(element, 'id') ?? 'default',
  activeByDefault: at(element, 'activation', 'activeByDefault')[0]?.text === 'true',
});

const parentOf = (project: XmlElement): ParentReference | undefined => {
  const parent = at(project, 'parent')[0];
  if (parent === undefined) return undefined;
  return {
    groupId: textOf(parent, 'groupId'),
    artifactId: textOf(parent, 'artifactId'),
    version: textOf(parent, 'version'),
    relativePath: at(parent, 'relativePath')[0]?.text,
    region: parent.region,
  };
};

/** Each is looked at as if it were switched on; builds have some dozens. */
const PROFILES = 200;

const profilesOf = (project: XmlElement): readonly Profile[] => {
  const profiles = at(project, 'profiles', 'profile');
  const beyond = profiles[PROFILES];
  if (beyond !== undefined) throw new ManifestError(`expected no more than ${PROFILES} profiles`, beyond.region.startLine);
  return profiles.map(profileOf);
};

/** Throws ManifestError for what is no pom. */
export const parsePom = (text: string): Pom => {
  const project = parseXml(text);
  if (project.name !== 'project') {
    throw new ManifestError(`expected <project>, found <${project.name.slice(0, 40)}>`, project.region.startLine);
  }
  return {
    ...baseOf(project),
    modelVersion: textOf(project, 'modelVersion'),
    parent: parentOf(project),
    groupId: textOf(project, 'groupId'),
    artifactId: textOf(project, 'artifactId'),
    version: textOf(project, 'version'),
    packaging: textOf(project, 'packaging') ?? 'jar',
    name: textOf(project, 'name'),
    profiles: profilesOf(project),
  };
};
