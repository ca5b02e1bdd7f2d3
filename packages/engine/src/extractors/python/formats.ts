/** Every reader of Python's manifests and lockfiles. */
import type { Format } from '../dependencies/format.ts';
import { pdmLock } from './pdm-lock.ts';
import { pipfileLock } from './pipfile-lock.ts';
import { poetryLock } from './poetry-lock.ts';
import { pylock } from './pylock.ts';
import { requirements } from './requirements.ts';
import { uvLock } from './uv-lock.ts';

export const pythonFormats: readonly Format[] = [uvLock, poetryLock, pdmLock, pylock, pipfileLock, requirements];
