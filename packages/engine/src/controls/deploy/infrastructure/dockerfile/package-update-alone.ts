/** The package lists are updated in a layer of their own. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { runsOf } from '../shell/commands.ts';
import { packageCall } from '../shell/packages.ts';

export const packageUpdateAlone = check<Dockerfile>({
  rule: {
    id: 'deploy/package-update-alone',
    name: 'Package lists are updated in their own layer',
    help: {
      why: 'The layer is cached: later builds install from old lists and miss security fixes.',
      fix: 'Put update and install into one RUN: RUN apt-get update && apt-get install -y ….',
      references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-1104', 'CIS-Docker-4.7'],
    aliases: ['CKV_DOCKER_5', 'AVD-DS-0017'],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl' },
      { line: 2, text: 'FROM alpine:3.20\nRUN apk update && echo ok' },
      { line: 2, text: 'FROM fedora:41\nRUN dnf makecache' },
    ],
    passes: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl',
      'FROM debian:12\nRUN apt-get update && apt-get -y upgrade',
      'FROM fedora:41\nRUN yum -y update',
      'FROM debian:12\nRUN apt-get update && ./install-packages.sh',
      'FROM alpine:3.20\nRUN apk --update add curl',
    ],
  },
  *find(dockerfile) {
    for (const { instruction, commands } of runsOf(dockerfile)) {
      const calls = commands.map(packageCall);
      const updates = calls.some((call) => call !== undefined && UPDATES.has(`${call.manager} ${call.action}`));
      const uses = calls.some((call) => call !== undefined && USES.test(call.action));
      if (updates && !uses && !commands.some(runsScript))
        yield hitAt(dockerfile, instruction, 'Later builds install from old package lists: this layer is cached');
    }
  },
});

/** `yum update` upgrades packages: that is no update of lists. */
const UPDATES: ReadonlySet<string> = new Set(['apt update', 'apk update', 'zypper refresh', 'zypper ref', 'yum makecache']);
const USES = /^(install|add|upgrade|dist-upgrade|full-upgrade|reinstall|build-dep|source|in|up|dup|satisfy)$/;
const runsScript = ({ name }: { readonly name: string }): boolean => /\.(sh|py|pl|rb)$|^(pip3?|sh|bash|make)$/.test(name);
