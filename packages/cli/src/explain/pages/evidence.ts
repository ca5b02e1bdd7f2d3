/** Pages of the evidence log: BW7…. */
import type { Pages } from './page.ts';
import { page } from './page.ts';

const LEDGER = 'Do not repair the log by hand. Find out who wrote to the folder, keep a copy, and begin a new one.';

export const EVIDENCE_PAGES: Pages = {
  BW7001: page(
    'The evidence cannot be kept',
    'The folder or the key cannot be written, or a link stands in its place.',
    'Look at .breakwater/evidence and its rights; --no-evidence runs without.',
  ),
  BW7002: page(
    'The signing key can be read by others',
    'A key that others can read proves nothing about who signed.',
    'chmod 600 the key, or remove it to have a new one made.',
  ),
  BW7003: page(
    'Another run writes the evidence',
    'Records are chained, so only one run can append at a time.',
    'Wait for it and try again.',
  ),
  BW7004: page('The record is too large', 'A record that the verifier would refuse is not written.', 'Scan a part of the tree.'),
  BW7005: page('The evidence log is damaged', 'The log is not what its signed head says, so nothing is appended to it.', LEDGER),
  BW7006: page(
    'The evidence log belongs to another key',
    'Records of two keys in one log could not be told apart.',
    'Use the key that began the log, or move the log away to begin a new one.',
  ),
  BW7010: page(
    'There is no evidence log',
    'Nothing was recorded here, or it was removed.',
    'If there should be one, find out who removed it.',
  ),
  BW7011: page('A line is not a signed record', 'The log holds something that Breakwater did not write.', LEDGER),
  BW7012: page('A signature does not fit', 'The record was changed after it was signed, or signed by another key.', LEDGER),
  BW7013: page('A record is not an in-toto statement', 'The payload is not what this log holds.', LEDGER),
  BW7014: page(
    'The chain is broken',
    'A record does not follow the one before it: something was changed, dropped, inserted or moved.',
    LEDGER,
  ),
  BW7015: page('The numbers are out of order', 'Records were dropped, doubled or moved.', LEDGER),
  BW7016: page('A record names another key', 'It was signed with a key that is not the key of this log.', LEDGER),
  BW7017: page('The head is missing', 'Without the signed head a cut-off end could not be seen.', LEDGER),
  BW7018: page('The head is not valid', 'The signed head was changed.', LEDGER),
  BW7019: page('Head and log differ', 'The log has more or fewer records than its signed head says: it was cut off or added to.', LEDGER),
  BW7020: page(
    'The last line is torn',
    'A write was cut off, by a crash or by hand.',
    'Run a scan: a torn write of our own is repaired, anything else is refused.',
  ),
  BW7021: page('A line is too long', 'No record of ours is so large.', LEDGER),
  BW7022: page(
    'The log is not the one expected',
    'The digest or count that a second party noted is not in this log: its end was cut off, or it is another log.',
    LEDGER,
  ),
  BW7023: page(
    'The key is not the one trusted',
    'The log was signed with another key than the one you named.',
    'Check that you named the right key; else treat the log as not ours.',
  ),
};
