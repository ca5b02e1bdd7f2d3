/** What a jar is, by what stands in it; never by its name alone. */
import type { Coordinates } from './jars-metadata.ts';
import { coordinates } from './jars-metadata.ts';

export interface JarFacts {
  /** Last part of its path, without the extension: `spring-core-6.1.1`. */
  readonly stem: string;
  readonly manifest: ReadonlyMap<string, string>;
  /** First two folders of its classes: `org/springframework`. */
  readonly roots: ReadonlySet<string>;
  /** `artifact-version` → coordinates, of the bill of materials of the archive around it. */
  readonly outer: ReadonlyMap<string, Coordinates>;
}

interface Publisher {
  readonly attribute: string;
  /** Its first group is the artifact. */
  readonly pattern: RegExp;
  /** Folders of which the jar holds classes. */
  readonly roots: readonly string[];
  readonly group: string;
}

const SPRING = ['org/springframework'];

/**
 * Projects that do not build with Maven and state no group: the name that they registered for their modules says the artifact, and a jar
 * counts only when it holds their packages too. Others that state a vendor's id are left, because groups move on without it: Hibernate 6
 * still says `org.hibernate`.
 */
const PUBLISHERS: readonly Publisher[] = [
  { attribute: 'automatic-module-name', pattern: /^(spring\.boot(?:\.[a-z0-9.]+)?)$/, roots: SPRING, group: 'org.springframework.boot' },
  { attribute: 'automatic-module-name', pattern: /^(spring\.security\.[a-z0-9.]+)$/, roots: SPRING, group: 'org.springframework.security' },
  {
    attribute: 'automatic-module-name',
    pattern:
      /^(spring\.(?:aop|aspects|beans|context|context\.indexer|context\.support|core|core\.test|expression|instrument|jcl|jdbc|jms|messaging|orm|oxm|r2dbc|test|tx|web|webflux|webmvc|websocket))$/,
    roots: [...SPRING, 'org/apache'],
    group: 'org.springframework',
  },
  {
    attribute: 'implementation-title',
    pattern: /^(kotlin-(?:stdlib|reflect)(?:-[a-z0-9]+)?)$/,
    roots: ['kotlin/'],
    group: 'org.jetbrains.kotlin',
  },
  {
    attribute: 'bundle-symbolicname',
    pattern: /^org\.apache\.(tomcat-embed-(?:core|websocket|jasper))$/,
    roots: ['org/apache', 'jakarta/', 'javax/'],
    group: 'org.apache.tomcat.embed',
  },
];

/**
 * Nebula's plugins write `group#project;version`. The project is not always called as what it publishes (Elasticsearch's is `server`), so
 * the artifact is what the file is called before that version.
 */
const nebula = ({ manifest, stem }: JarFacts): Coordinates | undefined => {
  const [, group, version] = /^([\w.-]{1,256})#[\w.-]{1,256};([^;]{1,128})$/.exec(manifest.get('implementation-title') ?? '') ?? [];
  return version !== undefined && stem.endsWith(`-${version}`)
    ? coordinates(group, stem.slice(0, -version.length - 1), version)
    : undefined;
};

const published = ({ manifest, roots }: JarFacts): Coordinates | undefined => {
  for (const publisher of PUBLISHERS) {
    const artifact = publisher.pattern.exec(manifest.get(publisher.attribute) ?? '')?.[1];
    if (artifact === undefined || ![...roots].some((root) => publisher.roots.some((start) => root.startsWith(start)))) continue;
    return coordinates(publisher.group, artifact.replaceAll('.', '-'), manifest.get('implementation-version'));
  }
  return undefined;
};

/** For a jar without files of Maven. In turn: the full coordinates in its manifest, the bill of materials around it, its publisher. */
export const identify = (facts: JarFacts): Coordinates | undefined => nebula(facts) ?? facts.outer.get(facts.stem) ?? published(facts);
