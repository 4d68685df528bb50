/** The functions of Windows that the agent calls, as their documentation declares them. */
import type { FfiFunction, FfiType, Koffi } from './koffi.ts';

export interface Api {
  readonly koffi: Koffi;
  readonly types: Readonly<Record<'serviceStatus' | 'serviceMain' | 'handlerEx', FfiType>>;
  /** Of the call before it; to be asked at once. */
  lastError(): number;
  readonly kernel: Functions<typeof KERNEL>;
  readonly service: Functions<typeof SERVICE>;
  readonly security: Functions<typeof SECURITY>;
  readonly terminal: Functions<typeof TERMINAL>;
  readonly eventLog: Functions<typeof EVENT_LOG>;
  readonly crypt: Functions<typeof CRYPT>;
  readonly logon: Functions<typeof LOGON>;
}

type Functions<T> = { readonly [K in keyof T]: FfiFunction };

const KERNEL = {
  createEvent: 'void* __stdcall CreateEventW(void *security, bool manual, bool initial, void *name)',
  setEvent: 'bool __stdcall SetEvent(void *event)',
  resetEvent: 'bool __stdcall ResetEvent(void *event)',
  closeHandle: 'bool __stdcall CloseHandle(void *handle)',
  waitForMany:
    'uint32_t __stdcall WaitForMultipleObjects(uint32_t count, void **handles, bool all, uint32_t ms)',
  localFree: 'void* __stdcall LocalFree(void *memory)',
} as const;

const SERVICE = {
  openManager: 'void* __stdcall OpenSCManagerW(str16 machine, str16 database, uint32_t access)',
  create:
    'void* __stdcall CreateServiceW(void *manager, str16 name, str16 shown, uint32_t access, uint32_t type, uint32_t start, uint32_t error, str16 line, str16 group, void *tag, str16 needs, str16 account, str16 password)',
  open: 'void* __stdcall OpenServiceW(void *manager, str16 name, uint32_t access)',
  start: 'bool __stdcall StartServiceW(void *service, uint32_t count, void *args)',
  control: 'bool __stdcall ControlService(void *service, uint32_t code, _Out_ SERVICE_STATUS *status)',
  remove: 'bool __stdcall DeleteService(void *service)',
  close: 'bool __stdcall CloseServiceHandle(void *service)',
  query:
    'bool __stdcall QueryServiceStatusEx(void *service, int level, _Out_ SERVICE_STATUS_PROCESS *status, uint32_t size, _Out_ uint32_t *needed)',
  changeConfig:
    'bool __stdcall ChangeServiceConfigW(void *service, uint32_t type, uint32_t start, uint32_t error, str16 line, str16 group, void *tag, str16 needs, str16 account, str16 password, str16 shown)',
  describe: 'bool __stdcall ChangeServiceConfig2W(void *service, uint32_t level, SERVICE_DESCRIPTION *info)',
  setFailureActions:
    'bool __stdcall ChangeServiceConfig2W(void *service, uint32_t level, SERVICE_FAILURE_ACTIONS *info)',
  dispatch: 'bool __stdcall StartServiceCtrlDispatcherW(SERVICE_TABLE_ENTRY *table)',
  registerHandler:
    'void* __stdcall RegisterServiceCtrlHandlerExW(str16 name, HandlerEx *handler, void *context)',
  setStatus: 'bool __stdcall SetServiceStatus(void *handle, SERVICE_STATUS *status)',
} as const;

const SECURITY = {
  fromSddl:
    'bool __stdcall ConvertStringSecurityDescriptorToSecurityDescriptorW(str16 text, uint32_t revision, _Out_ void **descriptor, void *size)',
  setFileSecurity: 'bool __stdcall SetFileSecurityW(str16 file, uint32_t info, void *descriptor)',
  sidText: 'bool __stdcall ConvertSidToStringSidW(void *sid, _Out_ void **text)',
  auditPolicy:
    'bool __stdcall AuditQuerySystemPolicy(void *subcategories, uint32_t count, _Out_ void **policies)',
  auditFree: 'void __stdcall AuditFree(void *buffer)',
} as const;

const TERMINAL = {
  enumerate:
    'bool __stdcall WTSEnumerateSessionsW(void *server, uint32_t reserved, uint32_t version, _Out_ void **sessions, _Out_ uint32_t *count)',
  query:
    'bool __stdcall WTSQuerySessionInformationW(void *server, uint32_t session, int what, _Out_ void **buffer, _Out_ uint32_t *bytes)',
  free: 'void __stdcall WTSFreeMemory(void *memory)',
} as const;

const EVENT_LOG = {
  subscribe:
    'void* __stdcall EvtSubscribe(void *session, void *signal, str16 channel, str16 query, void *bookmark, void *context, void *callback, uint32_t flags)',
  query: 'void* __stdcall EvtQuery(void *session, str16 path, str16 query, uint32_t flags)',
  next: 'bool __stdcall EvtNext(void *results, uint32_t count, _Out_ void **events, uint32_t timeout, uint32_t flags, _Out_ uint32_t *returned)',
  render:
    'bool __stdcall EvtRender(void *context, void *fragment, uint32_t flags, uint32_t size, _Out_ uint8_t *buffer, _Out_ uint32_t *used, _Out_ uint32_t *properties)',
  createBookmark: 'void* __stdcall EvtCreateBookmark(str16 xml)',
  updateBookmark: 'bool __stdcall EvtUpdateBookmark(void *bookmark, void *event)',
  exportLog:
    'bool __stdcall EvtExportLog(void *session, str16 path, str16 query, str16 target, uint32_t flags)',
  close: 'bool __stdcall EvtClose(void *handle)',
} as const;

const CRYPT = {
  protect:
    'bool __stdcall CryptProtectData(BLOB_IN *data, void *description, BLOB_IN *entropy, void *reserved, void *prompt, uint32_t flags, _Out_ BLOB_OUT *out)',
  unprotect:
    'bool __stdcall CryptUnprotectData(BLOB_IN *data, void *description, BLOB_IN *entropy, void *reserved, void *prompt, uint32_t flags, _Out_ BLOB_OUT *out)',
} as const;

const LOGON = {
  enumerate: 'int32_t __stdcall LsaEnumerateLogonSessions(_Out_ uint32_t *count, _Out_ void **list)',
  data: 'int32_t __stdcall LsaGetLogonSessionData(void *logonId, _Out_ void **data)',
  free: 'int32_t __stdcall LsaFreeReturnBuffer(void *buffer)',
} as const;

/** Declares everything; nothing is called yet, and a library is only opened when a function of it is first used. */
export function createApi(koffi: Koffi): Api {
  const types = declareTypes(koffi);
  const lastErrorCall = lazily(koffi, 'kernel32.dll', { of: 'uint32_t __stdcall GetLastError()' });
  return {
    koffi,
    types,
    lastError: () => lastErrorCall.of() as number,
    kernel: lazily(koffi, 'kernel32.dll', KERNEL),
    service: lazily(koffi, 'advapi32.dll', SERVICE),
    security: lazily(koffi, 'advapi32.dll', SECURITY),
    terminal: lazily(koffi, 'wtsapi32.dll', TERMINAL),
    eventLog: lazily(koffi, 'wevtapi.dll', EVENT_LOG),
    crypt: lazily(koffi, 'crypt32.dll', CRYPT),
    logon: lazily(koffi, 'secur32.dll', LOGON),
  };
}

function lazily<T extends Readonly<Record<string, string>>>(
  koffi: Koffi,
  library: string,
  declared: T,
): Functions<T> {
  const functions = {} as { [K in keyof T]: FfiFunction };
  for (const name of Object.keys(declared) as (keyof T)[]) {
    let made: FfiFunction | null = null;
    Object.defineProperty(functions, name, {
      get: () => {
        made ??= koffi.load(library).func(declared[name]!);
        return made;
      },
    });
  }
  return functions;
}

function declareTypes(koffi: Koffi): Api['types'] {
  const status = {
    ...{ type: 'uint32_t', state: 'uint32_t', accepted: 'uint32_t', exitCode: 'uint32_t' },
    ...{ ownExitCode: 'uint32_t', checkPoint: 'uint32_t', waitHintMs: 'uint32_t' },
  };
  const serviceStatus = koffi.struct('SERVICE_STATUS', status);
  koffi.struct('SERVICE_STATUS_PROCESS', { ...status, processId: 'uint32_t', flags: 'uint32_t' });
  koffi.struct('SERVICE_TABLE_ENTRY', { name: 'str16', main: 'void*' });
  koffi.struct('SERVICE_DESCRIPTION', { text: 'str16' });
  koffi.struct('SC_ACTION', { type: 'uint32_t', delayMs: 'uint32_t' });
  koffi.struct('SERVICE_FAILURE_ACTIONS', {
    ...{
      resetSeconds: 'uint32_t',
      message: 'str16',
      command: 'str16',
      count: 'uint32_t',
      actions: 'SC_ACTION*',
    },
  });
  koffi.struct('BLOB_IN', { size: 'uint32_t', data: 'uint8_t*' });
  koffi.struct('BLOB_OUT', { size: 'uint32_t', data: 'void*' });
  const serviceMain = koffi.proto('void __stdcall ServiceMain(uint32_t count, void *args)');
  const handlerEx = koffi.proto(
    'uint32_t __stdcall HandlerEx(uint32_t control, uint32_t eventType, void *eventData, void *context)',
  );
  return { serviceStatus, serviceMain, handlerEx };
}
