/** One name, one spelling: what two registries would call the same package is the same key of the index. */

/** PEP 503: runs of `-`, `_` and `.` are one `-`, and case does not count. */
const python = (name: string): string => name.replace(/[-_.]+/g, '-').toLowerCase();

const lower = (name: string): string => name.toLowerCase();

const NORMAL: Readonly<Record<string, (name: string) => string>> = {
  PyPI: python,
  NuGet: lower,
  Packagist: lower,
  'GitHub Actions': lower,
  Hex: lower,
  Pub: lower,
};

/** Of any ecosystem of OSV, with or without a release after a colon; unknown ones keep the name as it is. */
export const normalName = (ecosystem: string, name: string): string => NORMAL[ecosystem.split(':', 1)[0] ?? '']?.(name) ?? name;
