/** All that the timeline draws from, in one piece: loaded when the timeline is first opened. */
export { drawDays, drawMinimap, drawSegments, drawSessions } from './draw.ts';
export { drawMarkers } from './draw-markers.ts';
