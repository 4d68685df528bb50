/** Opens a timeline on an element: the engine, and the hands that keys, pointers and screen readers have on it. */
import { listenToKeys } from './interact/keys.ts';
import { Mirror } from './interact/mirror.ts';
import { listenToPointer } from './interact/pointer.ts';
import { Timeline, type TimelineOptions } from './timeline.ts';

/** `close` ends it and leaves the element as it was. */
export function openTimeline(root: HTMLElement, options: TimelineOptions) {
  const timeline = new Timeline(root, options);
  const mirror = new Mirror(timeline);
  const stopKeys = listenToKeys(timeline);
  const stopPointer = listenToPointer(timeline);
  return {
    timeline,
    close() {
      stopKeys();
      stopPointer();
      mirror.close();
      timeline.close();
    },
  };
}
