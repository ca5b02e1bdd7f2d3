/** What others of the engine may use of this control. */
export { secrets } from './control.ts';
export { type SecretHit, scanText } from './hits.ts';
export { redact } from './redact.ts';
