/** A secret is written into the image's settings or its build arguments. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { isSecretName, isSecretValue, pairsOf } from '../image/pairs.ts';
import { unwrapped } from '../shell/commands.ts';

export const secretInEnvironment = check<Dockerfile>({
  rule: {
    id: 'deploy/secret-in-environment',
    name: 'A secret is set by ENV or ARG',
    help: {
      why: 'Everyone who can pull the image reads the value with docker history or docker inspect.',
      fix: 'Take the value out, replace the secret at its issuer, and hand it over at run time or with RUN --mount=type=secret.',
      references: [
        'https://docs.docker.com/build/building/secrets/',
        'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
      ],
    },
    severity: 'high',
    confidence: 'medium',
    taxa: ['CWE-798', 'CWE-526', 'CIS-Docker-4.10'],
    aliases: ['AVD-DS-0031'],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM node:22.11\nENV DB_PASSWORD=tr0ub4dor' },
      { line: 2, text: 'FROM node:22.11\nENV API_TOKEN abc def' },
      { line: 2, text: 'FROM node:22.11\nARG SIGNING_SECRET="hush"\nRUN make' },
      { line: 3, text: 'FROM node:22.11\nENV A=1\nENV B=2 \\\n  STRIPE_API_KEY=hush' },
    ],
    passes: [
      'FROM node:22.11\nENV DB_PASSWORD=$DB_PASSWORD',
      'FROM node:22.11\nENV DB_PASSWORD_FILE=/run/secrets/db DB_PASSWORD=""',
      'FROM node:22.11\nENV TOKEN_URL=https://login.example/token TOKENIZERS_PARALLELISM=false SECRET_KEY_PATH=/etc/key',
      'FROM node:22.11\nENV PASSWORD=/run/secrets/db ALLOW_EMPTY_PASSWORD=yes',
      'FROM node:22.11\nARG TOKEN_TTL=3600\nENV KEYCLOAK=1',
    ],
  },
  *find(dockerfile) {
    for (const instruction of dockerfile.instructions.map(unwrapped)) {
      if (instruction.name !== 'ENV' && instruction.name !== 'ARG') continue;
      for (const { name, value } of pairsOf(instruction)) {
        if (!isSecretName(name) || !isSecretValue(value)) continue;
        yield hitAt(dockerfile, instruction, `${name} can be read by everyone who can pull the image: ${instruction.name} keeps its value`);
      }
    }
  },
});
