/** What the files in META-INF of a jar say of its origin. */

/** Of the main section: names in lower case, as they do not distinguish case. @see JAR File Specification, Name-Value pairs */
export const manifestIn = (text: string): ReadonlyMap<string, string> => {
  const values = new Map<string, string>();
  let name = '';
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line === '') break;
    const cut = line.indexOf(':');
    if (line.startsWith(' ')) values.set(name, (values.get(name) ?? '') + line.slice(1));
    else if (cut > 0) {
      name = line.slice(0, cut).toLowerCase();
      values.set(name, line.slice(cut + 1).trimStart());
    }
  }
  return values;
};

/** The plain part of Java's format, which is all that Maven writes. */
export const propertiesIn = (text: string): ReadonlyMap<string, string> => {
  const values = new Map<string, string>();
  for (const line of text.split(/\r\n|\n|\r/)) {
    const cut = line.search(/[=:]/);
    if (cut > 0 && !/^\s*[#!]/.test(line))
      values.set(
        line.slice(0, cut).trim(),
        line
          .slice(cut + 1)
          .trim()
          .replace(/\\([:=])/g, '$1'),
      );
  }
  return values;
};

export interface Coordinates {
  /** `group:artifact` */
  readonly name: string;
  readonly version: string;
}

const ID = /^[\w.-]{1,256}$/;
const VERSION = /^[^\s$/\\:"<>|?*[\](){},]{1,128}$/;

export const coordinates = (
  group: string | undefined,
  artifact: string | undefined,
  version: string | undefined,
): Coordinates | undefined => {
  if (group === undefined || artifact === undefined || version === undefined) return undefined;
  return ID.test(group) && ID.test(artifact) && VERSION.test(version) ? { name: `${group}:${artifact}`, version } : undefined;
};

/** `META-INF/maven/<group>/<artifact>/…` */
export const MAVEN_FILE = /^META-INF\/maven\/([^/]{1,256})\/([^/]{1,256})\/pom\.(properties|xml)$/;
