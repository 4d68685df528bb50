/** What files can answer, by name: known to the page without loading the engine. A test holds it against the answers. */
export const LOCAL_ENDPOINTS: ReadonlySet<string> = new Set([
  ...['listCompanies', 'listSessions', 'totalSessions', 'facetSessions', 'getSession'],
  ...['whoWas', 'whereWas', 'listOverlaps', 'listEvents', 'totalEvents', 'binEvents', 'getEvent'],
  ...['listPeople', 'getPerson', 'listComputers', 'getComputer', 'listLanes', 'drawDays', 'drawSegments'],
  ...['drawSessions', 'drawMinimap', 'drawMarkers', 'listReports', 'runReport', 'getWorkingHours'],
  ...['exportSessions', 'exportEvents', 'exportReport'],
]);
