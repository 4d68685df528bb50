/** A call into Windows that failed, with what people can look up. */

/** Codes an administrator meets, in words (winerror.h). */
const WORDS: Readonly<Record<number, string>> = {
  5: 'access is denied; an administrator may do this',
  1053: 'the service does not answer in time',
  1056: 'the service runs already',
  1060: 'there is no such service; --service install makes it',
  1061: 'the service takes no orders just now',
  1062: 'the service does not run',
  1072: 'the service is being removed; close services.msc and try again',
  1073: 'the service is there already',
  1314: 'a right is missing; an administrator may do this',
  1450: 'the system has no resources left',
  1455: 'the system has no memory left',
  15007: 'there is no such event log',
  15001: 'the query is not understood',
};

export class WindowsFailure extends Error {
  /** As GetLastError gives it. */
  readonly code: number;
  constructor(call: string, code: number) {
    super(`${call}: ${WORDS[code] ?? 'failed'} (error ${code})`);
    this.name = 'WindowsFailure';
    this.code = code;
  }
}
