/*
 * Stands in for wtsapi32.dll: one terminal session, number 1, whose user is told by the file %MOCK_WTS_FILE%:
 * "user|domain|client|a.b.c.d"; nobody is logged on while it is absent. The documented calls of wtsapi32.h that the agent makes.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __declspec(dllexport)

enum { USER_NAME = 5, DOMAIN_NAME = 7, CLIENT_NAME = 10, CLIENT_ADDRESS = 14 };

typedef struct { DWORD id; LPWSTR name; int state; } Session;
typedef struct { DWORD family; BYTE address[20]; } Address;

static void part(int which, char *into, size_t size) {
    char line[512] = "";
    const char *path = getenv("MOCK_WTS_FILE");
    FILE *file = path ? fopen(path, "rb") : NULL;
    *into = 0;
    if (!file) return;
    size_t length = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[length] = 0;
    char *at = line;
    for (; which > 0 && at; which--) { at = strchr(at, '|'); if (at) at++; }
    if (!at) return;
    size_t end = strcspn(at, "|\r\n");
    if (end >= size) end = size - 1;
    memcpy(into, at, end);
    into[end] = 0;
}

EXPORT BOOL WINAPI WTSEnumerateSessionsW(HANDLE server, DWORD reserved, DWORD version, Session **sessions, DWORD *count) {
    *sessions = calloc(1, sizeof **sessions);
    (*sessions)->id = 1;
    *count = 1;
    return TRUE;
}

EXPORT BOOL WINAPI WTSQuerySessionInformationW(HANDLE server, DWORD session, int what, LPWSTR *buffer, DWORD *bytes) {
    char text[256];
    if (session != 1) { SetLastError(ERROR_FILE_NOT_FOUND); return FALSE; }
    if (what == CLIENT_ADDRESS) {
        unsigned a = 0, b = 0, c = 0, d = 0;
        Address *address = calloc(1, sizeof *address);
        part(3, text, sizeof text);
        if (sscanf(text, "%u.%u.%u.%u", &a, &b, &c, &d) == 4) {
            address->family = 2;
            address->address[2] = (BYTE)a;
            address->address[3] = (BYTE)b;
            address->address[4] = (BYTE)c;
            address->address[5] = (BYTE)d;
        }
        *buffer = (LPWSTR)address;
        *bytes = sizeof *address;
        return TRUE;
    }
    int which = what == USER_NAME ? 0 : what == DOMAIN_NAME ? 1 : what == CLIENT_NAME ? 2 : -1;
    if (which < 0) { SetLastError(ERROR_INVALID_PARAMETER); return FALSE; }
    part(which, text, sizeof text);
    int units = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
    *buffer = calloc((size_t)units, sizeof(wchar_t));
    MultiByteToWideChar(CP_UTF8, 0, text, -1, *buffer, units);
    *bytes = (DWORD)units * 2;
    return TRUE;
}

EXPORT void WINAPI WTSFreeMemory(PVOID memory) { free(memory); }

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved) { return TRUE; }
