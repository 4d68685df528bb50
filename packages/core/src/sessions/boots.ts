/** Cuts one computer's ordered events into boots and folds each; a boot's sessions never reach into the next. */

import { isSharedLogonId } from '../events/accounts.ts';
import type { Instant, SessionEvent } from '../model.ts';
import { type BootState, newBootState } from './boot-state.ts';
import { readClockChange } from './clock-changes.ts';
import type { NextBoot } from './close.ts';
import { applyToAll, step } from './fold.ts';
import { introduces } from './learn.ts';
import type { LifeLine } from './life-line.ts';
import type { Stamped } from './order.ts';

/** Boot signs this close, without a shutdown between, are one boot (spec section 4). */
const ONE_BOOT_MS = 300_000;
/** Once Windows has stopped its log, whatever is written later than this belongs to the next boot. */
const AFTER_SHUTDOWN_MS = 60_000;

/** A boot's beginning; evidence of how the one before ended may still come in. */
export interface Boot extends NextBoot {
  deathTime: Instant | null;
  /** Nobody saw it: something later proves it. */
  readonly implied: boolean;
  /** The sign by which it became known. */
  readonly event: SessionEvent;
}

/** One boot's sessions and the boot that ended them. */
export interface BootFold {
  readonly state: BootState;
  readonly boot: Boot | null;
  next: Boot | null;
}

/** Everything a fold of one computer carries from event to event. */
export interface ComputerFold {
  readonly boots: BootFold[];
  readonly everyLogon: boolean;
  readonly life: LifeLine;
  /** The SID named last: its name is known by now, and the next event mostly names it again. */
  lastSid: string | null;
  /** Last mark of a shutdown in the current boot, a request not counted. */
  stoppedAt: Instant | null;
}

export function newComputerFold(everyLogon: boolean, life: LifeLine, keepEvents = false): ComputerFold {
  return {
    boots: [{ state: newBootState(null, keepEvents), boot: null, next: null }],
    everyLogon,
    life,
    lastSid: null,
    stoppedAt: null,
  };
}

/** Feeds one event, in order. `stamped` holds for this call only: the caller fills it anew for each event. */
export function feed(fold: ComputerFold, stamped: Stamped): void {
  const { event, at } = stamped;
  if (event.signal === 'boot' || event.signal === 'crash') {
    feedBootSign(fold, stamped);
    return;
  }
  if (event.signal === 'clockChange') noteClockLag(fold.boots.at(-1)!.boot, event);
  if (event.signal === 'shutdown') {
    if (event.detail?.shutdownKind !== 'request') fold.stoppedAt ??= at;
  } else if (fold.stoppedAt !== null && at - fold.stoppedAt > AFTER_SHUTDOWN_MS) {
    const alive = fold.life.firstAfter(fold.stoppedAt + AFTER_SHUTDOWN_MS) ?? at;
    const begun = Math.min(alive, at);
    beginBoot(fold, stamped, { ...UNSEEN, at: begun, byReusedId: false, event });
  }
  const current = fold.boots.at(-1)!;
  const { sid, user } = event;
  if (sid !== null && user !== null && sid !== fold.lastSid && introduces(event)) {
    const { names } = current.state;
    if (!names.has(sid)) names.set(sid, { user, domain: event.domain });
    fold.lastSid = sid;
  }
  if (step(current.state, stamped, fold.everyLogon) === 'implied-boot') {
    beginBoot(fold, stamped, { ...UNSEEN, at, byReusedId: true, event });
    step(fold.boots.at(-1)!.state, stamped, fold.everyLogon);
  }
}

/** A clock that is set forward for the first time in a boot may have been behind when the boot began. */
function noteClockLag(boot: Boot | null, event: SessionEvent): void {
  const change = readClockChange(event);
  if (boot !== null && change?.kind === 'shift')
    boot.clockLagMs ??= Math.max(0, change.newTime - change.previousTime);
}

function feedBootSign(fold: ComputerFold, stamped: Stamped): void {
  const { event, at } = stamped;
  const current = fold.boots.at(-1)!;
  const { boot } = current;
  const same = boot !== null && !boot.byReusedId && fold.stoppedAt === null && at - boot.at <= ONE_BOOT_MS;
  const death = event.detail?.deathTime;
  const deathTime = death === undefined ? null : death + (at - event.time);
  if (same) boot.deathTime ??= deathTime;
  else
    beginBoot(fold, stamped, { at, deathTime, clockLagMs: null, byReusedId: false, implied: false, event });
  if (fold.everyLogon && event.logonId !== null && isSharedLogonId(event.logonId)) {
    step(fold.boots.at(-1)!.state, { at, event: { ...event, signal: 'logon' } }, true);
  }
}

const UNSEEN = { deathTime: null, clockLagMs: null, implied: true } as const;

function beginBoot(fold: ComputerFold, stamped: Stamped, boot: Boot): void {
  const before = fold.boots.at(-1)!;
  const { keepEvents, names } = before.state;
  applyToAll(before.state, 'boot', stamped);
  before.next = boot;
  fold.boots.push({ state: newBootState(boot.at, keepEvents, names), boot, next: null });
  fold.stoppedAt = null;
}
