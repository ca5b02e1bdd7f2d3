import type { OsvRecord } from '@breakwater/model/formats/osv';
import { describe, expect, it } from 'vitest';
import { severityOf } from './severity.ts';

const CRITICAL = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const V4 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';

const record = (word: string | undefined, ...scores: readonly string[]): OsvRecord => ({
  id: 'GHSA-1',
  modified: '2024-01-01T00:00:00Z',
  severity: scores.map((score) => ({ type: 'CVSS', score })),
  database_specific: { severity: word },
});

describe('severityOf', () => {
  it('takes the reviewed word before the vector', () => {
    expect(severityOf(record('MODERATE', CRITICAL))).toEqual({ severity: 'medium', severityStated: true, cvss: CRITICAL });
  });

  it('scores a CVSS 3 vector where there is no word, also beside one of CVSS 4', () => {
    expect(severityOf(record(undefined, V4, CRITICAL))).toEqual({ severity: 'critical', severityStated: true, cvss: CRITICAL });
  });

  it('says medium and not stated for what it cannot score', () => {
    expect(severityOf(record(undefined, V4))).toEqual({ severity: 'medium', severityStated: false, cvss: V4 });
    expect(severityOf(record('UNKNOWN'))).toEqual({ severity: 'medium', severityStated: false });
  });
});
