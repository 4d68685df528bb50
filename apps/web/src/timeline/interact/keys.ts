/** Keys pressed while the timeline has the focus. */
import { actionOfKey } from '../contract.ts';
import type { Timeline } from '../timeline.ts';
import { perform } from './actions.ts';

/** Listens on the timeline's root; returns what ends that. Fields and buttons inside keep the keys they need. */
export function listenToKeys(timeline: Timeline): () => void {
  const { root } = timeline.stage;
  const pressed = (event: KeyboardEvent) => {
    const inField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (inField || event.defaultPrevented) return;
    const action = actionOfKey(event, timeline.options.singleKeys);
    // The search of the whole page listens for itself.
    if (action === null || action === 'palette') return;
    event.preventDefault();
    perform(timeline, action);
  };
  root.addEventListener('keydown', pressed);
  const redraw = () => timeline.draw();
  root.addEventListener('focusin', redraw);
  root.addEventListener('focusout', redraw);
  return () => {
    root.removeEventListener('keydown', pressed);
    root.removeEventListener('focusin', redraw);
    root.removeEventListener('focusout', redraw);
  };
}
