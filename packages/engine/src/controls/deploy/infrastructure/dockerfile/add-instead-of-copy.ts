/** ADD where COPY says the same without surprises. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { unwrapped } from '../shell/commands.ts';

export const addInsteadOfCopy = check<Dockerfile>({
  rule: {
    id: 'deploy/add-instead-of-copy',
    name: 'ADD is used for plain files',
    help: {
      why: 'ADD unpacks archives and follows addresses, so a changed file name changes what the image holds.',
      fix: 'Write COPY instead of ADD.',
      references: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-1127', 'CIS-Docker-4.9'],
    aliases: ['CKV_DOCKER_4', 'AVD-DS-0005', 'DL3020'],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM node:22.11\nADD . /app' },
      { line: 2, text: 'FROM node:22.11\nADD --chown=1:1 package.json /app/' },
      { line: 2, text: 'FROM node:22.11\nONBUILD ADD src /app' },
    ],
    passes: [
      'FROM node:22.11\nCOPY . /app',
      'FROM node:22.11\nADD app.tar.gz /app',
      'FROM node:22.11\nADD root.tar.xz /',
      'FROM node:22.11\nADD https://example.org/x /x',
      'FROM node:22.11\nADD git@example.org:team/app.git /app',
      'FROM node:22.11\nADD $ARCHIVE /app',
    ],
  },
  *find(dockerfile) {
    for (const instruction of dockerfile.instructions.map(unwrapped)) {
      if (instruction.name !== 'ADD' || SPECIAL.test(instruction.arguments)) continue;
      yield hitAt(dockerfile, instruction, 'ADD copies plain files here, and would unpack them if they were archives');
    }
  },
});

/** Archives, addresses, git, here-documents, and names that only the build knows. */
const SPECIAL = /\.(tar|tgz|tbz2?|txz|tar\.\w+|gz|bz2|xz|zst)(?=$|["\s*])|:\/\/|git@|<<|\$|\*\.t/i;
