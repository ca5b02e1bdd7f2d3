/** COPY . into the final image with nothing that holds secrets and history back. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { finalChain } from '../image/stages.ts';

export const copiesEverything = check<Dockerfile>({
  rule: {
    id: 'deploy/copies-everything',
    name: 'The whole folder is copied into the image',
    help: {
      why: 'Key files, .env files, the git history and tests become part of the image for everyone who can pull it.',
      fix: 'Add a .dockerignore that leaves them out, or copy only what runs: COPY package*.json src/ ./',
      references: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
    },
    severity: 'medium',
    confidence: 'medium',
    taxa: ['CWE-538', 'CIS-Docker-4.10'],
    aliases: [],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM node:22.11\nCOPY . .' },
      { line: 3, text: 'FROM node:22.11\nWORKDIR /app\nCOPY --chown=node:node ./ /app/' },
      { line: 2, text: 'FROM node:22.11\nADD . /app' },
      { line: 3, text: 'FROM node:22.11 AS base\nFROM base\nCOPY . /app' },
    ],
    passes: [
      'FROM node:22.11\nCOPY src package.json /app/',
      'FROM node:22.11 AS build\nCOPY . .\nRUN npm run build\nFROM node:22.11-slim\nCOPY --from=build /app/dist /app',
      'FROM node:22.11 AS build\nCOPY . /src\nFROM node:22.11\nCOPY --from=build . /app',
      'FROM node:22.11\nCOPY ./src /app/src',
    ],
  },
  *find(dockerfile) {
    if (dockerfile.hasIgnoreFile) return;
    const stages = new Set(finalChain(dockerfile).map((stage) => stage.index));
    for (const instruction of dockerfile.instructions) {
      if (!stages.has(instruction.stage) || !WHOLE_CONTEXT.test(`${instruction.name} ${instruction.arguments}`)) continue;
      yield hitAt(dockerfile, instruction, 'Everything in the folder becomes part of the image, and no .dockerignore holds anything back');
    }
  },
});

/** `COPY . /app`, flags before it, but not from another stage. */
const WHOLE_CONTEXT = /^(COPY|ADD) (?!.*--from=)(--\S+ )*\.\/? /;
