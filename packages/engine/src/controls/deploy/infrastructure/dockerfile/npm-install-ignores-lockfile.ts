/** The build resolves dependencies anew. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { type Command, runsOf } from '../shell/commands.ts';

export const npmInstallIgnoresLockfile = check<Dockerfile>({
  rule: {
    id: 'deploy/npm-install-ignores-lockfile',
    name: 'npm install instead of npm ci',
    help: {
      why: 'The image may hold other versions than those that were tested and scanned.',
      fix: 'Copy package-lock.json and run npm ci --omit=dev.',
      references: ['https://docs.npmjs.com/cli/commands/npm-ci'],
    },
    severity: 'low',
    confidence: 'medium',
    taxa: ['CWE-1357'],
    aliases: [],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM node:22.11\nRUN npm install' },
      { line: 2, text: 'FROM node:22.11\nRUN npm i --production && npm cache clean --force' },
    ],
    passes: [
      'FROM node:22.11\nRUN npm ci --omit=dev',
      'FROM node:22.11\nRUN npm install -g pnpm@9.12.0',
      'FROM node:22.11\nRUN npm install --global corepack',
      'FROM node:22.11\nRUN npm install tsx@4.19.2',
      'FROM node:22.11\nRUN npm run install-assets',
    ],
  },
  *find(dockerfile) {
    for (const { instruction, commands } of runsOf(dockerfile)) {
      if (commands.some(resolvesAnew)) yield hitAt(dockerfile, instruction, 'The image may hold other versions than the lockfile names');
    }
  },
});

/** Without package names: those are another matter than the project's own dependencies. */
const resolvesAnew = ({ name, arguments: words }: Command): boolean => {
  const [action, ...rest] = words.filter((word) => !word.startsWith('-'));
  return (
    name === 'npm' && /^(install|i)$/.test(action ?? '') && rest.length === 0 && !words.some((word) => word === '-g' || word === '--global')
  );
};
