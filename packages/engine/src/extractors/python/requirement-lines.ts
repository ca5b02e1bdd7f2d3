/** Lines of a requirements file as pip joins them, each with the comments that belong to it. */

export interface LogicalLine {
  /** Joined, without comments, trimmed; never empty. */
  readonly text: string;
  /** 1-based, of its first physical line. */
  readonly line: number;
  /** Without `#`, trimmed: those on its own lines and those directly below it. */
  readonly comments: readonly string[];
}

interface Draft {
  text: string;
  readonly line: number;
  readonly comments: string[];
}

/** A `#` begins a comment at the start of a line or after a space; elsewhere it is part of an address. */
const commentAt = (text: string): number => {
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (at === 0 || before === 0x20 || before === 0x09) return at;
  }
  return -1;
};

/** Code and comment of one physical line. */
const parts = (physical: string): { readonly code: string; readonly comment: string | undefined } => {
  const at = commentAt(physical);
  return at < 0 ? { code: physical, comment: undefined } : { code: physical.slice(0, at), comment: physical.slice(at + 1).trim() };
};

/** pip ends a continued line at a comment; a blank line ends the comments that belong to a requirement. */
class Joiner {
  readonly drafts: Draft[] = [];
  #open: Draft | undefined;
  #continued = false;

  add(physical: string, line: number): void {
    const { code, comment } = parts(physical);
    const continues = comment === undefined && code.endsWith('\\');
    const piece = continues ? code.slice(0, -1) : code;
    if (piece.trim() !== '') this.#code(piece, line);
    else if (comment === undefined && !this.#continued) this.#open = undefined;
    if (comment !== undefined) this.#open?.comments.push(comment);
    this.#continued = continues;
  }

  #code(piece: string, line: number): void {
    if (!this.#continued || this.#open === undefined) {
      this.#open = { text: '', line, comments: [] };
      this.drafts.push(this.#open);
    }
    this.#open.text += piece;
  }
}

/** Without the carriage returns at its end, of which a careless conversion leaves two. */
const withoutReturns = (raw: string): string => {
  let end = raw.length;
  while (raw.charCodeAt(end - 1) === 0x0d) end -= 1;
  return raw.slice(0, end);
};

/** A carriage return alone ends a line for pip, but not for those who count lines. */
export const logicalLines = (text: string): readonly LogicalLine[] => {
  const joiner = new Joiner();
  for (const [index, raw] of text.split('\n').entries()) {
    for (const piece of withoutReturns(raw).split('\r')) joiner.add(piece, index + 1);
  }
  return joiner.drafts.map((draft) => ({ ...draft, text: draft.text.trim() }));
};
