/** The syntax tree of HCL 2: what a file says, before anything is substituted. */

/** Offsets into the text, UTF-16 code units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly span: Span }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[]; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'object'; readonly entries: readonly ObjectEntry[]; readonly span: Span }
  | { readonly kind: 'traversal'; readonly root: string; readonly steps: readonly Step[]; readonly span: Span }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'conditional'; readonly test: Expression; readonly yes: Expression; readonly no: Expression; readonly span: Span }
  | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly Expression[]; readonly span: Span }
  /** Understood as syntax, not evaluated: for, splat, index of a call … */
  | { readonly kind: 'other'; readonly span: Span };

/** A directive is `%{ if … }` and its like: the text then depends on what we do not evaluate. */
export type TemplatePart = string | Expression | { readonly kind: 'directive'; readonly span: Span };
export interface ObjectEntry {
  readonly key: Expression;
  readonly value: Expression;
}
/** `.name`, `[index]` or `[*]`. */
export type Step = { readonly name: string } | { readonly index: Expression } | { readonly splat: true };

export interface Attribute {
  readonly name: string;
  readonly value: Expression;
}
export interface Body {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
}
export interface Block extends Body {
  readonly type: string;
  readonly labels: readonly string[];
  readonly span: Span;
}
