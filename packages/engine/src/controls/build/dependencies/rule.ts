/** The rules that advisories speak for. */
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

export const maliciousPackage: Rule = {
  id: 'build/malicious-package',
  name: 'Package published to do harm',
  help: {
    why: 'It runs an attacker\u2019s code when it is installed or loaded: on laptops, in the pipeline, in production.',
    fix: 'Remove it at once, install again from a clean lockfile, and change every credential that was within its reach.',
    references: ['https://github.com/ossf/malicious-packages', 'https://osv.dev/'],
  },
  severity: 'critical',
  confidence: 'high',
  taxa: ['CWE-506', 'CWE-1357', 'SSDF-PW.4'],
  aliases: [],
};
