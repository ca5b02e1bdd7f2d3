/** A secret is handed to the build as an argument, which the image remembers. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { isSecretName, pairsOf } from '../image/pairs.ts';
import { finalChain } from '../image/stages.ts';

export const buildArgumentHoldsSecret = check<Dockerfile>({
  rule: {
    id: 'deploy/build-argument-holds-secret',
    name: 'A secret is handed over as a build argument',
    help: {
      why: 'Values of build arguments used in a shipped stage stay in the image history.',
      fix: 'Use RUN --mount=type=secret,id=… and docker build --secret, or use the argument only in a stage that is not shipped.',
      references: ['https://docs.docker.com/build/building/secrets/'],
    },
    severity: 'medium',
    confidence: 'medium',
    taxa: ['CWE-538', 'CIS-Docker-4.10'],
    aliases: ['AVD-DS-0031'],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM node:22.11\nARG NPM_TOKEN\nRUN npm ci' },
      { line: 2, text: 'FROM node:22.11 AS base\nARG GITHUB_TOKEN\nFROM base\nUSER app' },
    ],
    passes: [
      'FROM node:22.11 AS build\nARG NPM_TOKEN\nRUN npm ci\nFROM node:22.11-slim\nCOPY --from=build /app /app',
      'FROM node:22.11\nARG VERSION\nRUN make',
      'FROM node:22.11\nRUN --mount=type=secret,id=npm npm ci',
    ],
  },
  *find(dockerfile) {
    const shipped = new Set(finalChain(dockerfile).map((stage) => stage.index));
    for (const instruction of dockerfile.instructions) {
      if (instruction.name !== 'ARG' || !shipped.has(instruction.stage)) continue;
      for (const { name, value } of pairsOf(instruction)) {
        if (value === undefined && isSecretName(name))
          yield hitAt(dockerfile, instruction, `The value of ${name} stays in the image history`);
      }
    }
  },
});
