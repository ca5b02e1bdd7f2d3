/** The terminal report of a scan, block by block in the order of terminal.md: heading, funnel, what to act on, what is missing, verdict. */
import type { Run } from '@breakwater/model';
import type { Style } from '../../terminal/style.ts';
import { actBlocks } from './act.ts';
import { funnelBlock } from './funnel.ts';
import { heading } from './heading.ts';
import { listBlocks } from './list.ts';
import { missing } from './missing.ts';
import { nothing } from './nothing.ts';
import { verdict } from './verdict.ts';

export interface PrettyOptions {
  /** Every finding, not only those to act on. */
  readonly all: boolean;
  /** The verdict alone. */
  readonly quiet: boolean;
}

/** Ends with a line feed. */
export const renderPretty = (run: Run, style: Style, { all, quiet }: PrettyOptions): string => {
  if (quiet) return join([[verdict(run, { ...style, columns: 1_000 })[0] ?? '']]);
  if (run.outcome === 'nothing') return join([nothing(run, style)]);
  const blocks = [
    heading(run, style),
    funnelBlock(run, style),
    ...actBlocks(run, style, all),
    ...(all ? listBlocks(run, style) : []),
    ...missing(run, style),
    verdict(run, style),
  ];
  return join(blocks);
};

const join = (blocks: readonly (readonly string[])[]): string =>
  `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`;
