/** The process of the final image has the rights of root. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, openAt } from '../image/hit.ts';
import { finalChain } from '../image/stages.ts';

export const containerRunsAsRoot = check<Dockerfile>({
  rule: {
    id: 'deploy/container-runs-as-root',
    name: 'The final image stage runs as root',
    help: {
      why: 'Who takes over the process is root in the container, and a break-out is root on the node.',
      fix: 'End the final stage with USER and a number that is not 0, for example USER 10001.',
      references: ['https://docs.docker.com/build/building/best-practices/#user'],
    },
    severity: 'medium',
    confidence: 'medium',
    taxa: ['CWE-250', 'CIS-Docker-4.1'],
    aliases: ['CKV_DOCKER_3', 'CKV_DOCKER_8', 'AVD-DS-0002', 'DL3002'],
  },
  examples: {
    fails: [
      { line: 1, text: 'FROM node:22.11\nCMD ["node","."]' },
      { line: 3, text: 'FROM node:22.11\nUSER app\nUSER root' },
      { line: 2, text: 'FROM node:22.11\nUSER 0:0' },
      { line: 3, text: 'FROM node:22.11 AS build\nUSER app\nFROM node:22.11-slim\nCOPY --from=build /app /app' },
      { line: 3, text: 'FROM node:22.11 AS base\nUSER app\nUSER root\nFROM base\nRUN make' },
      { line: 2, text: 'FROM node:22.11\nUSER ${WHO:-root}' },
    ],
    passes: [
      'FROM node:22.11\nUSER 1000',
      'FROM node:22.11\nUSER root\nRUN apt-get update\nUSER app',
      'FROM node:22.11 AS base\nUSER app\nFROM base\nRUN make',
      'FROM gcr.io/distroless/nodejs22-debian12:nonroot\nCMD ["a.js"]',
      'FROM nginxinc/nginx-unprivileged:1.27\nCOPY . /usr/share/nginx/html',
      'ARG UID=1000\nFROM node:22.11\nARG UID=1000\nUSER $UID',
    ],
  },
  *find(dockerfile) {
    const chain = finalChain(dockerfile);
    const users = new Map(dockerfile.instructions.filter((i) => i.name === 'USER').map((i) => [i.stage, i])); // the last of each stage
    const user = chain.map((stage) => users.get(stage.index)).find((i) => i !== undefined);
    if (user === undefined) {
      const [final] = chain;
      const base = chain.at(-1);
      if (final === undefined || base === undefined || NON_ROOT.test(base.image)) return;
      yield hitAt(dockerfile, final.from, `The container runs as root: no USER is set after FROM ${base.image}`);
      return;
    }
    const name = nameOf(user.arguments, dockerfile, user.stage);
    if (name === undefined)
      yield openAt(dockerfile, user, `Could not tell whether the container runs as root: USER is ${user.arguments}, given at build time`);
    else if (ROOT.test(name)) yield hitAt(dockerfile, user, `The container runs as root: the last USER is ${user.arguments}`);
  },
});

const ROOT = /^"?(root|0|ContainerAdministrator)"?(:|$)/i;
/** Images that say by name that they do not start as root. */
const NON_ROOT = /nonroot|non-root|unprivileged|rootless|^cgr\.dev\/chainguard\//i;

/** `$NAME` by the ARG or ENV of the stage; `undefined` = only known at build time. */
const nameOf = (text: string, dockerfile: Dockerfile, stage: number): string | undefined => {
  const [, name, fallback] = /^"?\$\{?(\w+)(?::?-([^}]*))?\}?/.exec(text) ?? [];
  if (name === undefined) return text;
  const declared = dockerfile.instructions
    .filter((i) => (i.name === 'ARG' || i.name === 'ENV') && i.stage === stage)
    .flatMap((i) => i.arguments.split(/\s+/))
    .findLast((word) => word.startsWith(`${name}=`));
  return declared?.slice(name.length + 1) ?? fallback;
};
