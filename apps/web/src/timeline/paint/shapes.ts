/** Shapes of event marks, and the ends of sessions that say how sure they are. */
import type { MarkerShape } from '../data/markers.ts';

/** Adds a mark's outline around (x, y) to the path; `r` is half its size. */
export function traceMarker(
  pen: CanvasRenderingContext2D | Path2D,
  shape: MarkerShape,
  x: number,
  y: number,
  r: number,
) {
  switch (shape) {
    case 'diamond':
      return polygon(pen, [x, y - r, x + r, y, x, y + r, x - r, y]);
    case 'triangle':
      return polygon(pen, [x, y - r, x + r, y + r * 0.85, x - r, y + r * 0.85]);
    case 'square':
      return pen.rect(x - r * 0.75, y - r * 0.75, r * 1.5, r * 1.5);
    case 'right':
      return polygon(pen, [x - r * 0.7, y - r, x + r * 0.9, y, x - r * 0.7, y + r]);
    case 'left':
      return polygon(pen, [x + r * 0.7, y - r, x - r * 0.9, y, x + r * 0.7, y + r]);
    case 'bar':
      return pen.rect(x - r * 0.4, y - r, r * 0.8, r * 2);
    case 'disc':
      pen.moveTo(x + r * 0.85, y);
      return pen.arc(x, y, r * 0.85, 0, 2 * Math.PI);
    case 'cross':
      return cross(pen, x, y, r);
  }
}

function polygon(pen: CanvasRenderingContext2D | Path2D, points: readonly number[]): void {
  pen.moveTo(points[0]!, points[1]!);
  for (let i = 2; i < points.length; i += 2) pen.lineTo(points[i]!, points[i + 1]!);
  pen.closePath();
}

function cross(pen: CanvasRenderingContext2D | Path2D, x: number, y: number, r: number): void {
  const [w, q] = [r * 0.34, r * 0.95];
  polygon(pen, [
    ...[x - q, y - q + w, x - w, y, x - q, y + q - w, x - q + w, y + q, x, y + w, x + q - w, y + q],
    ...[x + q, y + q - w, x + w, y, x + q, y - q + w, x + q - w, y - q, x, y - w, x - q + w, y - q],
  ]);
}

/** A tilde: the end was inferred. Its middle lies at (x, y). */
export function traceTilde(pen: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  pen.moveTo(x - r, y + r * 0.35);
  pen.bezierCurveTo(x - r * 0.35, y - r, x + r * 0.35, y + r, x + r, y - r * 0.35);
}

/** An arrow head that points right with its tip at (x, y): still open. */
export function traceArrow(pen: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  pen.moveTo(x - r, y - r);
  pen.lineTo(x, y);
  pen.lineTo(x - r, y + r);
}
