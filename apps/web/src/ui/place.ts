/** Where something that belongs to a button stands: below it if there is room, else above, never outside of the window. */

const GAP_PX = 4;
const EDGE_PX = 8;

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly maxHeight: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** `align` says which edges meet; `center` is for what only explains. */
export function placeAt(
  anchor: Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>,
  box: Size,
  view: Size,
  align: 'end' | 'center',
): Place {
  const below = view.height - anchor.bottom - GAP_PX - EDGE_PX;
  const above = anchor.top - GAP_PX - EDGE_PX;
  const isBelow = box.height <= below || below >= above;
  const maxHeight = Math.max(0, isBelow ? below : above);
  const height = Math.min(box.height, maxHeight);
  const wished =
    align === 'end' ? anchor.right - box.width : (anchor.left + anchor.right) / 2 - box.width / 2;
  // What sticks out at the left of its button may as well begin with it.
  const start = align === 'end' && wished < EDGE_PX ? anchor.left : wished;
  return {
    left: Math.max(EDGE_PX, Math.min(start, view.width - box.width - EDGE_PX)),
    top: isBelow ? anchor.bottom + GAP_PX : anchor.top - GAP_PX - height,
    maxHeight,
  };
}

/** Puts an element that is shown already beside its anchor. */
export function place(element: HTMLElement, anchor: HTMLElement, align: 'end' | 'center'): void {
  element.style.maxHeight = '';
  const { width, height } = element.getBoundingClientRect();
  const view = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight };
  const at = placeAt(anchor.getBoundingClientRect(), { width, height }, view, align);
  element.style.left = `${at.left}px`;
  element.style.top = `${at.top}px`;
  element.style.maxHeight = `${at.maxHeight}px`;
}
