/** The one rule of this control. */
import type { Rule } from '@breakwater/model';

export const vulnerableDependency: Rule = {
  id: 'build/vulnerable-dependency',
  name: 'Dependency with a known vulnerability',
  help: {
    why: 'An attacker needs no research: the flaw and how to use it are published, and everyone who installs this version has it.',
    fix: 'Update to the first fixed version, or let `breakwater fix` do it; where none is published, replace or remove the package.',
    references: ['https://osv.dev/', 'https://github.com/advisories'],
  },
  severity: 'high',
  confidence: 'high',
  taxa: ['CWE-1395', 'CWE-937', 'SSDF-PW.4'],
  aliases: [],
};
