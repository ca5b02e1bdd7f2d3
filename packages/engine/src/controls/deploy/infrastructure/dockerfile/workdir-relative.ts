/** Where files land depends on what the base image does. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { unwrapped } from '../shell/commands.ts';

export const workdirRelative = check<Dockerfile>({
  rule: {
    id: 'deploy/workdir-relative',
    name: 'WORKDIR is not absolute',
    help: {
      why: 'When the base image changes its folder, files and rights end up in another place.',
      fix: 'Write the whole path: WORKDIR /app.',
      references: ['https://docs.docker.com/build/building/best-practices/#workdir'],
    },
    severity: 'info',
    confidence: 'high',
    taxa: ['CWE-1127'],
    aliases: ['CKV_DOCKER_10', 'AVD-DS-0009', 'DL3000'],
  },
  examples: {
    fails: [{ line: 2, text: 'FROM debian:12\nWORKDIR app' }],
    passes: [
      'FROM debian:12\nWORKDIR /app',
      'FROM debian:12\nWORKDIR "/app"',
      'FROM debian:12\nWORKDIR ${HOME}/x',
      'FROM debian:12\nWORKDIR C:\\app',
      'FROM debian:12\nWORKDIR /app\nWORKDIR sub',
    ],
  },
  *find(dockerfile) {
    let anchored = -2;
    for (const instruction of dockerfile.instructions.map(unwrapped)) {
      if (instruction.name !== 'WORKDIR') continue;
      if (ABSOLUTE.test(instruction.arguments)) anchored = instruction.stage;
      else if (anchored !== instruction.stage)
        yield hitAt(dockerfile, instruction, 'Where the files of this image lie depends on the folder of its base image');
    }
  },
});

const ABSOLUTE = /^["']?([/\\$%]|[a-z]:)/i;
