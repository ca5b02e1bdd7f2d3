/** Packages are installed without looking at their signatures. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { type Command, runsOf } from '../shell/commands.ts';

export const unsignedPackages = check<Dockerfile>({
  rule: {
    id: 'deploy/unsigned-packages',
    name: 'Package signatures are not checked',
    help: {
      why: 'A mirror, or who sits on the way to it, can put its own software into the image.',
      fix: 'Take the switch out and add the key of the repository (signed-by=… for apt, rpm --import, apk keys).',
      references: ['https://manpages.debian.org/stable/apt/apt-secure.8.en.html'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-347', 'CWE-494'],
    aliases: ['7', '8', '9', '10', '11'].map((number) => `CKV2_DOCKER_${number}`),
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM debian:12\nRUN apt-get install -y --allow-unauthenticated x' },
      { line: 2, text: 'FROM debian:12\nRUN apt-get install --force-yes x' },
      { line: 2, text: 'FROM alpine:3.20\nRUN apk add --allow-untrusted x.apk' },
      { line: 2, text: 'FROM fedora:41\nRUN dnf install -y --nogpgcheck x' },
      { line: 2, text: 'FROM fedora:41\nRUN rpm -i --nosignature x.rpm' },
    ],
    passes: [
      'FROM debian:12\nRUN apt-get install -y x',
      'FROM debian:12\nRUN echo --force-yes',
      'FROM fedora:41\nRUN rpm --import key.asc && dnf install -y x',
      'FROM debian:12\nRUN apt-get install -y --force-yes-not x',
    ],
  },
  *find(dockerfile) {
    for (const { instruction, commands } of runsOf(dockerfile)) {
      const found = commands.find(unchecked);
      if (found !== undefined) yield hitAt(dockerfile, instruction, `${found.name} installs packages whose origin nobody has checked`);
    }
  },
});

const unchecked = ({ name, arguments: words }: Command): boolean => words.some((word) => SWITCHES.get(name)?.test(word) ?? false);

const APT = /^(--allow-unauthenticated|--force-yes|--allow-insecure-repositories|-oAPT::Get::AllowUnauthenticated=.*)$/;
const YUM = /^(--nogpgcheck|--no-gpgchecks?|--setopt=(\w+\.)?gpgcheck=(0|false))$/i;
const SWITCHES: ReadonlyMap<string, RegExp> = new Map([
  ['apt', APT],
  ['apt-get', APT],
  ['aptitude', /^--allow-untrusted$/],
  ['apk', /^--allow-untrusted$/],
  ['yum', YUM],
  ['dnf', YUM],
  ['microdnf', YUM],
  ['tdnf', YUM],
  ['zypper', /^--(no-gpg-checks|allow-unsigned-rpm)$/],
  ['rpm', /^--(nosignature|nodigest)$/],
]);
