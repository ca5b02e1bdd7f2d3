/** The JSON report: the run as it is, without clock and durations, so that the same input gives the same bytes. */
import type { Run } from '@breakwater/model';

/** Keys in a fixed order; ends with a line feed. Evidence and the HTML report keep the times. */
export const renderJson = (run: Run): string => {
  const { startedAt: _startedAt, durationMs: _durationMs, steps, ...rest } = run;
  const timeless = steps.map(({ durationMs: _ms, ...step }) => step);
  return `${JSON.stringify({ ...rest, steps: timeless }, null, 2)}\n`;
};
