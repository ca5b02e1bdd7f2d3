/** A region as one short text: `12`, `12:3-14:5`. */
import type { Region } from '../../location.ts';

const FORM = /^(\d{1,15})(?::(\d{1,15}))?(?:-(\d{1,15})?(?::(\d{1,15}))?)?$/;

const part = (prefix: string, value: number | undefined): string => (value === undefined ? '' : `${prefix}${value}`);

export const regionText = ({ startLine, startColumn, endLine, endColumn }: Region): string => {
  const end = endLine === undefined && endColumn === undefined ? '' : `-${part('', endLine)}${part(':', endColumn)}`;
  return `${startLine}${part(':', startColumn)}${end}`;
};

export const regionOf = (text: string | undefined): Region | undefined => {
  const found = FORM.exec(text ?? '');
  if (found === null) return undefined;
  const [startLine = 1, startColumn, endLine, endColumn] = found
    .slice(1)
    .map((digits) => (digits === undefined ? undefined : Number(digits)));
  return {
    startLine,
    ...(startColumn === undefined ? {} : { startColumn }),
    ...(endLine === undefined ? {} : { endLine }),
    ...(endColumn === undefined ? {} : { endColumn }),
  };
};
