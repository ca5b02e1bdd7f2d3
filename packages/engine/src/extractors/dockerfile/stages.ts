/** The build stages: each FROM with its image, build arguments with a default filled in. */
import type { Dockerfile, DockerInstruction } from '../facts.ts';

/** Only ARGs before the first FROM are in scope of a FROM; one without a default stays as `${NAME}`. */
export const stagesOf = (instructions: readonly DockerInstruction[]): Dockerfile['stages'] => {
  const defaults = new Map<string, string>();
  for (const { arguments: text } of instructions.filter((i) => i.name === 'ARG' && i.stage === -1)) {
    for (const [name, value] of declared(text)) defaults.set(name, substitute(value, defaults));
  }
  return instructions
    .filter((i) => i.name === 'FROM')
    .map((from, index) => {
      const words = from.arguments.split(/\s+/).filter((word) => !word.startsWith('--'));
      const image = substitute(words[0] ?? '', defaults);
      const name = words[1]?.toLowerCase() === 'as' ? words[2]?.toLowerCase() : undefined;
      return { index, image, from, ...(name === undefined ? {} : { name }) };
    });
};

const declared = (text: string): readonly (readonly [string, string])[] =>
  text.split(/\s+/).flatMap((word) => {
    const equals = word.indexOf('=');
    return equals < 1 ? [] : [[word.slice(0, equals), word.slice(equals + 1).replace(/^(["'])(.*)\1$/, '$2')] as const];
  });

/** Lengths are bounded so that an unclosed brace repeated a million times stays linear. */
const VARIABLE = /\$(?:(\w{1,200})|\{(\w{1,200})(?::?([-+])([^}]{0,200}))?\})/g;
const MAX_LENGTH = 4096;

/** `$X`, `${X}`, `${X:-default}` and `${X:+other}`; unknown names are left as written. */
const substitute = (text: string, values: ReadonlyMap<string, string>): string =>
  text
    .slice(0, MAX_LENGTH)
    .replace(VARIABLE, (written: string, plain: string | undefined, braced: string | undefined, operator?: string, other?: string) => {
      const value = values.get(plain ?? braced ?? '');
      if (operator === '+') return value ? (other ?? '') : '';
      return value || (operator === '-' ? (other ?? '') : (value ?? written));
    });
