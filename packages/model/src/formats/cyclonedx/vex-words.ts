/**
 * How OpenVEX's statuses and justifications are said in CycloneDX, and the reverse.
 * @see CycloneDX 1.6 `vulnerabilities[].analysis`; OpenVEX 0.2.0 §Status Labels and §Status Justifications
 */
import type { VexJustification } from '../../enrichment.ts';
import type { VexStatus } from '../../vex.ts';

/** affected = exploitable, under_investigation = in_triage, fixed = resolved: the definitions agree, only the words differ. */
export const STATES: Readonly<Record<VexStatus, string>> = {
  not_affected: 'not_affected',
  affected: 'exploitable',
  fixed: 'resolved',
  under_investigation: 'in_triage',
};

/** Two states more than OpenVEX has. false_positive: "falsely identified or associated", so the product is not affected. */
export const STATUSES: Readonly<Record<string, VexStatus>> = {
  not_affected: 'not_affected',
  false_positive: 'not_affected',
  exploitable: 'affected',
  resolved: 'fixed',
  resolved_with_pedigree: 'fixed',
  in_triage: 'under_investigation',
};

/**
 * The nearest of CycloneDX's nine words. component_not_present: "requires a dependency that is not present". Without control by the
 * adversary: "requires a certain environment which is not present". Each of the five comes back as it was.
 */
export const JUSTIFICATIONS: Readonly<Record<VexJustification, string>> = {
  component_not_present: 'requires_dependency',
  vulnerable_code_not_present: 'code_not_present',
  vulnerable_code_not_in_execute_path: 'code_not_reachable',
  vulnerable_code_cannot_be_controlled_by_adversary: 'requires_environment',
  inline_mitigations_already_exist: 'protected_by_mitigating_control',
};

/**
 * requires_configuration: the option that makes the code run is not set. protected_by_compiler and protected_at_runtime: mitigations in
 * the product itself. protected_at_perimeter: outside of it, so OpenVEX's "inline" would say too much; its words go into `impact` alone.
 */
export const REASONS: Readonly<Record<string, VexJustification>> = {
  requires_dependency: 'component_not_present',
  code_not_present: 'vulnerable_code_not_present',
  code_not_reachable: 'vulnerable_code_not_in_execute_path',
  requires_configuration: 'vulnerable_code_not_in_execute_path',
  requires_environment: 'vulnerable_code_cannot_be_controlled_by_adversary',
  protected_by_compiler: 'inline_mitigations_already_exist',
  protected_at_runtime: 'inline_mitigations_already_exist',
  protected_by_mitigating_control: 'inline_mitigations_already_exist',
};

/** Who names flaws so; CycloneDX wants a source beside each id. */
export const sourceOf = (id: string): { readonly name: string } => {
  if (id.startsWith('CVE-')) return { name: 'NVD' };
  return { name: id.startsWith('GHSA-') ? 'GitHub Advisories' : 'OSV' };
};
