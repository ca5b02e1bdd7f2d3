/** The words all surfaces share: re-exports only. */
export * from './bucket.ts';
export * from './cause.ts';
export * from './component.ts';
export * from './coverage.ts';
export * from './dates.ts';
export * from './fix.ts';
export * from './gather.ts';
export * from './group.ts';
export * from './ids.ts';
export * from './inline.ts';
export * from './judged.ts';
export * from './numbers.ts';
export * from './path.ts';
export * from './reach.ts';
export * from './verdict.ts';
export * from './visible.ts';
export * from './walls.ts';
