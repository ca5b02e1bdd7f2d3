/** ADD fetches an address without a checksum. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { unwrapped } from '../shell/commands.ts';

export const addDownloadsUnchecked = check<Dockerfile>({
  rule: {
    id: 'deploy/add-downloads-unchecked',
    name: 'ADD downloads without a checksum',
    help: {
      why: 'The image holds whatever the address serves on the day of the build.',
      fix: 'Write ADD --checksum=sha256:… <address> <path>, or name a full commit of the git repository.',
      references: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-494', 'CIS-Docker-4.9'],
    aliases: ['CKV_DOCKER_4'],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM debian:12\nADD https://example.org/app.tgz /opt/' },
      { line: 2, text: 'FROM debian:12\nADD --chown=1:1 http://example.org/a.sh /a.sh' },
      { line: 2, text: 'FROM debian:12\nADD ["https://example.org/a b", "/x"]' },
    ],
    passes: [
      'FROM debian:12\nADD --checksum=sha256:0000 https://example.org/app.tgz /opt/',
      'FROM debian:12\nADD app.tgz /opt/',
      'FROM debian:12\nRUN curl -o x https://example.org/x && sha256sum -c x.sum',
    ],
  },
  *find(dockerfile) {
    for (const instruction of dockerfile.instructions.map(unwrapped)) {
      if (instruction.name !== 'ADD' || instruction.arguments.includes('--checksum=')) continue;
      const address = /(?:^|[\s"])(https?:\/\/[^\s"?#@]+)/.exec(instruction.arguments)?.[1];
      if (address !== undefined)
        yield hitAt(dockerfile, instruction, `The image holds whatever ${address.slice(0, 100)} serves at build time`);
    }
  },
});
