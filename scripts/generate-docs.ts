/** Writes what is made from the source: a page of rules for each control, and the JSON Schema of breakwater.yaml. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configSchema, type Rule } from '@breakwater/model';
import { z } from 'zod';
import { controls } from '../packages/engine/src/pipeline/catalogue.gen.ts';

const root = join(import.meta.dirname, '..');
const byId = (a: Rule, b: Rule): number => (a.id < b.id ? -1 : 1);

const section = (rule: Rule): string =>
  [
    `## ${rule.name}`,
    '',
    `\`${rule.id}\` · severity ${rule.severity} · confidence ${rule.confidence} · ${rule.taxa.join(', ')}`,
    '',
    `**Why it matters.** ${rule.help.why}`,
    '',
    `**Fix.** ${rule.help.fix}`,
    ...(rule.aliases.length > 0 ? ['', `Also called ${rule.aliases.map((alias) => `\`${alias}\``).join(', ')}.`] : []),
    ...(rule.help.references.length > 0 ? ['', ...rule.help.references.map((url) => `- <${url}>`)] : []),
    '',
  ].join('\n');

const page = (id: string, rules: readonly Rule[]): string =>
  `# Rules of ${id}\n\nMade by \`npm run docs\` from the rules themselves; ${rules.length} rules. \`breakwater explain RULE\` shows the same.\n\n${[...rules].sort(byId).map(section).join('\n')}`;

const schema = (): string =>
  `${JSON.stringify({ ...z.toJSONSchema(configSchema), title: 'breakwater.yaml', description: 'What a team tells Breakwater of its application.' }, null, 2)}\n`;

export const documents = async (): Promise<ReadonlyMap<string, string>> => {
  const pages = await Promise.all(
    Object.entries(controls).map(
      async ([id, load]) => [`docs/rules/${id.split('/').pop() ?? id}.md`, page(id, (await load()).rules)] as const,
    ),
  );
  return new Map([...pages, ['docs/breakwater.schema.json', schema()] as const]);
};

if (process.argv[1]?.endsWith('generate-docs.ts')) {
  for (const [file, text] of await documents()) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

/** Files whose committed text is not what the source says. */
export const stale = async (): Promise<readonly string[]> => {
  const all = await documents();
  return [...all].filter(([file, text]) => readFileSync(join(root, file), 'utf8') !== text).map(([file]) => file);
};
