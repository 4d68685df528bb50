/** Every endpoint there is: the table of contents of the API. A resource adds its file and its lines here. */
import type { Endpoint } from '../endpoint.ts';
import { legacyHealth, legacyLogEvent } from '../legacy.ts';
import { ACCOUNT_ENDPOINTS } from './account.ts';
import { listAgents, reportHealth } from './agent-health.ts';
import { makeAgentPackage } from './agent-package.ts';
import { COMPANY_ENDPOINTS } from './companies.ts';
import { binEvents, getEvent, listEvents, totalEvents } from './events.ts';
import { sendEvents } from './events-upload.ts';
import { getLive, getMetrics, getReady } from './health.ts';
import { createImport, getImport, listImports } from './imports.ts';
import { watchLive } from './live.ts';
import { getApiPage, getApiStyle, getOpenApi } from './openapi.ts';
import { OVERSIGHT_ENDPOINTS } from './oversight.ts';
import { getComputer, getPerson, listComputers, listPeople } from './people.ts';
import { erasePerson, exportPerson } from './privacy.ts';
import { PROVIDER_ENDPOINTS } from './provider.ts';
import { exportEvents, exportReport, exportSessions, listReports, runReport } from './reports.ts';
import { getRetention, setRetention } from './retention.ts';
import {
  facetSessions,
  getSession,
  listOverlaps,
  listSessions,
  totalSessions,
  whereWas,
  whoWas,
} from './sessions.ts';
import { drawDays, drawMarkers, drawMinimap, drawSegments, drawSessions, listLanes } from './timeline.ts';
import { USER_ENDPOINTS } from './users.ts';
import { createView, deleteView, editView, listViews } from './views.ts';
import { getWorkingHours, setWorkingHours } from './working-hours.ts';

export * from './account.ts';
export * from './agent-health.ts';
export * from './agent-package.ts';
export * from './companies.ts';
export * from './events.ts';
export * from './events-upload.ts';
export * from './health.ts';
export * from './imports.ts';
export * from './live.ts';
export * from './openapi.ts';
export * from './oversight.ts';
export * from './people.ts';
export * from './privacy.ts';
export * from './provider.ts';
export * from './reports.ts';
export * from './retention.ts';
export * from './sessions.ts';
export * from './timeline.ts';
export * from './users.ts';
export * from './views.ts';
export * from './working-hours.ts';

export const ENDPOINTS = [
  // --- events in
  sendEvents,
  reportHealth,
  legacyLogEvent,
  legacyHealth,
  // --- questions
  listEvents,
  totalEvents,
  binEvents,
  getEvent,
  listSessions,
  totalSessions,
  facetSessions,
  getSession,
  whoWas,
  whereWas,
  listOverlaps,
  listPeople,
  getPerson,
  listComputers,
  getComputer,
  listLanes,
  drawDays,
  drawSegments,
  drawSessions,
  drawMarkers,
  drawMinimap,
  listReports,
  runReport,
  exportSessions,
  exportEvents,
  exportReport,
  // --- saved views
  listViews,
  createView,
  editView,
  deleteView,
  // --- operations
  getLive,
  getReady,
  getMetrics,
  createImport,
  getImport,
  listImports,
  // --- life of data
  exportPerson,
  erasePerson,
  getRetention,
  setRetention,
  getWorkingHours,
  setWorkingHours,
  // --- agents to install
  makeAgentPackage,
  listAgents,
  // --- news
  watchLive,
  // --- accounts, companies, oversight
  ...ACCOUNT_ENDPOINTS,
  ...PROVIDER_ENDPOINTS,
  ...USER_ENDPOINTS,
  ...COMPANY_ENDPOINTS,
  ...OVERSIGHT_ENDPOINTS,
  // --- the API's description of itself
  getOpenApi,
  getApiPage,
  getApiStyle,
] as const satisfies readonly Endpoint[];
