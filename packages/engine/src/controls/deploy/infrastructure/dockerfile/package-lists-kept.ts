/** Package lists stay in the layer. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { type Command, type Run, runsOf } from '../shell/commands.ts';
import { type PackageCall, packageCall } from '../shell/packages.ts';

export const packageListsKept = check<Dockerfile>({
  rule: {
    id: 'deploy/package-lists-kept',
    name: 'Package lists are left in the image',
    help: {
      why: 'The image is larger than it must be, and stale lists hide that packages are old.',
      fix: 'End the same RUN with: && rm -rf /var/lib/apt/lists/* (apt), dnf clean all, zypper clean, or use apk add --no-cache.',
      references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
    },
    severity: 'info',
    confidence: 'high',
    taxa: ['CWE-1104'],
    aliases: ['AVD-DS-0015', 'AVD-DS-0019', 'AVD-DS-0020', 'AVD-DS-0025', 'DL3009', 'DL3019', 'DL3032', 'DL3036', 'DL3040'],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl' },
      { line: 2, text: 'FROM fedora:41\nRUN dnf -y install curl' },
      { line: 2, text: 'FROM fedora:41\nRUN dnf clean all && dnf -y install curl' },
      { line: 2, text: 'FROM fedora:41\nRUN dnf -y install curl && dnf clean metadata' },
      { line: 2, text: 'FROM alpine:3.20\nRUN apk add curl' },
      { line: 2, text: 'FROM opensuse/leap:15.6\nRUN zypper install -y curl' },
    ],
    passes: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*',
      'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl',
      'FROM fedora:41\nRUN dnf -y install curl && dnf clean all',
      'FROM fedora:41\nRUN dnf -y install curl && rm -rf /var/cache/dnf',
      'FROM alpine:3.20\nRUN apk --no-cache add curl',
      'FROM alpine:3.20\nRUN apk add curl && rm -rf /var/cache/apk/*',
      'FROM opensuse/leap:15.6\nRUN zypper install -y curl && zypper clean',
      'FROM debian:12 AS build\nRUN apt-get update && apt-get install -y gcc\nFROM debian:12-slim\nCOPY --from=build /app /app',
    ],
  },
  *find(dockerfile) {
    const final = dockerfile.stages.length - 1;
    for (const run of runsOf(dockerfile)) {
      if (run.instruction.stage !== final || run.flags.some((flag) => flag.includes('type=cache'))) continue;
      const manager = leavesListsOf(run);
      if (manager !== undefined) yield hitAt(dockerfile, run.instruction, `The package lists of ${manager} stay in the image`);
    }
  },
});

/** The manager of the last installation, unless something after it cleans up. */
const leavesListsOf = (run: Run): string | undefined => {
  let left: string | undefined;
  for (const command of run.commands) {
    const call = packageCall(command);
    if (call !== undefined && INSTALLS.test(call.action) && !call.switches.includes('--no-cache')) left = call.manager;
    else if (cleans(command, call)) left = undefined;
  }
  return left;
};

const INSTALLS = /^(install|add|in|groupinstall|reinstall|patch)$/;

const cleans = (command: Command, call: PackageCall | undefined): boolean => {
  if (call?.manager === 'yum' && call.action === 'clean') return call.names.includes('all');
  if (call !== undefined && call.manager !== 'apt' && /^(clean|cc|cache)$/.test(call.action)) return true;
  return command.name === 'rm' && command.arguments.some((word) => CACHES.test(word));
};

const CACHES = /^\/var\/(lib\/apt|cache\/(yum|dnf|apk|zypp))|^\/var\/cache\/?\*?$/;
