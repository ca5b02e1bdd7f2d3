/** The build uses sudo, so the image holds it. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { runsOf } from '../shell/commands.ts';

export const sudoInImage = check<Dockerfile>({
  rule: {
    id: 'deploy/sudo-in-image',
    name: 'The image uses sudo',
    help: {
      why: 'With sudo in the image, a taken-over process can become root again.',
      fix: 'Do what needs root before USER, without sudo, and leave the package out.',
      references: ['https://docs.docker.com/build/building/best-practices/#user'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-250'],
    aliases: ['CKV2_DOCKER_1', 'AVD-DS-0010', 'DL3004'],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM debian:12\nRUN sudo apt-get update' },
      { line: 2, text: 'FROM debian:12\nRUN cd /x && sudo -u app make' },
      { line: 2, text: 'FROM debian:12\nRUN ["sh", "-c", "sudo make"]' },
    ],
    passes: [
      'FROM debian:12\nRUN echo "no sudo here"',
      'FROM debian:12\nRUN cat <<EOF > /motd\nsudo is absent\nEOF',
      'FROM debian:12\nRUN apt-get -y purge sudo',
    ],
  },
  *find(dockerfile) {
    for (const { instruction, commands } of runsOf(dockerfile)) {
      if (commands.some((command) => command.before.includes('sudo')))
        yield hitAt(dockerfile, instruction, 'The image holds sudo: a process in it can become root again');
    }
  },
});
