/** The tool that a project is installed with, as its package.json says, and how that tool makes a lockfile. */

const REMAKE: Readonly<Record<'npm' | 'yarn' | 'pnpm' | 'bun', string>> = {
  npm: 'npm install --package-lock-only',
  yarn: 'yarn install --mode update-lockfile',
  pnpm: 'pnpm install --lockfile-only',
  bun: 'bun install --lockfile-only',
};

/** `field`: packageManager of package.json, `pnpm@9.1.0`; npm where nothing, or nothing known, is said. */
export const remakeFor = (field: string): string => {
  if (/^yarn@[01]\./.test(field)) return 'yarn install --ignore-scripts'; // Yarn 1 has no way to make the lockfile alone
  return REMAKE[(['yarn', 'pnpm', 'bun'] as const).find((tool) => field.startsWith(`${tool}@`)) ?? 'npm'];
};
