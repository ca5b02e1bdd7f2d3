/** pyproject.toml: what a project asks for, in the spelling of the standards, of Poetry and of PDM. */
import type { EdgeKind, Near } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Project, Wish } from './candidate.ts';
import { normal, wishOf } from './candidate.ts';
import { memberOf, tableOf, tablesOf, textAt, textOf, textsOf } from './fields.ts';
import { kindOfGroup } from './groups.ts';
import { parseRequirement } from './requirement.ts';
import { readToml } from './toml.ts';

/** PEP 508 texts of a list; a table such as `{include-group = "lint"}` names a group that is read anyway. */
const requirementWishes = (list: unknown, kind: EdgeKind): readonly Wish[] =>
  textsOf(list).flatMap((text) => {
    const requirement = parseRequirement(text.startsWith('-e ') ? text.slice(3) : text);
    return requirement === undefined ? [] : [wishOf(requirement, kind)];
  });

const groupWishes = (groups: unknown): readonly Wish[] =>
  Object.entries(tableOf(groups)).flatMap(([group, list]) => requirementWishes(list, kindOfGroup(group)));

/** PEP 621 and PEP 735, and PDM's and uv's own tables for development. */
const standardWishes = (file: unknown): readonly Wish[] => {
  const project = memberOf(file, 'project');
  const tool = memberOf(file, 'tool');
  const optional = Object.values(tableOf(memberOf(project, 'optional-dependencies')));
  return [
    ...requirementWishes(memberOf(project, 'dependencies'), 'prod'),
    ...optional.flatMap((list) => requirementWishes(list, 'optional')),
    ...groupWishes(memberOf(file, 'dependency-groups')),
    ...groupWishes(memberOf(memberOf(tool, 'pdm'), 'dev-dependencies')),
    ...requirementWishes(memberOf(memberOf(tool, 'uv'), 'dev-dependencies'), 'dev'),
  ];
};

/** `"^1"`, `{version = "^1", extras = ["a"], optional = true}`, or a list of such for several platforms. */
const poetryWishes = (dependencies: unknown, kind: EdgeKind): readonly Wish[] =>
  Object.entries(tableOf(dependencies)).flatMap(([name, stated]) => {
    if (normal(name) === 'python') return [];
    const text = textOf(stated);
    const tables = text === undefined ? tablesOf(stated) : [{ version: text }];
    return tables.map((table) => ({
      name: normal(name),
      extras: textsOf(memberOf(table, 'extras')).map(normal),
      kind: kind === 'prod' && memberOf(table, 'optional') === true ? 'optional' : kind,
      range: textAt(table, 'version') ?? '*',
    }));
  });

/** Beside PEP 621, Poetry's own table only adds a source or the like to what `project.dependencies` asks for. */
const allPoetryWishes = (file: unknown): readonly Wish[] => {
  const poetry = memberOf(memberOf(file, 'tool'), 'poetry');
  const groups = Object.entries(tableOf(memberOf(poetry, 'group')));
  const standard = new Set(standardWishes(file).map(({ name }) => name));
  return [
    ...poetryWishes(memberOf(poetry, 'dependencies'), 'prod').filter(({ name }) => !standard.has(name)),
    ...poetryWishes(memberOf(poetry, 'dev-dependencies'), 'dev'),
    ...groups.flatMap(([group, table]) => poetryWishes(memberOf(table, 'dependencies'), kindOfGroup(group))),
  ];
};

/** Empty when there is no pyproject.toml beside the lockfile, when it asks for nothing, or when it cannot be read. */
export const projectBeside = async (near: Near): Promise<readonly Project[]> => {
  const text = await near.text('pyproject.toml');
  const wishes = text === undefined ? [] : wishesOf(text);
  return wishes.length === 0 ? [] : [{ folder: '', wishes }];
};

const wishesOf = (text: string): readonly Wish[] => {
  try {
    const file = readToml(text);
    return [...standardWishes(file), ...allPoetryWishes(file)];
  } catch (error) {
    if (error instanceof ManifestError) return []; // the lockfile still says every version; only the ways to them are guessed
    throw error;
  }
};
