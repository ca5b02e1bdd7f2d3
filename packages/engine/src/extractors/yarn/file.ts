/** One name for two formats: which of them a yarn.lock is, its content tells. */
export const isYarnLock = (uri: string): boolean => uri === 'yarn.lock' || uri.endsWith('/yarn.lock');

/** Only Yarn 2 and later write it. */
export const isBerry = (text: string): boolean => /^(?:__metadata|"__metadata"):/m.test(text);

export const MAX_BYTES = 64 << 20;
