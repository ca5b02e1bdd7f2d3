/** The eight stages of delivery that Breakwater guards. */
export const STAGES = ['plan', 'code', 'build', 'test', 'release', 'deploy', 'operate', 'feedback'] as const;
export type Stage = (typeof STAGES)[number];

/** Ids of rules, controls and checks begin with the stage they guard: `deploy/container-runs-as-root`. */
export type StagedId = `${Stage}/${string}`;
