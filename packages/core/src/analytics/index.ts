/** MITRE CAR's analytics on logon sessions, corrected; reports like the others, under CAR's own ids. */
import type { Report } from '../reports/report.ts';
import { localAccountLogons } from './local-account-logons.ts';
import { logonActivity } from './logon-activity.ts';
import { logonsSinceBoot } from './logons-since-boot.ts';
import { manyComputers } from './many-computers.ts';
import { rdpConnections } from './rdp-connections.ts';
import { rdpLogons } from './rdp-logons.ts';
import { simultaneousLogons } from './simultaneous-logons.ts';

export const ANALYTICS: readonly Report[] = [
  simultaneousLogons,
  manyComputers,
  rdpConnections,
  logonActivity,
  logonsSinceBoot,
  localAccountLogons,
  rdpLogons,
];
