/** Where events come from: Windows' notices, its event logs, or a simulated computer; all equals. */
import type { AgentEvent } from './event.ts';

export interface Intake {
  /**
   * Keeps the events and the place to go on from in one durable step: after a crash both are there or neither is.
   * Rejects with `OutboxFullError` or the disk's error; then nothing was kept, and the source may offer them again.
   */
  take(events: readonly AgentEvent[], bookmark?: string): Promise<void>;
  /** Tells a trouble that people should see; the source goes on by itself. */
  trouble(text: string): void;
}

export interface EventSource {
  /** Names its bookmark; never changes. */
  readonly id: string;
  /**
   * Runs until `stop` is aborted; resolves then. `bookmark` is what it last handed to `take`, null at first.
   * Rejects where it cannot go on; the agent starts it again after a pause.
   */
  run(intake: Intake, bookmark: string | null, stop: AbortSignal): Promise<void>;
}
