/** Package URLs of npm packages. @see https://github.com/package-url/purl-spec */
import type { Purl } from '@breakwater/model';

/** Case is kept: old npm names such as `JSONStream` differ from their lower-case neighbours. */
export const npmPurl = (name: string, version: string): Purl => {
  const encoded = name.split('/').map(encodeURIComponent).join('/');
  return `pkg:npm/${encoded}@${encodeURIComponent(version)}`;
};
