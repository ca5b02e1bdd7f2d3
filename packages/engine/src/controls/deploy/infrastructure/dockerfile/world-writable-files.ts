/** Files of the image can be changed by every user in it. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { runsOf, unwrapped } from '../shell/commands.ts';

export const worldWritableFiles = check<Dockerfile>({
  rule: {
    id: 'deploy/world-writable-files',
    name: 'Files are made writable for everyone',
    help: {
      why: 'A process with few rights can rewrite programs that one with more rights runs.',
      fix: 'Give the files to the user that runs (COPY --chown=…) and write chmod 755 or 644.',
      references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-732'],
    aliases: [],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM debian:12\nRUN chmod -R 777 /app' },
      { line: 2, text: 'FROM debian:12\nRUN mkdir /x && chmod 0666 /x/a' },
      { line: 2, text: 'FROM debian:12\nRUN chmod a+rwx /app' },
      { line: 2, text: 'FROM debian:12\nCOPY --chmod=777 run.sh /' },
    ],
    passes: [
      'FROM debian:12\nRUN chmod 755 /app',
      'FROM debian:12\nRUN chmod 1777 /tmp',
      'FROM debian:12\nRUN chmod g+rwX /app && chmod +x /run.sh',
      'FROM debian:12\nCOPY --chmod=755 run.sh /777',
      'FROM debian:12\nRUN chmod o-w /app',
    ],
  },
  *find(dockerfile) {
    const message = 'Every process in the container can change these files';
    for (const { instruction, commands } of runsOf(dockerfile)) {
      if (commands.some((command) => command.name === 'chmod' && command.arguments.some((word) => OPEN.test(word))))
        yield hitAt(dockerfile, instruction, message);
    }
    for (const instruction of dockerfile.instructions.map(unwrapped)) {
      const mode = /^(?:--\S+\s+)*?--chmod=(\S+)/.exec(instruction.arguments.slice(0, 500))?.[1];
      if (/^(COPY|ADD)$/.test(instruction.name) && mode !== undefined && OPEN.test(mode)) yield hitAt(dockerfile, instruction, message);
    }
  },
});

/** Others may write; with the sticky bit (1777, as /tmp) only to their own files. */
const OPEN = /^0?[0-7]{2}[2367]$|^[ugoa]{0,3}[oa][ugoa]{0,3}[+=][rx]{0,3}w[rwxX]{0,4}$/;
