/** Hits in a Dockerfile point at the whole instruction. */
import type { Dockerfile, DockerInstruction } from '../../../../extractors/facts.ts';
import type { Hit } from '../../../check.ts';

export const hitAt = (dockerfile: Dockerfile, instruction: DockerInstruction, message: string): Hit => ({
  at: { uri: dockerfile.uri, region: instruction.region },
  message,
});

/** What would decide lies outside of the file. */
export const openAt = (dockerfile: Dockerfile, instruction: DockerInstruction, message: string): Hit => ({
  ...hitAt(dockerfile, instruction, message),
  open: true,
});
