/** The binary answers of the timeline: encoders for the server, decoders for the page. */
export { TimelineFormatError } from './bytes.ts';
export { type DayBins, decodeDayBins, encodeDayBins, packDayBin, unpackDayBin } from './day-bins.ts';
export { decodeMarkers, encodeMarkers, type LaneMarkers, MARKER_SIGNALS } from './markers.ts';
export { decodeMinimap, encodeMinimap, type Minimap } from './minimap.ts';
export { decodeSegments, encodeSegments, type LaneSegments, type Segments, toSegments } from './segments.ts';
export {
  decodeSessions,
  encodeSessions,
  SESSION_TRAITS,
  type SessionColumnsOnWire,
  type SessionsOnWire,
  WIRE_ENDS,
  type WireSession,
} from './sessions.ts';
export { BIN_STATES, type BinState, WIRE_STATES, type WireState } from './states.ts';
