/** OpenVEX asks for words where a VexDocument may have none; these stand for "nothing is stated" and are taken for it again. */

/** `affected` must say what to do (§Status Labels). */
export const NO_ACTION = 'No action is stated.';
/** `not_affected` must give a justification or say why (§Status Justifications). */
export const NO_REASON = 'No reason is stated.';
