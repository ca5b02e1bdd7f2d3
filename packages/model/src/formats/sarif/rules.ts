/** Rules as SARIF reporting descriptors, and the weaknesses they belong to as a taxonomy. */
import type { Rule } from '../../rule.ts';
import type { SarifRule, SarifTaxonomy } from './types.ts';
import { isWebUri } from './uri.ts';
import { levelOf, scoreOf } from './words.ts';

const CWE = /^CWE-(\d{1,6})$/;

/** Numbers of the weaknesses that the rules name, ascending, each once: their place is their index in the taxonomy. */
export const weaknessesOf = (rules: readonly Rule[]): readonly string[] =>
  [...new Set(rules.flatMap((rule) => rule.taxa.flatMap(cweNumber)))].sort((a, b) => Number(a) - Number(b));

const cweNumber = (taxon: string): readonly string[] => {
  const number = CWE.exec(taxon)?.[1];
  return number === undefined ? [] : [String(Number(number))];
};

export const taxonomyOf = (weaknesses: readonly string[]): SarifTaxonomy => ({
  name: 'CWE',
  organization: 'MITRE',
  shortDescription: { text: 'Common Weakness Enumeration' },
  informationUri: 'https://cwe.mitre.org/',
  isComprehensive: false,
  taxa: weaknesses.map((id) => ({ id, helpUri: cweUri(id) })),
});

const cweUri = (number: string): string => `https://cwe.mitre.org/data/definitions/${number}.html`;

export const ruleOf = (rule: Rule, weaknesses: readonly string[]): SarifRule => {
  const numbers = [...new Set(rule.taxa.flatMap(cweNumber))];
  const helpUri = rule.help.references.find(isWebUri) ?? numbers.map(cweUri)[0];
  return {
    id: rule.id,
    name: rule.name,
    shortDescription: { text: rule.name },
    fullDescription: { text: rule.help.why },
    ...(helpUri === undefined ? {} : { helpUri }),
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    defaultConfiguration: { level: levelOf('fail', rule.severity) },
    ...(numbers.length === 0 ? {} : { relationships: numbers.map((id) => relationship(id, weaknesses.indexOf(id))) }),
    properties: {
      stage: stageOf(rule),
      severity: rule.severity,
      confidence: rule.confidence,
      aliases: rule.aliases,
      taxa: rule.taxa,
      precision: rule.confidence,
      'security-severity': scoreOf(rule.severity),
      tags: tagsOf(rule, numbers),
    },
  };
};

const stageOf = (rule: Rule): string => rule.id.slice(0, rule.id.indexOf('/'));

const relationship = (id: string, index: number): NonNullable<SarifRule['relationships']>[number] => ({
  target: { id, index, toolComponent: { name: 'CWE', index: 0 } },
  kinds: ['superset'],
});

/** `security` and `external/cwe/cwe-079` are what GitHub filters by. */
const tagsOf = (rule: Rule, numbers: readonly string[]): readonly string[] => [
  ...new Set(['security', stageOf(rule), ...rule.taxa, ...numbers.map((number) => `external/cwe/cwe-${number.padStart(3, '0')}`)]),
];

const helpText = ({ help }: Rule): string => [help.why, `Fix: ${help.fix}`, ...help.references].join('\n');

const helpMarkdown = ({ help }: Rule): string =>
  [
    help.why,
    `**Fix.** ${help.fix}`,
    ...(help.references.length === 0 ? [] : [help.references.map((reference) => `- ${reference}`).join('\n')]),
  ].join('\n\n');
