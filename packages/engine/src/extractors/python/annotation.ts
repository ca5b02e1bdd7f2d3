/** `# via …` of pip-compile and uv: who asked for a pinned package. */
import { normal } from './candidate.ts';

export interface Annotation {
  /** Normalised names of packages, or of projects. */
  readonly by: readonly string[];
  /** A file of the team's own asks for it. */
  readonly direct: boolean;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,200}(?:\[[A-Za-z0-9._, -]{0,200}\])?$/;
/** `my-shop (pyproject.toml)`, `my-shop (setup.py)`. */
const PROJECT = /\((?:[^()]*\/)?(?:pyproject\.toml|setup\.py|setup\.cfg)\)$/;

/** Extras of one package hold commas too: only a comma outside of brackets parts two names. */
const atCommas = (text: string): readonly string[] => {
  const parts: string[] = [];
  let start = 0;
  let inside = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '[' || character === ']') inside = character === '[';
    else if (character === ',' && !inside) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
};

const sourcesOf = (comments: readonly string[]): readonly string[] | undefined => {
  const start = comments.findIndex((comment) => comment === 'via' || comment.startsWith('via '));
  if (start < 0) return undefined;
  const first = comments[start]?.slice('via'.length).trim() ?? '';
  return [...atCommas(first), ...comments.slice(start + 1)].map((source) => source.trim()).filter((source) => source !== '');
};

type Source = { readonly package: string } | 'file' | 'constraint';

/** `undefined` for anything but a name, a file or a constraint. */
const sourceOf = (text: string): Source | undefined => {
  if (text.startsWith('-r ') || PROJECT.test(text)) return 'file';
  if (text.startsWith('-c ')) return 'constraint';
  return NAME.test(text) ? { package: normal(text.split('[', 1)[0] ?? '') } : undefined;
};

/** `undefined` where there is no such comment, or it is a sentence that only begins like one. */
export const readAnnotation = (comments: readonly string[]): Annotation | undefined => {
  const sources: Source[] = [];
  for (const text of sourcesOf(comments) ?? []) {
    const source = sourceOf(text);
    if (source === undefined) break; // another comment of the team's begins
    sources.push(source);
  }
  const by = sources.flatMap((source) => (typeof source === 'string' ? [] : [source.package]));
  const direct = sources.includes('file');
  return by.length === 0 && !direct ? undefined : { by, direct };
};
