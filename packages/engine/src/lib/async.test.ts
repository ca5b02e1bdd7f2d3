import { describe, expect, it } from 'vitest';
import { mapLimit } from './async.ts';

describe('mapLimit', () => {
  it('keeps the order and the limit', async () => {
    let running = 0;
    let most = 0;
    const work = async (n: number): Promise<number> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, n % 3));
      running -= 1;
      return n * 2;
    };
    expect(await mapLimit([1, 2, 3, 4, 5, 6, 7], 3, work)).toEqual([2, 4, 6, 8, 10, 12, 14]);
    expect(most).toBe(3);
  });
  it('throws the first failure', async () => {
    await expect(mapLimit([1, 2], 1, async (n) => Promise.reject(new Error(String(n))))).rejects.toThrow('1');
  });
  it('does nothing with nothing', async () => expect(await mapLimit([], 4, async () => 1)).toEqual([]));
});
