/** A process that answers for one application after the other: the verdict, how long it took, how much memory it held. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Question, Verdict } from './verdict.ts';
import { verdictOf } from './verdict.ts';

export interface Answer extends Verdict {
  readonly error?: string;
  readonly peakMb: number;
}

/** Linux: from here on the process's peak counts anew. */
const forgetPeak = (): void => writeFileSync('/proc/self/clear_refs', '5');
const peakMb = (): number => Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;

const answer = async (question: Question): Promise<Answer> => {
  try {
    const verdict = await verdictOf(question, forgetPeak);
    return verdict === undefined ? { error: 'no finding', ms: 0, peakMb: 0 } : { ...verdict, peakMb: peakMb() };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error), ms: 0, peakMb: 0 };
  }
};

process.on('message', (question: Question) => {
  answer(question).then((said) => process.send?.(said));
});
