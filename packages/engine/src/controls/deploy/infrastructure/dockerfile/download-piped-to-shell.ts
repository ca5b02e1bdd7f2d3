/** The build runs whatever an address answers. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../image/hit.ts';
import { type Command, isShell, runsOf } from '../shell/commands.ts';

export const downloadPipedToShell = check<Dockerfile>({
  rule: {
    id: 'deploy/download-piped-to-shell',
    name: 'A download is run unseen',
    help: {
      why: 'Who controls the address, or the way to it, runs code in the build and ships it in the image.',
      fix: 'Download to a file, compare its sha256sum with a value in this file, then run it; or install a signed package.',
      references: ['https://docs.docker.com/build/building/best-practices/#using-pipes'],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-494', 'CWE-829'],
    aliases: [],
  },
  examples: {
    fails: [
      { line: 2, text: 'FROM debian:12\nRUN curl -fsSL https://get.example/install.sh | sh' },
      { line: 2, text: 'FROM debian:12\nRUN wget -qO- https://get.example/i | sudo -E bash - && echo done' },
      { line: 2, text: 'FROM debian:12\nRUN bash -c "$(curl -fsSL https://get.example/i)"' },
      { line: 2, text: 'FROM debian:12\nRUN bash <(curl -s https://get.example/i)' },
      { line: 2, text: 'FROM debian:12\nRUN curl -sSL https://install.example | python3 -' },
      { line: 2, text: 'FROM debian:12\nRUN <<EOF\nset -e\ncurl https://get.example | tee /tmp/log | bash\nEOF' },
    ],
    passes: [
      'FROM debian:12\nRUN curl -fsSLo i.sh https://get.example/i && echo "0000  i.sh" | sha256sum -c && sh i.sh',
      'FROM debian:12\nRUN curl -fsSL https://get.example/a.tgz | tar xz',
      'FROM debian:12\nRUN echo "curl x | sh"',
      'FROM debian:12\nRUN curl -fsSL https://get.example/key.asc | gpg --dearmor -o /k.gpg',
      'FROM debian:12\nRUN curl https://api.example/v | python3 -c "import json"',
    ],
  },
  *find(dockerfile) {
    for (const { instruction, commands } of runsOf(dockerfile)) {
      const runner = fedByDownload(commands).find(runsItsInput) ?? commands.find(runsDownload);
      if (runner !== undefined)
        yield hitAt(dockerfile, instruction, `The build runs what a download answers, unseen: its output goes to ${runner.name}`);
    }
  },
});

const DOWNLOADS: ReadonlySet<string> = new Set(['curl', 'wget', 'fetch', 'http', 'aria2c']);
const INTERPRETERS = /^(python[\d.]*|perl|ruby|node|php)$/;

/** A shell, or an interpreter without a program of its own on the command line. */
const runsItsInput = ({ name, arguments: words }: Command): boolean =>
  (isShell(name) && !words.some((word) => /^-\w*c$/.test(word))) ||
  (INTERPRETERS.test(name) && words.every((word) => word === '-' || word === '-u'));

/** The commands that a download feeds: through a pipe that it begins, or as `<(download)`. */
const fedByDownload = (commands: readonly Command[]): readonly Command[] => {
  let flows = false;
  return commands.filter((command, index) => {
    const fed = flows && command.operator === '|';
    flows = fed || DOWNLOADS.has(command.name);
    const next = commands[index + 1];
    return fed || (command.arguments.at(-1)?.endsWith('<') && next?.operator === '(' && DOWNLOADS.has(next.name));
  });
};

/** `sh -c "$(curl …)"` and `eval "$(curl …)"` */
const runsDownload = ({ name, arguments: words }: Command): boolean =>
  (isShell(name) || name === 'eval') && words.some((word) => /(?:\$\(|`)\s*(?:curl|wget)\b/.test(word));
