/** Gradle's short form of a module, and what counts as an exact version in it. */

export interface Coordinates {
  /** `group:artifact` */
  readonly name: string;
  readonly version: string | undefined;
}

const ID = /^[\w.-]+$/;

/** `group:artifact[:version[:classifier]][@type]`; undefined for what is none. */
export const coordinatesOf = (text: string): Coordinates | undefined => {
  const [group = '', artifact = '', version = '', ...more] = (text.split('@', 1)[0] ?? '').split(':');
  if (!ID.test(group) || !ID.test(artifact) || more.length > 1) return undefined;
  return { name: `${group}:${artifact}`, version: version === '' ? undefined : version };
};

/** Why a version is not exact; undefined when it is. `latest.release`, `1.+`, `[1,2)`, `]1,2]` are decided when it is built. */
export const openness = (version: string): string | undefined => {
  if (/^latest\./.test(version) || version.endsWith('+') || /[[\](),]/.test(version)) return `${version} is decided when it is built`;
  return /^[^\s$/\\:"<>|?*{}]+$/.test(version) ? undefined : `${version.slice(0, 80)} is no version`;
};
