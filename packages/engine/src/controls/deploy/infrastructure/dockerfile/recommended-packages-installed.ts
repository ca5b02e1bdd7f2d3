/** apt installs more than was asked for. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { runsOf } from '../shell/commands.ts';
import { packageCall } from '../shell/packages.ts';

export const recommendedPackagesInstalled = check<Dockerfile>({
  rule: {
    id: 'deploy/recommended-packages-installed',
    name: 'apt installs recommended packages too',
    help: {
      why: 'Each package that nobody asked for is one more that can have a flaw.',
      fix: 'Write apt-get install --no-install-recommends.',
      references: ['https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages'],
    },
    severity: 'info',
    confidence: 'high',
    taxa: ['CWE-1104', 'CIS-Docker-4.3'],
    aliases: ['AVD-DS-0029', 'DL3015'],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl' },
      { line: 2, text: 'FROM debian:12\nRUN apt install -y curl' },
    ],
    passes: [
      'FROM debian:12\nRUN apt-get install -y --no-install-recommends curl',
      'FROM debian:12\nRUN apt-get -o APT::Install-Recommends=false install -y curl',
      'FROM debian:12\nRUN apt-get update',
      'FROM debian:12 AS build\nRUN apt-get install -y gcc\nFROM debian:12-slim\nCOPY --from=build /app /app',
    ],
  },
  *find(dockerfile) {
    const final = dockerfile.stages.length - 1;
    for (const { instruction, commands } of runsOf(dockerfile)) {
      if (instruction.stage !== final) continue;
      const calls = commands.map(packageCall).filter((call) => call?.manager === 'apt' && call.action === 'install');
      if (calls.some((call) => !call?.switches.some((word) => WITHOUT.test(word))))
        yield hitAt(dockerfile, instruction, 'The image holds packages that nobody asked for: apt adds what is recommended');
    }
  },
});

const WITHOUT = /no-install-recommends|install-recommends=(0|false|no)/i;
