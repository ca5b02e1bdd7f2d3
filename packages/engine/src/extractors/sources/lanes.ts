/** A gate that lets a fixed number of pieces of work through at once. */
export type Lanes = <T>(work: () => Promise<T>) => Promise<T>;

export const lanes = (width: number): Lanes => {
  const waiting: (() => void)[] = [];
  let free = width;
  const enter = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((open) => waiting.push(open));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
};
