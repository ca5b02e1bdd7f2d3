/** The package ecosystems that Breakwater reads, in OSV's spelling. @see https://ossf.github.io/osv-schema/#defined-ecosystems */

export const ECOSYSTEMS = [
  'npm',
  'PyPI',
  'Go',
  'crates.io',
  'Maven',
  'Packagist',
  'RubyGems',
  'NuGet',
  'Pub',
  'Hex',
  'GitHub Actions',
] as const;

export type Ecosystem = (typeof ECOSYSTEMS)[number];
