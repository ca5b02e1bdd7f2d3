/** An account of the image gets a password that everyone can read. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { runsOf } from '../shell/commands.ts';

export const passwordSetInImage = check<Dockerfile>({
  rule: {
    id: 'deploy/password-set-in-image',
    name: 'The build sets a password',
    help: {
      why: 'The password stands in the image history; the same in every container made from it.',
      fix: 'Take the command out: containers need no passwords. Where one is needed, set it at start from a secret.',
      references: ['https://docs.docker.com/build/building/secrets/'],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-798'],
    aliases: ['CKV2_DOCKER_17'],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM debian:12\nRUN echo "root:toor" | chpasswd' },
      { line: 2, text: 'FROM debian:12\nRUN echo hush | passwd --stdin root' },
      { line: 2, text: 'FROM debian:12\nRUN chpasswd <<< "root:toor"' },
    ],
    passes: ['FROM debian:12\nRUN passwd -l root', 'FROM debian:12\nRUN useradd app', 'FROM debian:12\nRUN echo chpasswd'],
  },
  *find(dockerfile) {
    for (const { instruction, commands } of runsOf(dockerfile)) {
      const sets = commands.some(({ name, arguments: words }) => name === 'chpasswd' || (name === 'passwd' && words.includes('--stdin')));
      if (sets) yield hitAt(dockerfile, instruction, 'Every container of this image has the same password, and the image history shows it');
    }
  },
});
