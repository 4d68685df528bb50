/** The canvases of the timeline and where they lie: overview, axis, gutter, lanes, and what moves with the mouse above. */

export type Layer = 'minimap' | 'axis' | 'gutter' | 'lanes' | 'over';
/** What a point of the stage belongs to. */
export type Region = 'minimap' | 'axis' | 'gutter' | 'lanes';

const MINIMAP_PX = 44;
const AXIS_PX = 40;
const GUTTER_PX = 176;
const NARROW_GUTTER_PX = 88;
const NARROW_PX = 640;
const LEAST_PX = 60;

/** Sizes in device pixels. */
export interface StageSize {
  readonly scale: number;
  readonly gutter: number;
  readonly minimap: number;
  readonly axis: number;
  /** Of the lanes. */
  readonly width: number;
  readonly height: number;
}

export class Stage {
  readonly root: HTMLElement;
  size: StageSize = { scale: 1, gutter: 0, minimap: 0, axis: 0, width: LEAST_PX, height: LEAST_PX };
  private readonly canvases: Readonly<Record<Layer, HTMLCanvasElement>>;
  private readonly pens: Readonly<Record<Layer, CanvasRenderingContext2D>>;
  private readonly watching: ResizeObserver;

  /** `resized` is called when the room for it has changed. */
  constructor(root: HTMLElement, resized: () => void) {
    this.root = root;
    const make = (layer: Layer) => {
      const canvas = root.ownerDocument.createElement('canvas');
      canvas.dataset.layer = layer;
      canvas.setAttribute('aria-hidden', 'true');
      canvas.style.position = 'absolute';
      root.append(canvas);
      return canvas;
    };
    this.canvases = {
      minimap: make('minimap'),
      axis: make('axis'),
      gutter: make('gutter'),
      lanes: make('lanes'),
      over: make('over'),
    };
    const penOf = (layer: Layer) => this.canvases[layer].getContext('2d', { alpha: layer === 'over' })!;
    this.pens = {
      minimap: penOf('minimap'),
      axis: penOf('axis'),
      gutter: penOf('gutter'),
      lanes: penOf('lanes'),
      over: penOf('over'),
    };
    this.measure();
    this.watching = new ResizeObserver(() => {
      if (this.measure()) resized();
    });
    this.watching.observe(root);
  }

  pen(layer: Layer): CanvasRenderingContext2D {
    return this.pens[layer];
  }

  /** Device pixels of a point on the screen, from the corner of the lanes. */
  pointOf(event: { readonly clientX: number; readonly clientY: number }): { x: number; y: number } {
    const box = this.root.getBoundingClientRect();
    const { scale, gutter, minimap, axis } = this.size;
    return {
      x: (event.clientX - box.left) * scale - gutter,
      y: (event.clientY - box.top) * scale - minimap - axis,
    };
  }

  regionOf({ x, y }: { readonly x: number; readonly y: number }): Region {
    if (y < -this.size.axis) return 'minimap';
    if (y < 0) return 'axis';
    return x < 0 ? 'gutter' : 'lanes';
  }

  close(): void {
    this.watching.disconnect();
    for (const canvas of Object.values(this.canvases)) canvas.remove();
  }

  /** Fits the canvases into the root; false where nothing changed. */
  private measure(): boolean {
    const scale = this.root.ownerDocument.defaultView?.devicePixelRatio ?? 1;
    const box = this.root.getBoundingClientRect();
    // Out of sight there is nothing to fit into; what was in view stays so.
    if (box.width === 0) return false;
    const gutterCss = box.width < NARROW_PX ? NARROW_GUTTER_PX : GUTTER_PX;
    const px = (css: number) => Math.round(css * scale);
    const size: StageSize = {
      scale,
      gutter: px(gutterCss),
      minimap: px(MINIMAP_PX),
      axis: px(AXIS_PX),
      width: Math.max(LEAST_PX, px(box.width) - px(gutterCss)),
      height: Math.max(LEAST_PX, px(box.height) - px(MINIMAP_PX) - px(AXIS_PX)),
    };
    const same = (Object.keys(size) as (keyof StageSize)[]).every((key) => size[key] === this.size[key]);
    if (same) return false;
    this.size = size;
    const { gutter, minimap, axis, width, height } = size;
    this.place('minimap', gutter, 0, width, minimap);
    this.place('axis', gutter, minimap, width, axis);
    this.place('gutter', 0, minimap + axis, gutter, height);
    this.place('lanes', gutter, minimap + axis, width, height);
    this.place('over', 0, 0, gutter + width, minimap + axis + height);
    return true;
  }

  private place(layer: Layer, left: number, top: number, width: number, height: number): void {
    const canvas = this.canvases[layer];
    const css = (px: number) => `${px / this.size.scale}px`;
    canvas.width = width;
    canvas.height = height;
    Object.assign(canvas.style, { left: css(left), top: css(top), width: css(width), height: css(height) });
  }
}
