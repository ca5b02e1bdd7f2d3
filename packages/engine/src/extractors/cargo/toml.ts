/** TOML as plain tables, without trust in what a key holds. @see https://toml.io/en/v1.0.0 */
import { parse, TomlError } from 'smol-toml';
import { ManifestError } from '../dependencies/manifest-error.ts';

export type Table = Readonly<Record<string, unknown>>;

/** Lockfiles and manifests nest four levels; the rest guards the stack. */
const DEPTH = 64;

/** Throws ManifestError with the line for what is not TOML. */
export const parseToml = (text: string): Table => {
  try {
    return parse(text, { maxDepth: DEPTH, integersAsBigInt: 'asNeeded' });
  } catch (error) {
    if (!(error instanceof TomlError)) throw new ManifestError('expected TOML that can be read');
    const [reason = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    throw new ManifestError(`expected TOML: ${reason}`, error.line);
  }
};

export const tableOf = (value: unknown): Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {}; // an object that is no array has named members

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const textsOf = (value: unknown): readonly string[] => listOf(value).filter((item) => typeof item === 'string');
