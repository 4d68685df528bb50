/*
 * Stands in for wevtapi.dll, which Wine lacks: the documented calls of winevt.h that the agent makes, over files.
 * A channel is a file in %MOCK_EVT_DIR% with one <Event> a line, record numbers rising; "/" in its name becomes "_".
 * Every call is noted in "calls.log" there, so that a test sees channel, query and flags.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define EXPORT __declspec(dllexport)
#define LINE_MAX_BYTES 65536

enum Kind { RESULTS = 1, EVENT, BOOKMARK };

typedef unsigned long long Record;

typedef struct {
    enum Kind kind;
    char file[MAX_PATH];
    char channel[128];
    char query[4096];
    long at;
    Record after;
    HANDLE signal;
    HANDLE thread;
    volatile LONG stop;
} Results;

typedef struct {
    enum Kind kind;
    Record record;
    char channel[128];
    char *xml;
} Event;

static void folder_file(char *into, const char *name) {
    const char *folder = getenv("MOCK_EVT_DIR");
    snprintf(into, MAX_PATH, "%s\\%s", folder ? folder : ".", name);
}

static void note(const char *format, ...) {
    char path[MAX_PATH];
    folder_file(path, "calls.log");
    FILE *file = fopen(path, "ab");
    if (!file) return;
    va_list list;
    va_start(list, format);
    vfprintf(file, format, list);
    va_end(list);
    fputc('\n', file);
    fclose(file);
}

static Record record_of(const char *xml) {
    const char *found = strstr(xml, "<EventRecordID>");
    return found ? strtoull(found + 15, NULL, 10) : 0;
}

/* Whether the query asks for this ID: "EventID=7" or "(EventID >= 5 and EventID <= 9)". */
static int asks_for(const char *query, unsigned id) {
    if (strcmp(query, "*") == 0) return 1;
    for (const char *at = strstr(query, "EventID"); at; at = strstr(at + 7, "EventID")) {
        unsigned from = 0, to = 0;
        if (sscanf(at, "EventID=%u", &from) == 1 && from == id) return 1;
        if (sscanf(at, "EventID >= %u and EventID <= %u", &from, &to) == 2 && id >= from && id <= to) return 1;
    }
    return 0;
}

static unsigned id_of(const char *xml) {
    const char *found = strstr(xml, "<EventID");
    found = found ? strchr(found, '>') : NULL;
    return found ? (unsigned)strtoul(found + 1, NULL, 10) : 0;
}

static Event *next_event(Results *results) {
    FILE *file = fopen(results->file, "rb");
    if (!file) return NULL;
    fseek(file, results->at, SEEK_SET);
    Event *event = NULL;
    char *line = malloc(LINE_MAX_BYTES);
    while (!event && fgets(line, LINE_MAX_BYTES, file)) {
        size_t length = strlen(line);
        if (length == 0 || line[length - 1] != '\n') break; /* still being written */
        results->at += (long)length;
        line[length - 1] = 0;
        if (record_of(line) <= results->after || !asks_for(results->query, id_of(line))) continue;
        event = calloc(1, sizeof *event);
        event->kind = EVENT;
        event->record = record_of(line);
        event->xml = _strdup(line);
        strcpy(event->channel, results->channel);
    }
    free(line);
    fclose(file);
    return event;
}

static long size_of(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return 0;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    fclose(file);
    return size;
}

/* True if the log still holds the record, as the strict flag demands. */
static int holds(const char *path, Record wanted) {
    FILE *file = fopen(path, "rb");
    char *line = malloc(LINE_MAX_BYTES);
    int found = 0;
    while (file && !found && fgets(line, LINE_MAX_BYTES, file)) found = record_of(line) == wanted;
    if (file) fclose(file);
    free(line);
    return found;
}

static Results *open_results(LPCWSTR channel, LPCWSTR query) {
    Results *results = calloc(1, sizeof *results);
    char name[160];
    results->kind = RESULTS;
    WideCharToMultiByte(CP_UTF8, 0, channel, -1, results->channel, sizeof results->channel, NULL, NULL);
    WideCharToMultiByte(CP_UTF8, 0, query ? query : L"*", -1, results->query, sizeof results->query, NULL, NULL);
    snprintf(name, sizeof name, "%s.xml", results->channel);
    for (char *c = name; *c; c++) if (*c == '/') *c = '_';
    folder_file(results->file, name);
    return results;
}

static DWORD WINAPI watch(void *given) {
    Results *results = given;
    long seen = -1;
    while (!results->stop) {
        long size = size_of(results->file);
        if (size < results->at) results->at = 0; /* cleared */
        if (size > results->at && size != seen) SetEvent(results->signal);
        seen = size;
        Sleep(20);
    }
    return 0;
}

EXPORT HANDLE WINAPI EvtSubscribe(HANDLE session, HANDLE signal, LPCWSTR channel, LPCWSTR query, HANDLE bookmark,
                                  PVOID context, PVOID callback, DWORD flags) {
    DWORD start = flags & 3;
    note("EvtSubscribe channel=%ls flags=0x%lx bookmark=%d query=%ls", channel, flags, bookmark != NULL, query);
    if (!signal || callback || session || context) { SetLastError(ERROR_INVALID_PARAMETER); return NULL; }
    if ((start == 3) != (bookmark != NULL)) { SetLastError(ERROR_INVALID_PARAMETER); return NULL; }
    if (getenv("MOCK_EVT_DENY")) { SetLastError(ERROR_ACCESS_DENIED); return NULL; }
    Results *results = open_results(channel, query);
    results->signal = signal;
    if (start == 1) results->at = size_of(results->file);
    if (start == 3) {
        results->after = ((Event *)bookmark)->record;
        if ((flags & 0x10000) && results->after && !holds(results->file, results->after)) {
            free(results);
            SetLastError(ERROR_NOT_FOUND);
            return NULL;
        }
    }
    results->thread = CreateThread(NULL, 0, watch, results, 0, NULL);
    return results;
}

EXPORT HANDLE WINAPI EvtQuery(HANDLE session, LPCWSTR path, LPCWSTR query, DWORD flags) {
    note("EvtQuery channel=%ls flags=0x%lx query=%ls", path, flags, query);
    if (session) { SetLastError(ERROR_INVALID_PARAMETER); return NULL; }
    if (getenv("MOCK_EVT_DENY")) { SetLastError(ERROR_ACCESS_DENIED); return NULL; }
    return open_results(path, query);
}

EXPORT BOOL WINAPI EvtNext(HANDLE given, DWORD count, HANDLE *events, DWORD timeout, DWORD flags, DWORD *returned) {
    Results *results = given;
    for (*returned = 0; *returned < count; (*returned)++) {
        Event *event = next_event(results);
        if (!event) break;
        events[*returned] = event;
    }
    if (*returned > 0) return TRUE;
    SetLastError(ERROR_NO_MORE_ITEMS);
    return FALSE;
}

EXPORT BOOL WINAPI EvtRender(HANDLE context, HANDLE fragment, DWORD flags, DWORD size, PVOID buffer, DWORD *used,
                             DWORD *properties) {
    Event *event = fragment;
    char bookmark[512];
    const char *text = event->xml;
    *properties = 0;
    if (flags == 2) {
        snprintf(bookmark, sizeof bookmark,
                 "<BookmarkList>\r\n  <Bookmark Channel='%s' RecordId='%llu' IsCurrent='true'/>\r\n</BookmarkList>",
                 event->channel, event->record);
        text = bookmark;
    } else if (flags != 1 || event->kind != EVENT) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    int units = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
    *used = (DWORD)units * 2;
    if (!buffer || size < *used) { SetLastError(ERROR_INSUFFICIENT_BUFFER); return FALSE; }
    MultiByteToWideChar(CP_UTF8, 0, text, -1, buffer, units);
    return TRUE;
}

EXPORT HANDLE WINAPI EvtCreateBookmark(LPCWSTR xml) {
    Event *bookmark = calloc(1, sizeof *bookmark);
    bookmark->kind = BOOKMARK;
    if (xml) {
        const wchar_t *found = wcsstr(xml, L"RecordId='");
        if (!found) { free(bookmark); SetLastError(ERROR_INVALID_DATA); return NULL; }
        bookmark->record = _wcstoui64(found + 10, NULL, 10);
    }
    note("EvtCreateBookmark record=%llu", bookmark->record);
    return bookmark;
}

EXPORT BOOL WINAPI EvtUpdateBookmark(HANDLE bookmark, HANDLE event) {
    ((Event *)bookmark)->record = ((Event *)event)->record;
    strcpy(((Event *)bookmark)->channel, ((Event *)event)->channel);
    return TRUE;
}

EXPORT BOOL WINAPI EvtExportLog(HANDLE session, LPCWSTR path, LPCWSTR query, LPCWSTR target, DWORD flags) {
    note("EvtExportLog channel=%ls flags=0x%lx query=%ls", path, flags, query);
    FILE *file = _wfopen(target, L"wxb");
    if (!file) { SetLastError(ERROR_FILE_EXISTS); return FALSE; }
    fputs("ElfFile", file);
    fclose(file);
    return TRUE;
}

EXPORT BOOL WINAPI EvtClose(HANDLE given) {
    if (*(enum Kind *)given == RESULTS) {
        Results *results = given;
        results->stop = 1;
        if (results->thread) {
            WaitForSingleObject(results->thread, 2000);
            CloseHandle(results->thread);
        }
    } else {
        free(((Event *)given)->xml);
    }
    free(given);
    return TRUE;
}

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved) { return TRUE; }
