/** One page: what happened, why it matters, what to do. */

export interface Page {
  readonly title: string;
  readonly why: string;
  readonly todo: string;
}

export type Pages = Readonly<Record<string, Page>>;

export const page = (title: string, why: string, todo: string): Page => ({ title, why, todo });
