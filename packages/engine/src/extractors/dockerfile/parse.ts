/** One Dockerfile's text → its instructions and stages; what is not an instruction is named, never thrown. */
import { DockerfileParser } from 'dockerfile-ast';
import type { Dockerfile, DockerInstruction } from '../facts.ts';
import { joinLines } from './join.ts';
import { stagesOf } from './stages.ts';

const KEYWORDS: ReadonlySet<string> = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
);
const MAY_BE_EMPTY: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT']);

export interface Mistake {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}
export interface ParsedDockerfile {
  readonly dockerfile: Dockerfile;
  /** In file order; empty = every line was understood. */
  readonly mistakes: readonly Mistake[];
}

/** Total: any text gives a result. Positions are 1-based. */
export const parseDockerfile = (uri: string, text: string): ParsedDockerfile => {
  const parsed = DockerfileParser.parse(text);
  const escapeCharacter = parsed.getEscapeCharacter();
  const offsetOf = offsetsOf(text);
  const instructions: DockerInstruction[] = [];
  const mistakes: Mistake[] = [];
  let stage = -1;
  for (const instruction of parsed.getInstructions()) {
    const { start, end } = instruction.getRange();
    const name = instruction.getKeyword();
    const line = start.line + 1;
    // From the text, because the library leaves the flags (--mount, --checksum) out of its arguments.
    const given = joinLines(text.slice(offsetOf(instruction.getInstructionRange().end), offsetOf(end)), escapeCharacter);
    const mistake = mistakeIn(name, given);
    if (mistake !== undefined) mistakes.push({ line, message: mistake });
    if (!KEYWORDS.has(name)) continue;
    if (name === 'FROM') stage += 1;
    const region = { startLine: line, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
    instructions.push({ name, arguments: given, region, stage });
  }
  if (stage < 0) mistakes.push({ line: 1, message: 'there is no FROM' });
  return { dockerfile: { uri, hasIgnoreFile: false, instructions, stages: stagesOf(instructions) }, mistakes };
};

const mistakeIn = (name: string, given: string): string | undefined => {
  if (!KEYWORDS.has(name)) return `${name.slice(0, 40)} is not an instruction`;
  return given === '' && !MAY_BE_EMPTY.has(name) ? `${name} has no argument` : undefined;
};

/** 0-based line and character → offset. Line ends as the library counts them. */
const offsetsOf = (text: string): ((position: { readonly line: number; readonly character: number }) => number) => {
  const starts = [0];
  for (const { 0: lineEnd, index } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + lineEnd.length);
  return ({ line, character }) => (starts[line] ?? text.length) + character;
};
