/** Severity and confidence, the two words every rule carries. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** 0 = most severe; for sorting. */
export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity);
