/** Colours of the canvas: the design's tokens for light and dark, and the system's own where colours are forced. */
import { CLASSES, type ClassName } from '../data/states.ts';

export type MarkerHue = 'failed' | 'elevated' | 'explicit';

/** CSS colours; one object per theme, so that its identity tells when pictures are to be made anew. */
export interface Palette {
  readonly name: 'light' | 'dark' | 'forced';
  readonly background: string;
  readonly lane: string;
  readonly night: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly select: string;
  readonly ink: string;
  readonly classes: Readonly<Record<ClassName, string>>;
  readonly markers: Readonly<Record<MarkerHue, string>>;
}

// Searched for contrast of at least 3.4:1 on the background and OKLab differences of 13 and more between any two
// states under normal, protan, deutan and tritan sight; heights and hatches repeat what the colours say.
export const LIGHT: Palette = {
  name: 'light',
  background: '#ffffff',
  lane: '#f6f7f9',
  night: '#eef1f6',
  line: '#e3e6ea',
  text: '#1c2330',
  muted: '#5b6574',
  select: '#0b57d0',
  ink: '#ffffff8c',
  classes: {
    active: '#154db2',
    idle: '#428ecc',
    locked: '#b86d16',
    disconnected: '#676c73',
    unknown: '#2d2a2c',
  },
  markers: { failed: '#b6180f', elevated: '#5825c2', explicit: '#13969a' },
};

export const DARK: Palette = {
  name: 'dark',
  background: '#11151c',
  lane: '#171c25',
  night: '#0c1016',
  line: '#262d39',
  text: '#e7ebf2',
  muted: '#9aa5b5',
  select: '#8ab4ff',
  ink: '#00000073',
  classes: {
    active: '#64b0f4',
    idle: '#316bb4',
    locked: '#f5b61a',
    disconnected: '#898d90',
    unknown: '#e9ddfa',
  },
  markers: { failed: '#f35061', elevated: '#c691f8', explicit: '#61fbce' },
};

/** Heights by state number, as parts of the bar: presence is height, so that colour is never alone. */
export const HEIGHT_OF = [0, 1, 0.72, 0.5, 0.26, 0.12, 0.12, 0.12, 0.86] as const;

/** Red, green, blue as one number in the byte order of pixels, without opacity. */
export function pixelColour(css: string): number {
  const part = (at: number) => Number.parseInt(css.slice(at, at + 2), 16);
  return (part(5) << 16) | (part(3) << 8) | part(1);
}

/** Colours of the classes in the order of their numbers. */
export const classColours = ({ classes }: Palette): number[] =>
  CLASSES.map((name) => pixelColour(classes[name]));

/** Colour of a mark's hue: its own, a state's, or that of text. */
export function hueOf(palette: Palette, hue: MarkerHue | ClassName | 'text'): string {
  if (hue === 'text') return palette.text;
  if (hue === 'failed' || hue === 'elevated' || hue === 'explicit') return palette.markers[hue];
  return palette.classes[hue];
}

/** The colours that the system forces upon pages; heights and hatches then tell the states apart. */
export function forcedPalette(document: Document): Palette {
  const probe = document.createElement('span');
  document.body.append(probe);
  const colour = (name: string) => {
    probe.style.color = name;
    return hexOf(getComputedStyle(probe).color);
  };
  const [ground, text, grey, link, chosen] = [
    'Canvas',
    'CanvasText',
    'GrayText',
    'LinkText',
    'Highlight',
  ].map(colour) as [string, string, string, string, string];
  probe.remove();
  return {
    ...{ name: 'forced', background: ground, lane: ground, night: ground, line: grey, text, muted: text },
    select: chosen,
    ink: ground,
    classes: { active: text, idle: link, locked: text, disconnected: grey, unknown: text },
    markers: { failed: link, elevated: text, explicit: chosen },
  };
}

/** `rgb(1, 2, 3)` as `#010203`. */
function hexOf(rgb: string): string {
  const parts = rgb.match(/\d+/g)?.slice(0, 3) ?? ['0', '0', '0'];
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
}
