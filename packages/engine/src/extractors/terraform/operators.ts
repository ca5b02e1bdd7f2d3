/** HCL's operators on literals; anything else is not known. */
import type { TerraformValue } from '../facts.ts';

type Literal = string | number | boolean | null;

/** `undefined` = not known. */
export const operate = (operator: string, operands: readonly TerraformValue[]): Literal | undefined => {
  const values = operands.map((operand) => (operand.kind === 'literal' ? operand.value : undefined));
  const [left, right] = values;
  if (operands.length === 1) return left === undefined ? undefined : ofOne(operator, left);
  if (operator === '&&' || operator === '||') return ofTruth(operator, left, right);
  if (left === undefined || right === undefined) return undefined;
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  return typeof left === 'number' && typeof right === 'number' ? ofNumbers(operator, left, right) : undefined;
};

const ofOne = (operator: string, value: Literal): Literal | undefined => {
  if (operator === '!') return typeof value === 'boolean' ? !value : undefined;
  return typeof value === 'number' ? -value : undefined;
};

/** One known operand can decide. */
const ofTruth = (operator: '&&' | '||', left: Literal | undefined, right: Literal | undefined): boolean | undefined => {
  const deciding = operator === '||';
  if (left === deciding || right === deciding) return deciding;
  return typeof left === 'boolean' && typeof right === 'boolean' ? !deciding : undefined;
};

const ofNumbers = (operator: string, left: number, right: number): number | boolean | undefined => {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    default:
      return undefined; // division: Terraform's numbers are decimal, ours are not
  }
};
