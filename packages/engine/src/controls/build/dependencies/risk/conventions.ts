/** How names of one ecosystem are dressed: what one may put before or behind a name without naming anything else. */
import type { Ecosystem } from '../../../../ecosystems/ecosystem.ts';
import { PYTHON_MODULES } from './python-modules.ts';

export interface Conventions {
  /** The name without its dress; as it is when it wears none. */
  readonly undressed: (name: string) => string;
  /** Names that come with the language: whoever installs a package of that name gets somebody else's. */
  readonly builtIn: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** Of `jquery.js`, `mysqljs` and `node-openssl` the middle; glued to the name only where enough of it is left. */
const NODE: readonly RegExp[] = [/^(?:node|nodejs)[-_.](.{2,})$/, /^(.{2,})[-_.](?:js|node|nodejs)$/, /^node(.{4,})$/, /^(.{4,})js$/];
const PYTHON: readonly RegExp[] = [/^python[23]?-(.{3,})$/, /^(.{3,})-python[23]?$/];

const undressedBy =
  (dresses: readonly RegExp[]) =>
  (name: string): string => {
    for (const dress of dresses) {
      const bare = dress.exec(name)?.[1];
      if (bare !== undefined) return bare;
    }
    return name;
  };

const BY_ECOSYSTEM: Partial<Readonly<Record<Ecosystem, Conventions>>> = {
  npm: { undressed: undressedBy(NODE), builtIn: NONE },
  PyPI: { undressed: undressedBy(PYTHON), builtIn: PYTHON_MODULES },
};

export const conventionsOf = (ecosystem: Ecosystem): Conventions => BY_ECOSYSTEM[ecosystem] ?? { undressed: (name) => name, builtIn: NONE };
