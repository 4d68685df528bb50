/** What an agent needs of its operating system, so that everything else runs and is tested anywhere. */
import type { EventSource } from './source.ts';

export type ServiceState = 'running' | 'stopped' | 'starting' | 'stopping' | 'absent';

/** The service as the system's own list of services shows it. */
export interface ServiceControl {
  /** Registers the program to be started with the system; `line` is what is started. */
  install(line: string): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  remove(): Promise<void>;
  state(): ServiceState;
  /**
   * Hands this process over to the system's control of services: `run` begins when the system says so, its signal is
   * aborted when the service shall stop. Resolves false where the process was not started as a service.
   */
  serve(run: (stop: AbortSignal) => Promise<void>): Promise<boolean>;
}

/** One thing looked at by `diagnose`. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly told: string;
  /** The command or step that mends it; null where nothing is to be mended or nobody knows. */
  readonly remedy: string | null;
}

export interface System {
  readonly service: ServiceControl;
  /** Name of this computer as its events have it. */
  computer(): string;
  /** The folder that the original uses. */
  readonly defaultFolder: string;
  /**
   * Makes a folder that only administrators may change, before anything is put into it. Rejects where it holds what
   * somebody else put there, or leads elsewhere.
   */
  secureFolder(folder: string): void;
  /** The same for one file. */
  secureFile(file: string): void;
  /** Encrypts for this computer; the text begins with a word that says how. */
  protect(secret: string): string;
  /** Null where it was not protected here. */
  unprotect(text: string): string | null;
  sources(wanted: readonly string[]): readonly EventSource[];
  /** Looks at rights, audit policy and logs. */
  inspect(): readonly Finding[];
  auditPolicy(): Readonly<Record<string, 'none' | 'success' | 'failure' | 'both'>> | null;
}
