/** Downloads of the build, or calls of the running program, trust any certificate. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { pairsOf } from '../image/pairs.ts';
import { type Command, runsOf, unwrapped } from '../shell/commands.ts';

export const tlsVerificationOff = check<Dockerfile>({
  rule: {
    id: 'deploy/tls-verification-off',
    name: 'TLS certificates are not verified',
    help: {
      why: 'Who sits on the way can answer in place of the server: with other software, or to read what is sent.',
      fix: 'Take the switch out; add the missing certificate with update-ca-certificates or NODE_EXTRA_CA_CERTS.',
      references: ['https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue', 'https://curl.se/docs/sslcerts.html'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-295'],
    aliases: ['2', '3', '4', '5', '6', '12', '13', '14', '15', '16'].map((number) => `CKV2_DOCKER_${number}`),
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM debian:12\nRUN curl -fsSLk https://example.org/x -o x' },
      { line: 2, text: 'FROM debian:12\nRUN wget --no-check-certificate https://example.org/x' },
      { line: 2, text: 'FROM node:22.11\nRUN npm config set strict-ssl false && npm ci' },
      { line: 2, text: 'FROM node:22.11\nENV NODE_TLS_REJECT_UNAUTHORIZED=0' },
      { line: 2, text: 'FROM node:22.11\nRUN NODE_TLS_REJECT_UNAUTHORIZED=0 npm ci' },
      { line: 2, text: 'FROM debian:12\nRUN export GIT_SSL_NO_VERIFY=1 && git clone https://example.org/a' },
      { line: 2, text: 'FROM debian:12\nENV GIT_SSL_NO_VERIFY=0' },
      { line: 2, text: 'FROM debian:12\nRUN git -c http.sslVerify=false clone https://example.org/a' },
      { line: 2, text: 'FROM python:3.12\nRUN pip3 install --trusted-host pypi.example -r requirements.txt' },
      { line: 2, text: 'FROM fedora:41\nRUN dnf --setopt=sslverify=0 install -y x' },
    ],
    passes: [
      'FROM debian:12\nRUN curl -fsSL https://example.org/keys -o k',
      'FROM debian:12\nRUN curl --cacert ca.pem https://example.org/x -o -k.txt',
      'FROM node:22.11\nENV NODE_TLS_REJECT_UNAUTHORIZED=1',
      'FROM node:22.11\nRUN npm config set strict-ssl true',
      'FROM debian:12\nRUN git config --global http.sslVerify true',
      'FROM debian:12\nRUN wget https://example.org/no-check-certificate',
    ],
  },
  *find(dockerfile) {
    for (const { instruction, commands } of runsOf(dockerfile)) {
      const command = commands.find(trustsAnyone);
      if (command !== undefined)
        yield hitAt(
          dockerfile,
          instruction,
          `${command.name || 'This step'} accepts any certificate: who sits on the way decides what is received`,
        );
    }
    for (const instruction of dockerfile.instructions.map(unwrapped)) {
      const off =
        instruction.name === 'ENV' || instruction.name === 'ARG'
          ? pairsOf(instruction).find(({ name, value }) => isOff(name, value))
          : undefined;
      if (off !== undefined) yield hitAt(dockerfile, instruction, `${off.name} makes programs in the image accept any certificate`);
    }
  },
});

const trustsAnyone = (command: Command): boolean => {
  const words = [...command.assignments, ...(command.name === 'export' ? command.arguments : [])];
  return words.some((word) => isOff(...splitPair(word))) || (SWITCHES.get(command.name)?.test(` ${command.arguments.join(' ')} `) ?? false);
};

const splitPair = (word: string): [string, string] => {
  const equals = word.indexOf('=');
  return [word.slice(0, equals), word.slice(equals + 1)];
};

const isOff = (name: string, value: string | undefined): boolean =>
  value !== undefined && (VARIABLES.get(name.toUpperCase())?.test(value) ?? false);

const FALSE = /^(0|false|no)$/i;
const SET = /\S/;
const VARIABLES: ReadonlyMap<string, RegExp> = new Map([
  ['NODE_TLS_REJECT_UNAUTHORIZED', /^0$/],
  ['NPM_CONFIG_STRICT_SSL', FALSE],
  ['YARN_STRICT_SSL', FALSE],
  ['YARN_ENABLE_STRICT_SSL', FALSE],
  ['GIT_SSL_NO_VERIFY', /^/], // git asks only whether it is set: 0 turns verification off too
  ['PYTHONHTTPSVERIFY', /^0$/],
  ['PIP_TRUSTED_HOST', SET],
]);

const PIP = / --trusted-host[ =]\S| config set (global\.|install\.)?trusted-host \S/;
const YUM = / --setopt[= ](\w+\.)?sslverify=(0|false|no) | --nossl /i;
const NODE = / (config )?set "?strict-ssl[ =]"?false|--strict-ssl[= ]false| set strict-ssl=?"? ?false/;
/** Each is tried on the arguments, joined by blanks. */
const SWITCHES: ReadonlyMap<string, RegExp> = new Map([
  ['curl', / (-[fsSLvIiOgjlnNpqRa#0-9]{0,20}k[a-zA-Z#]{0,20}|--insecure|--proxy-insecure) /],
  ['wget', / --no-check-certificate(=\S+)? /],
  ['npm', NODE],
  ['yarn', NODE],
  ['pnpm', NODE],
  ['git', /http(\.\S{0,200})?\.sslVerify[ =]"?(false|0|no)/i],
  ['pip', PIP],
  ['pip3', PIP],
  ['python', PIP],
  ['python3', PIP],
  ['yum', YUM],
  ['dnf', YUM],
  ['tdnf', YUM],
  ['yum-config-manager', /sslverify=(0|false|no)/i],
]);
