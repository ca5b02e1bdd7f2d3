/** The project's own test script, run in a sandbox. */
import { member, textMember } from '../json/plain.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { SuiteRun } from './compare.ts';
import { suiteRun } from './compare.ts';

/** `undefined` when there is none: absent, or what `npm init` writes. */
export const testScript = (manifest: unknown): string | undefined => {
  const script = textMember(member(manifest, 'scripts'), 'test');
  return script === undefined || script.trim() === '' || script.includes('no test specified') ? undefined : script;
};

/** Installed beforehand; npm runs pretest and posttest too. At most `milliseconds`, then everything it started ends. */
export const runSuite = async (sandbox: Sandbox, folder: string, milliseconds: number, signal?: AbortSignal): Promise<SuiteRun> => {
  const { node, npm } = sandbox.tools;
  const command = [...(npm === undefined ? ['npm'] : [node, npm]), 'test'];
  return suiteRun(await sandbox.run(folder, command, { milliseconds, outputBytes: 1024 * 1024 }, signal));
};
