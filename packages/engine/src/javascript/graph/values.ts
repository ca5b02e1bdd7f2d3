/** What flows: functions, objects whose properties are followed, and values that stand for many. */

/** Even: a function; odd: an object; negative: many at once. */
export const functionValue = (fn: number): number => fn * 2;
export const objectValue = (object: number): number => object * 2 + 1;
export const isFunction = (value: number): boolean => value >= 0 && value % 2 === 0;
export const isObject = (value: number): boolean => value >= 0 && value % 2 === 1;
export const functionOf = (value: number): number => value / 2;

/** Some function that was stored under a computed name. */
export const SOME_PROPERTY = -1;
/** Some function that was put into a list. */
export const SOME_ELEMENT = -2;
/** Some object. */
export const SOME_OBJECT = -3;
/** Some function of those that some node has too many of to hand them on one by one. */
export const SOME_FUNCTION = -4;

/** A function, or some that are not told apart. */
export const isSome = (value: number): boolean => value === SOME_PROPERTY || value === SOME_ELEMENT || value === SOME_FUNCTION;
