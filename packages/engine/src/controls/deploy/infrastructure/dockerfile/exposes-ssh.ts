/** The container offers a remote shell. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { unwrapped } from '../shell/commands.ts';

export const exposesSsh = check<Dockerfile>({
  rule: {
    id: 'deploy/container-exposes-ssh',
    name: 'The container exposes SSH',
    help: {
      why: 'A second way in, with its own keys and flaws, past every control of the platform.',
      fix: 'Take out EXPOSE 22 and the SSH server; use the platform to get a shell (docker exec, kubectl exec).',
      references: ['https://docs.docker.com/reference/dockerfile/#expose'],
    },
    severity: 'medium',
    confidence: 'medium',
    taxa: ['CWE-284', 'CIS-Docker-5.6'],
    aliases: ['CKV_DOCKER_1', 'AVD-DS-0004'],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM debian:12\nEXPOSE 22' },
      { line: 2, text: 'FROM debian:12\nEXPOSE 80 22/tcp 443' },
      { line: 2, text: 'FROM debian:12\nEXPOSE 20-25' },
    ],
    passes: [
      'FROM debian:12\nEXPOSE 80 443',
      'FROM debian:12\nEXPOSE 2222',
      'FROM debian:12\nEXPOSE $PORT',
      'FROM debian:12\nEXPOSE 22/udp',
    ],
  },
  *find(dockerfile) {
    for (const instruction of dockerfile.instructions.map(unwrapped)) {
      if (instruction.name !== 'EXPOSE' || !instruction.arguments.split(/\s+/).some(holds22)) continue;
      yield hitAt(dockerfile, instruction, 'The container offers SSH, a way in that the platform does not control');
    }
  },
});

const holds22 = (word: string): boolean => {
  const [, first, last = first] = /^"?(\d{1,5})(?:-(\d{1,5}))?(?:\/tcp)?"?$/i.exec(word) ?? [];
  return first !== undefined && Number(first) <= 22 && 22 <= Number(last);
};
