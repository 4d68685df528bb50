/**
 * What the canvas shows, for those who do not see it: the focused lane's sessions as a list of buttons with one tab stop
 * among them. Out of sight, but not out of the tree that screen readers read.
 */
import { lengthText } from '../../parts/words/lengths.ts';
import { formatDay, formatInstant, formatTime } from '../data/clock.ts';
import { TOTAL } from '../data/lanes.ts';
import { endCertainty } from '../data/sessions.ts';
import { STATES } from '../data/states.ts';
import { lower, upper } from '../data/steps.ts';
import type { Timeline } from '../timeline.ts';
import { perform } from './actions.ts';

/** A list longer than this helps nobody; the table has all. */
const LIST_MAX = 200;
const RENEW_AFTER_MS = 150;
const HIDDEN =
  'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;list-style:none;margin:0;padding:0';

export class Mirror {
  private readonly timeline: Timeline;
  private readonly list: HTMLUListElement;
  private readonly stopListening: (() => void)[];
  private first = 0;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
    this.list = timeline.stage.root.ownerDocument.createElement('ul');
    this.list.style.cssText = HIDDEN;
    this.list.addEventListener('click', (event) => this.chosen(event, true));
    this.list.addEventListener('focusin', (event) => this.chosen(event, false));
    timeline.stage.root.append(this.list);
    this.stopListening = [
      timeline.news.on('view', () => this.renew()),
      timeline.news.on('content', () => this.renew()),
      timeline.news.on('focus', ({ session }) => {
        if (session < 0) this.renew();
        else {
          this.focusOn(session);
          timeline.news.tell('say', this.wordsOf(session));
        }
      }),
    ];
  }

  close(): void {
    clearTimeout(this.waiting);
    for (const stop of this.stopListening) stop();
    this.list.remove();
  }

  /** The list is made anew when things have come to rest. */
  private renew(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.fill(), RENEW_AFTER_MS);
  }

  /** Moves the one tab stop to a session, and the focus too if it is in the list. */
  private focusOn(session: number): void {
    if (session < this.first || session >= this.first + this.list.children.length) this.fill();
    const focusedHere = this.list.contains(this.list.ownerDocument.activeElement);
    for (const [i, item] of [...this.list.children].entries()) {
      const button = item.firstElementChild as HTMLButtonElement;
      button.tabIndex = this.first + i === session ? 0 : -1;
      if (focusedHere && button.tabIndex === 0) button.focus({ preventScroll: true });
    }
  }

  /** `ana.k on PC-305, Tue 5 May 2026 08:41 to 17:32, 7 h 10 m in use, logoff certain`. */
  private wordsOf(session: number): string {
    const { lanes, rows, focus, options } = this.timeline;
    const row = rows[focus.row]!;
    const { sessions, names } = lanes.content(row.lane);
    const { clock } = options;
    const [start, end] = [sessions.start[session]!, sessions.end[session]!];
    const certainty = endCertainty(sessions, session);
    const sameDay = formatDay(clock, start) === formatDay(clock, end);
    const until = sameDay ? formatTime(clock, end) : formatInstant(clock, end);
    const name = lanes.list[row.lane]!.name;
    const other = names[sessions.other[session]!] ?? '';
    const sure = {
      exact: 'end certain',
      inferred: 'end inferred',
      bounded: 'end uncertain',
      open: 'still open',
    };
    return [
      `${name} ${options.otherWord} ${other}`,
      `${formatDay(clock, start)} ${formatTime(clock, start)} ${certainty.kind === 'open' ? 'until now' : `to ${until}`}`,
      `${lengthText(this.activeMs(session))} in use`,
      sure[certainty.kind],
    ].join(', ');
  }

  private activeMs(session: number): number {
    const { lanes, rows, focus } = this.timeline;
    const { sessions } = lanes.content(rows[focus.row]!.lane);
    let sum = 0;
    for (let i = sessions.stepOff[session]!; i < sessions.stepOff[session + 1]!; i++) {
      const end =
        i + 1 < sessions.stepOff[session + 1]! ? sessions.stepAt[i + 1]! : sessions.latest[session]!;
      if (STATES[sessions.stepState[i]!] === 'active') sum += end - sessions.stepAt[i]!;
    }
    return sum;
  }

  private fill(): void {
    const { lanes, rows, focus, range } = this.timeline;
    clearTimeout(this.waiting);
    const row = rows[focus.row];
    const lane = row === undefined || row.lane === TOTAL ? null : lanes.list[row.lane]!;
    const { sessions } = lanes.content(row?.lane ?? TOTAL);
    const from = Math.max(0, lower(sessions.start, range.from) - 1);
    const inView = upper(sessions.start, range.to) - from;
    this.first = Math.max(0, Math.min(from, focus.session < 0 ? from : focus.session - LIST_MAX / 2));
    const count = lane === null ? 0 : Math.min(LIST_MAX, Math.max(inView, focus.session + 1 - this.first));
    const { ownerDocument } = this.list;
    const items = Array.from({ length: Math.min(count, sessions.start.length - this.first) }, (_, i) => {
      const item = ownerDocument.createElement('li');
      const button = ownerDocument.createElement('button');
      button.type = 'button';
      button.tabIndex = this.first + i === Math.max(focus.session, this.first) ? 0 : -1;
      button.dataset.session = String(this.first + i);
      button.textContent = this.wordsOf(this.first + i);
      item.append(button);
      return item;
    });
    this.list.setAttribute('aria-label', lane === null ? 'Sessions' : `Sessions of ${lane.name} in view`);
    if (!this.list.contains(ownerDocument.activeElement)) this.list.replaceChildren(...items);
  }

  private chosen(event: Event, open: boolean): void {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[data-session]');
    if (button === null) return;
    const session = Number(button.dataset.session);
    if (this.timeline.focus.session !== session) this.timeline.focusSession(session);
    if (open) perform(this.timeline, 'open');
  }
}
