/** One block of a yarn.lock, classic or berry: which wishes it answers, and what it is. */
import type { Region } from '@breakwater/model';
import type { EdgeKind, Left } from '../dependencies/format.ts';

export interface Wish {
  /** As the dependent calls it. */
  readonly name: string;
  /** `^1.0.0`, `npm:^1.0.0`, `npm:other@^1`, an address. */
  readonly wish: string;
  readonly kind: EdgeKind;
}

export interface Block {
  readonly place: string;
  /** `a@^1.0.0` as keys of the file have it. */
  readonly patterns: readonly string[];
  readonly region: Region;
  readonly name: string;
  readonly version: string | undefined;
  /** `own`: a folder of the project, which is not published: a workspace, or a link. */
  readonly origin: 'registry' | 'own' | Left['origin'];
  /** Of a workspace: its folder. */
  readonly folder?: string;
  readonly wishes: readonly Wish[];
  /** What its user has to bring. */
  readonly peers: readonly Wish[];
  readonly integrity?: string | undefined;
  readonly resolved?: string | undefined;
  /** Place of the block that this one patches. */
  readonly patches?: string | undefined;
}
