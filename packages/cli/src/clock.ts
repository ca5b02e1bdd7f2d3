/** The only clock of the command; everything below takes time as an argument. */
import { type Timestamp, timestamp } from '@breakwater/model';

/** SOURCE_DATE_EPOCH (seconds) holds the clock still for reproducible reports. @see https://reproducible-builds.org/specs/source-date-epoch/ */
export const now = (): Timestamp => {
  const epoch = Number(process.env['SOURCE_DATE_EPOCH']);
  const date = process.env['SOURCE_DATE_EPOCH'] !== undefined && Number.isFinite(epoch) ? new Date(epoch * 1000) : new Date();
  return timestamp(date.toISOString());
};
