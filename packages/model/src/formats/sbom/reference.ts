/** Names of elements within a document: unique, the same for the same place, and free of what XML cannot hold. */

/** `%` itself, and what would vanish in XML and make two names one: control characters, halves of surrogate pairs. */
const UNSAFE = /[^ -$&-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const percent = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

export const escaped = (text: string): string => text.replace(UNSAFE, percent);

/** Holds no `#`; '' becomes `%`, which no other name gives. */
export const manifestRef = (uri: string): string => (uri === '' ? '%' : escaped(uri).replaceAll('#', '%23'));

/** `package-lock.json#node_modules/a`: the first `#` ends the manifest. */
export const componentRef = (manifest: string, place: string): string => `${manifest}#${escaped(place)}`;

/** Begins with `#`, as no manifest's does. */
export const subjectRef = (name: string): string => `#${escaped(name)}`;

export const manifestOfRef = (ref: string): string => {
  const at = ref.indexOf('#');
  return at < 0 ? '' : ref.slice(0, at);
};
