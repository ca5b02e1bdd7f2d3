/** All commands with their flags and examples; what a command does is loaded only when it runs, so that the start stays fast. */
import { VERSION } from '@breakwater/engine/lib/version';
import { Command, CommanderError, Option } from 'commander';
import type { Invocation } from './commands/invocation.ts';
import { EXIT, UsageError } from './terminal/exit.ts';
import { unknownCommand, unknownFlag } from './terminal/usage.ts';

/** For flags without a value these words mean off; anything else that is set means on. */
const OFF: readonly (string | undefined)[] = ['', '0', 'false', 'no', 'off'];

/** Each flag can be set by its environment variable: `--fail-on` is BREAKWATER_FAIL_ON, `--no-tests` is BREAKWATER_NO_TESTS. */
const flag = (flags: string, text: string): Option => {
  const option = new Option(flags, text);
  const name = `BREAKWATER_${(option.long ?? '').slice(2).replaceAll('-', '_').toUpperCase()}`;
  return option.isBoolean() && OFF.includes(process.env[name]) ? option : option.env(name);
};

const list = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
];
const gather = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const positive =
  (name: string) =>
  (value: string): number => {
    const n = Number(value);
    if (Number.isInteger(n) && n > 0) return n;
    throw new UsageError(`${name} takes a whole number above 0, not ${value}`, []);
  };

const examples = (command: Command, lines: readonly (readonly [string, string])[]): Command => {
  const width = Math.max(...lines.map(([line]) => line.length));
  return command.addHelpText('after', `\nExamples\n${lines.map(([line, text]) => `  $ ${line.padEnd(width)}   ${text}`).join('\n')}`);
};

export const createProgram = (signal: AbortSignal, exit: (code: number) => void): Command => {
  const program = new Command('breakwater');
  const invocation: Invocation = { signal, exit };
  program
    .description('Finds security problems, proves which the application can reach, and fixes them.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .showSuggestionAfterError(false)
    .configureHelp({ sortSubcommands: false, styleTitle: (text) => text.replace(/:$/, '') });
  scanCommand(program, invocation);
  explainCommand(program, invocation);
  fixCommand(program, invocation);
  billCommands(program, invocation);
  evidenceCommands(program, invocation);
  advisoryCommands(program, invocation);
  completionCommand(program, invocation);
  examples(program, [
    ['breakwater scan', 'scan this folder and decide'],
    ['breakwater explain 7c1fe0', 'one finding in full'],
    ['breakwater fix --all', 'fix what can be fixed, and prove it'],
  ]);
  for (const command of [program, ...descendants(program)]) quietErrors(command);
  return program;
};

const descendants = (command: Command): readonly Command[] => command.commands.flatMap((child) => [child, ...descendants(child)]);

/** Commander's own errors become ours: what was wrong, the nearest right word, where all are listed. */
const quietErrors = (command: Command): void => {
  command.configureOutput({ outputError: () => undefined }).exitOverride((error: CommanderError) => {
    if (error.exitCode === EXIT.passed) throw new CommanderError(0, 'help', '');
    if (error.code === 'commander.help') process.exit(EXIT.usage);
    if (error.code === 'commander.unknownOption') throw unknownFlag(command, error.message, process.argv);
    if (error.code === 'commander.unknownCommand' || error.code === 'commander.excessArguments')
      throw unknownCommand(command, error.message);
    throw new UsageError(error.message.replace(/^error: /, ''), [['all flags', `${pathOf(command)} --help`]]);
  });
};

const pathOf = (command: Command): string => (command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`);

const scanCommand = (program: Command, invocation: Invocation): void => {
  const command = program
    .command('scan')
    .description('scan a folder or an SBOM: find, prove what is reachable, decide')
    .argument('[target]', 'the folder, or an SBOM file', '.')
    .addOption(flag('--only <controls>', 'run only these controls: secrets, dependencies, infrastructure').argParser(list))
    .addOption(flag('--skip <controls>', 'leave these controls out; the report names them').argParser(list))
    .addOption(
      flag('--format <format[=file]>', 'pretty, json, sarif, markdown, html, cyclonedx, spdx or openvex; repeatable').argParser(gather),
    )
    .addOption(flag('--fail-on <expression>', 'block on this and nothing else: a severity word or a CEL expression'))
    .addOption(flag('--policy <file>', 'use this file in place of breakwater.yaml'))
    .addOption(flag('--report-only', 'exit 0 even when the gate blocks'))
    .addOption(flag('--all', 'list every finding, not only those to act on'))
    .addOption(flag('--advisories <path>', 'use this index, or this OSV data'))
    .addOption(flag('--vex <file>', 'statements that count: OpenVEX or CycloneDX; repeatable').argParser(gather))
    .addOption(flag('--coverage <path>', 'what was seen to run: V8 coverage or CPU profiles; repeatable').argParser(gather))
    .addOption(flag('--offline', 'use no network'))
    .addOption(flag('--jobs <n>', 'steps side by side').argParser(positive('--jobs')))
    .addOption(flag('--timeout <seconds>', 'time for each step').argParser(positive('--timeout')).default(300))
    .addOption(flag('--no-evidence', 'keep no evidence record of this run'))
    .addOption(flag('--quiet', 'print the verdict only'))
    .addOption(new Option('--no-color', 'no colour, as with NO_COLOR'))
    .action(async (target: string, options) => {
      const { scanAction } = await import('./commands/scan.ts');
      await scanAction(target, options, invocation);
    });
  examples(command, [
    ['breakwater scan', 'scan this folder'],
    ['breakwater scan --format sarif=out.sarif', 'a file for code scanning beside the report'],
    ['breakwater scan --fail-on \'kev || severity == "critical"\'', 'your own gate for one run'],
    ['breakwater scan --offline --skip secrets', 'no network, one control less'],
  ]);
};

const explainCommand = (program: Command, invocation: Invocation): void => {
  const command = program
    .command('explain')
    .description('explain a finding, a rule or an error code')
    .argument('<id>', 'six digits of a finding, a rule id, or a code such as BW2007')
    .addOption(new Option('--target <folder>', 'the folder that was scanned').default('.'))
    .addOption(new Option('--no-color', 'no colour'))
    .action(async (id: string, options) => {
      const { explainAction } = await import('./commands/explain.ts');
      await explainAction(id, options, invocation);
    });
  examples(command, [
    ['breakwater explain 7c1fe0', 'evidence, path, why it blocks, how to fix'],
    ['breakwater explain BW2007', 'an error'],
  ]);
};

const fixCommand = (program: Command, invocation: Invocation): void => {
  const command = program
    .command('fix')
    .description('fix findings in a copy, prove the fix, then write it')
    .argument('[ids...]', 'findings of the last scan')
    .addOption(new Option('--target <folder>', 'the folder').default('.'))
    .addOption(flag('--all', 'everything to act on'))
    .addOption(flag('--dry-run', 'show the plan, change nothing'))
    .addOption(flag('--branch', 'commit to a branch, leave the working tree alone'))
    .addOption(flag('--major', 'allow a new major version'))
    .addOption(flag('--no-tests', 'do not run the tests; the proof says so'))
    .addOption(flag('--trust', 'run the tests even where no sandbox works'))
    .addOption(flag('--advisories <path>', 'use this index, or this OSV data'))
    .addOption(flag('--offline', 'use no network'))
    .addOption(new Option('--no-color', 'no colour'))
    .action(async (ids: readonly string[], options) => {
      const { fixAction } = await import('./commands/fix.ts');
      await fixAction(ids, options, invocation);
    });
  examples(command, [
    ['breakwater fix 7c1fe0', 'one finding'],
    ['breakwater fix --all --branch', 'all that block, as a commit on a branch'],
  ]);
};

/** What both commands take. */
const documentCommand = (program: Command, name: string, text: string): Command =>
  program
    .command(name)
    .description(text)
    .argument('[target]', 'the folder, or an SBOM file', '.')
    .addOption(new Option('--output <file>', 'write here, not to stdout'))
    .addOption(flag('--offline', 'use no network'))
    .addOption(flag('--timeout <seconds>', 'time for each step').argParser(positive('--timeout')).default(300))
    .addOption(new Option('--no-color', 'no colour'));

const billCommands = (program: Command, invocation: Invocation): void => {
  const sbom = documentCommand(program, 'sbom', 'print the bill of materials')
    .addOption(new Option('--format <format>', 'the standard').choices(['cyclonedx', 'cyclonedx-xml', 'spdx']).default('cyclonedx'))
    .addOption(new Option('--spec-version <version>', 'of CycloneDX').choices(['1.5', '1.6']).default('1.6'))
    .action(async (target: string, options) => {
      const { sbomAction } = await import('./commands/bill.ts');
      await sbomAction(target, options, invocation);
    });
  examples(sbom, [
    ['breakwater sbom --output bom.cdx.json', 'CycloneDX 1.6 of this folder'],
    ['breakwater sbom --format spdx service', 'SPDX 2.3 of one folder, to stdout'],
  ]);
  const vex = documentCommand(program, 'vex', 'print what is known of each flaw, as VEX')
    .addOption(new Option('--format <format>', 'the standard').choices(['openvex', 'cyclonedx']).default('openvex'))
    .addOption(flag('--vex <file>', 'statements that count: OpenVEX or CycloneDX; repeatable').argParser(gather))
    .addOption(flag('--advisories <path>', 'use this index, or this OSV data'))
    .action(async (target: string, options) => {
      const { vexAction } = await import('./commands/bill.ts');
      await vexAction(target, options, invocation);
    });
  examples(vex, [['breakwater vex --output app.openvex.json', 'not_affected where no entry point can load it']]);
};

const evidenceCommands = (program: Command, invocation: Invocation): void => {
  const evidence = program.command('evidence').description('the signed log of runs, decisions and fixes');
  const verify = evidence
    .command('verify')
    .description('check every record, the chain and the signatures')
    .argument('[target]', 'the folder that was scanned', '.')
    .addOption(new Option('--key <file>', 'trust this public key, not the one beside the log'))
    .addOption(new Option('--expect <digest>', 'the digest of the last record as a second party noted it'))
    .addOption(new Option('--no-color', 'no colour'))
    .action(async (target: string, options) => {
      const { verifyAction } = await import('./commands/evidence.ts');
      await verifyAction(target, options, invocation);
    });
  examples(verify, [['breakwater evidence verify', 'exit 0 when nothing was changed, dropped, reordered or cut off']]);
  evidence
    .command('log')
    .description('list the records')
    .argument('[target]', 'the folder that was scanned', '.')
    .addOption(new Option('--no-color', 'no colour'))
    .action(async (target: string, options) => {
      const { logAction } = await import('./commands/evidence.ts');
      await logAction(target, options, invocation);
    });
};

const advisoryCommands = (program: Command, invocation: Invocation): void => {
  const advisories = program.command('advisories').description('the offline vulnerability index');
  updateCommand(advisories, invocation);
  const build = advisories
    .command('build')
    .description('build the index from OSV data at hand')
    .argument('<from>', 'a folder as the OSV bucket lays it out, or a zip')
    .addOption(flag('--kev <file>', "CISA's JSON, or none; else kev.json beside the data"))
    .addOption(flag('--epss <file>', "FIRST's CSV, or none; else epss….csv or .csv.gz beside the data"))
    .addOption(flag('--to <folder>', 'put the index here'))
    .addOption(flag('--derive', 'compare releases on the npm registry: which functions did each fix change'))
    .addOption(new Option('--no-color', 'no colour'))
    .action(async (from: string, options) => {
      const { buildAction } = await import('./commands/advisories.ts');
      await buildAction(from, options, invocation);
    });
  examples(build, [
    ['breakwater advisories build ./osv', 'every ecosystem found below ./osv'],
    ['breakwater advisories build ./osv --derive', 'with the vulnerable functions of npm packages; goes on where it was cut'],
  ]);
  advisories
    .command('status')
    .description('which index is used, what it holds and how old it is')
    .addOption(flag('--advisories <path>', 'of this index, or this OSV data'))
    .addOption(new Option('--no-color', 'no colour'))
    .action(async (options) => {
      const { statusAction } = await import('./commands/advisories.ts');
      await statusAction(options, invocation);
    });
  advisories
    .command('show')
    .description('what the index knows of one advisory')
    .argument('<id>', 'any id that the advisory goes by: CVE, GHSA, PYSEC, GO, RUSTSEC, MAL')
    .addOption(flag('--advisories <path>', 'use this index, or this OSV data'))
    .addOption(new Option('--no-color', 'no colour'))
    .action(async (id: string, options) => {
      const { showAction } = await import('./commands/advisories.ts');
      await showAction(id, options, invocation);
    });
  symbolsCommand(advisories, invocation);
};

const symbolsCommand = (advisories: Command, invocation: Invocation): void => {
  const command = advisories
    .command('symbols')
    .description('which functions an advisory is about, and what its fix did to them')
    .argument('<id>', 'any id that the advisory goes by')
    .addOption(flag('--advisories <path>', 'use this index, or this OSV data'))
    .addOption(flag('--offline', 'use no network: names without the diff'))
    .addOption(new Option('--no-color', 'no colour'))
    .action(async (id: string, options) => {
      const { symbolsAction } = await import('./commands/symbols.ts');
      await symbolsAction(id, options, invocation);
    });
  examples(command, [['breakwater advisories symbols CVE-2021-44906', 'named and derived functions, with the change of each']]);
};

const updateCommand = (advisories: Command, invocation: Invocation): void => {
  const command = advisories
    .command('update')
    .description('load what changed, and build the index anew; goes on where it was cut')
    .addOption(flag('--from <url>', "a bucket laid out as OSV's, which is the default"))
    .addOption(flag('--ecosystem <names>', "only these, in OSV's spelling; repeatable").argParser(list))
    .addOption(flag('--kev <url>', "address or file of CISA's catalogue, or none"))
    .addOption(flag('--epss <url>', "address or file of FIRST's scores, or none"))
    .addOption(flag('--to <folder>', 'put the index here'))
    .addOption(flag('--offline', 'use no network, which an update refuses'))
    .addOption(new Option('--no-color', 'no colour'))
    .action(async (options) => {
      const { updateAction } = await import('./commands/advisories.ts');
      await updateAction(options, invocation);
    });
  examples(command, [
    ['breakwater advisories update', 'everything that Breakwater reads'],
    ['breakwater advisories update --ecosystem npm --ecosystem Debian:12', 'these and no others'],
    ['breakwater advisories update --from https://mirror.example.com/osv --epss none', 'from a mirror, without EPSS'],
  ]);
};

const completionCommand = (program: Command, invocation: Invocation): void => {
  const command = program
    .command('completion')
    .description('print a completion script for bash, zsh or fish')
    .argument('<shell>', 'bash, zsh or fish')
    .action(async (shell: string) => {
      const { completionAction } = await import('./commands/completion.ts');
      completionAction(shell, program, invocation);
    });
  examples(command, [['breakwater completion bash > /etc/bash_completion.d/breakwater', 'for every shell of this machine']]);
};
