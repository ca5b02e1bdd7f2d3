/** A build step asks to leave the builder's sandbox. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { runsOf } from '../shell/commands.ts';

export const buildStepUnsandboxed = check<Dockerfile>({
  rule: {
    id: 'deploy/build-step-unsandboxed',
    name: 'A build step runs without the sandbox',
    help: {
      why: 'The step has the rights of root on the build machine, as in a privileged container.',
      fix: 'Take out --security=insecure and --network=host; do what needs them outside of the image build.',
      references: ['https://docs.docker.com/reference/dockerfile/#run---security'],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-250'],
    aliases: [],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM debian:12\nRUN --security=insecure mount -t tmpfs none /x' },
      { line: 2, text: 'FROM debian:12\nRUN --mount=type=cache,target=/c --network=host make' },
    ],
    passes: [
      'FROM debian:12\nRUN --security=sandbox make',
      'FROM debian:12\nRUN --network=none make',
      'FROM debian:12\nRUN make --security=insecure',
    ],
  },
  *find(dockerfile) {
    for (const { instruction, flags } of runsOf(dockerfile)) {
      const flag = flags.find((word) => word === '--security=insecure' || word === '--network=host');
      if (flag !== undefined) yield hitAt(dockerfile, instruction, `This step can reach the build machine: it runs with ${flag}`);
    }
  },
});
