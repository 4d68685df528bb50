/**
 * The interaction contract: every input of the timeline and what it does. The only place where this is decided: the key
 * handler reads it, the key help lists it, and the tests in a real browser go through it row by row.
 */

/** What a pointer, wheel or finger does. */
export type Gesture =
  | 'drag-lanes'
  | 'one-finger-drag'
  | 'drag-axis'
  | 'drag-minimap'
  | 'drag-minimap-edge'
  | 'shift-drag'
  | 'ctrl-wheel'
  | 'pinch'
  | 'wheel'
  | 'shift-wheel'
  | 'horizontal-wheel'
  | 'click'
  | 'double-click'
  | 'right-click'
  | 'long-press';

export interface Key {
  /** As `KeyboardEvent.key` names it, letters in lower case. */
  readonly key: string;
  /** Left out: either way. */
  readonly shift?: boolean;
  /** With Ctrl or ⌘. */
  readonly mod?: boolean;
}

/** What is done; the engine has one function for each. */
export type ActionId =
  | 'pan'
  | 'brush'
  | 'brush-keys'
  | 'zoom-in'
  | 'zoom-out'
  | 'zoom'
  | 'scroll-lanes'
  | 'pan-time'
  | 'pan-left'
  | 'pan-right'
  | 'screen-left'
  | 'screen-right'
  | 'lane-up'
  | 'lane-down'
  | 'next-session'
  | 'previous-session'
  | 'open'
  | 'fit'
  | 'show-all'
  | 'show-hour'
  | 'show-half-day'
  | 'show-day'
  | 'show-week'
  | 'show-month'
  | 'show-quarter'
  | 'show-year'
  | 'show-now'
  | 'go-to-date'
  | 'mark'
  | 'keep-mark'
  | 'rows-lower'
  | 'rows-higher'
  | 'expand'
  | 'filter-lanes'
  | 'palette'
  | 'help'
  | 'clear'
  | 'menu';

export interface ContractRow {
  readonly action: ActionId;
  readonly keys?: readonly Key[];
  readonly gestures?: readonly Gesture[];
  /** What it does, as the help says it. */
  readonly words: string;
  /** What does the same without a drag or a letter: nobody depends on either. */
  readonly twin: string;
}

const key = (name: string, more: Omit<Key, 'key'> = {}): Key => ({ key: name, ...more });

export const CONTRACT: readonly ContractRow[] = [
  {
    action: 'pan',
    gestures: ['drag-lanes', 'one-finger-drag'],
    words: 'Move through time and lanes',
    twin: 'arrow keys',
  },
  {
    action: 'brush',
    gestures: ['drag-axis', 'drag-minimap', 'shift-drag'],
    words: 'Select a range and see its statistics',
    twin: 'B, then arrow keys; fields “from” and “to” of the selection',
  },
  {
    action: 'zoom',
    gestures: ['ctrl-wheel', 'pinch', 'drag-minimap-edge'],
    words: 'Zoom at the pointer, or move an edge of the view',
    twin: 'zoom buttons',
  },
  { action: 'scroll-lanes', gestures: ['wheel'], words: 'Scroll the lanes', twin: 'up and down arrow keys' },
  {
    action: 'pan-time',
    gestures: ['shift-wheel', 'horizontal-wheel'],
    words: 'Move through time',
    twin: 'left and right arrow keys',
  },
  {
    action: 'brush-keys',
    keys: [key('b', { shift: false })],
    words: 'Select a range with the arrow keys',
    twin: 'Select button',
  },
  {
    action: 'zoom-in',
    keys: [key('+'), key('='), key('w', { shift: false })],
    words: 'Zoom in',
    twin: 'Zoom in button',
  },
  {
    action: 'zoom-out',
    keys: [key('-'), key('s', { shift: false })],
    words: 'Zoom out',
    twin: 'Zoom out button',
  },
  {
    action: 'pan-left',
    keys: [key('ArrowLeft', { shift: false }), key('a', { shift: false })],
    words: 'Back by a seventh of the view',
    twin: 'dragging',
  },
  {
    action: 'pan-right',
    keys: [key('ArrowRight', { shift: false }), key('d', { shift: false })],
    words: 'On by a seventh of the view',
    twin: 'dragging',
  },
  {
    action: 'screen-left',
    keys: [key('ArrowLeft', { shift: true })],
    words: 'Back by a screen',
    twin: 'dragging',
  },
  {
    action: 'screen-right',
    keys: [key('ArrowRight', { shift: true })],
    words: 'On by a screen',
    twin: 'dragging',
  },
  { action: 'lane-up', keys: [key('ArrowUp')], words: 'Lane above', twin: 'clicking a lane' },
  { action: 'lane-down', keys: [key('ArrowDown')], words: 'Lane below', twin: 'clicking a lane' },
  {
    action: 'next-session',
    keys: [key('.'), key('n', { shift: false })],
    words: 'Next session in the lane',
    twin: 'list of the lane’s sessions',
  },
  {
    action: 'previous-session',
    keys: [key(','), key('p', { shift: false })],
    words: 'Previous session in the lane',
    twin: 'list of the lane’s sessions',
  },
  {
    action: 'open',
    keys: [key('Enter')],
    gestures: ['click'],
    words: 'Show the session’s details',
    twin: 'list of the lane’s sessions',
  },
  {
    action: 'fit',
    keys: [key('f', { shift: false })],
    gestures: ['double-click'],
    words: 'Fit the session; again: its day',
    twin: 'Fit button of the details',
  },
  { action: 'show-all', keys: [key('0')], words: 'Everything', twin: 'All button' },
  { action: 'show-hour', keys: [key('1')], words: 'One hour', twin: 'span menu' },
  { action: 'show-half-day', keys: [key('2')], words: 'Twelve hours', twin: 'span menu' },
  { action: 'show-day', keys: [key('3')], words: 'One day', twin: 'span menu' },
  { action: 'show-week', keys: [key('4')], words: 'One week', twin: 'span menu' },
  { action: 'show-month', keys: [key('5')], words: 'One month', twin: 'span menu' },
  { action: 'show-quarter', keys: [key('6')], words: 'A quarter', twin: 'span menu' },
  { action: 'show-year', keys: [key('7')], words: 'One year', twin: 'span menu' },
  { action: 'show-now', keys: [key('t', { shift: false })], words: 'Go to now', twin: 'Now button' },
  {
    action: 'go-to-date',
    keys: [key('g', { shift: false })],
    words: 'Go to a date',
    twin: 'Go to date button',
  },
  {
    action: 'mark',
    keys: [key('m', { shift: false })],
    words: 'Mark this moment or range for this visit',
    twin: 'menu',
  },
  {
    action: 'keep-mark',
    keys: [key('m', { shift: true })],
    words: 'Mark it with a name, and keep it',
    twin: 'menu',
  },
  { action: 'rows-lower', keys: [key('[')], words: 'Lower lanes', twin: 'lane height menu' },
  { action: 'rows-higher', keys: [key(']')], words: 'Higher lanes', twin: 'lane height menu' },
  {
    action: 'expand',
    keys: [key('x', { shift: false })],
    words: 'Overlapping sessions on rows of their own',
    twin: 'Overlaps button',
  },
  {
    action: 'filter-lanes',
    keys: [key('/')],
    words: 'Filter the lanes by name',
    twin: 'field above the lanes',
  },
  {
    action: 'palette',
    keys: [key('k', { mod: true })],
    words: 'Search and commands',
    twin: 'search field of the page',
  },
  { action: 'help', keys: [key('?')], words: 'This list', twin: 'Keys button' },
  {
    action: 'clear',
    keys: [key('Escape')],
    words: 'Clear step by step: selection, details, filter',
    twin: 'close buttons',
  },
  {
    action: 'menu',
    keys: [key('F10', { shift: true }), key('ContextMenu')],
    gestures: ['right-click', 'long-press'],
    words: 'Menu: only this lane, hide, pin, mark, copy link, raw events',
    twin: 'Shift+F10',
  },
];

/** Keys of one letter or sign, which can be switched off: speech input and slips of the hand press them unmeant. */
export const isSingleKey = ({ key: name, mod }: Key): boolean => [...name].length === 1 && mod !== true;

/** What a key press means; null if nothing here. */
export function actionOfKey(
  pressed: {
    readonly key: string;
    readonly shiftKey: boolean;
    readonly ctrlKey: boolean;
    readonly metaKey: boolean;
    readonly altKey: boolean;
  },
  singleKeys: boolean,
): ActionId | null {
  if (pressed.altKey) return null;
  const mod = pressed.ctrlKey || pressed.metaKey;
  const name = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  for (const { action, keys } of CONTRACT) {
    for (const one of keys ?? []) {
      if (one.key !== name || (one.mod ?? false) !== mod) continue;
      if (one.shift !== undefined && one.shift !== pressed.shiftKey) continue;
      if (!singleKeys && isSingleKey(one)) continue;
      return action;
    }
  }
  return null;
}

const KEY_WORDS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  ContextMenu: 'Menu key',
};
const GESTURE_WORDS: Readonly<Record<Gesture, string>> = {
  'drag-lanes': 'drag the lanes',
  'one-finger-drag': 'one finger',
  'drag-axis': 'drag on the axis',
  'drag-minimap': 'drag on the overview',
  'drag-minimap-edge': 'drag an edge on the overview',
  'shift-drag': 'Shift + drag',
  'ctrl-wheel': 'Ctrl or ⌘ + wheel',
  pinch: 'pinch',
  wheel: 'wheel',
  'shift-wheel': 'Shift + wheel',
  'horizontal-wheel': 'wheel sideways',
  click: 'click',
  'double-click': 'double-click',
  'right-click': 'right-click',
  'long-press': 'long press',
};

/** The inputs of a row as people read them: `W`, `Shift + ←`, `drag the lanes`. */
export function inputWords({ keys = [], gestures = [] }: ContractRow): string[] {
  const ofKeys = keys.map(({ key: name, shift, mod }) => {
    const shown = KEY_WORDS[name] ?? (name.length === 1 ? name.toUpperCase() : name);
    return `${mod === true ? 'Ctrl/⌘ + ' : ''}${shift === true ? 'Shift + ' : ''}${shown}`;
  });
  return [...ofKeys, ...gestures.map((gesture) => GESTURE_WORDS[gesture])];
}
