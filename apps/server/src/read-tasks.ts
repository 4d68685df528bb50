/** The long readings there are, by name: one list for the threads that run them and the routes that ask. */
import { binEvents } from './features/events/bins.ts';
import { exportEvents, exportReport, exportSessions } from './features/exports/write.ts';
import { runReport } from './features/reports/run.ts';
import { facetSessions } from './features/sessions/facets.ts';
import { drawDays, drawSegments } from './features/timeline/draw.ts';
import { drawMarkers } from './features/timeline/draw-markers.ts';
import { drawSessions } from './features/timeline/draw-sessions.ts';
import { drawMinimap } from './features/timeline/minimap.ts';
import type { Sink } from './questions/reading.ts';
import type { Source } from './questions/source.ts';

type Drawing<W> = (source: Source, question: Parameters<typeof drawDays>[1], wish: W) => Promise<Uint8Array>;

/** A drawing as a task: its bytes go into the sink at once. */
const drawing =
  <W>(draw: Drawing<W>) =>
  async (
    source: Source,
    { question, wish }: { readonly question: Parameters<typeof drawDays>[1]; readonly wish: W },
    sink: Sink,
  ): Promise<void> =>
    sink(await draw(source, question, wish));

export const READ_TASKS = {
  runReport,
  facetSessions,
  binEvents,
  exportSessions,
  exportEvents,
  exportReport,
  drawDays: drawing(drawDays),
  drawSegments: drawing(drawSegments),
  drawSessions: drawing(drawSessions),
  drawMarkers: drawing(drawMarkers),
  drawMinimap: drawing(drawMinimap),
};
export type ReadTasks = typeof READ_TASKS;
