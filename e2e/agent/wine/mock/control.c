/* control.exe SERVICE CODE: hands a control of its own numbers to a service; Wine's sc cannot. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdlib.h>

int main(int count, char **args) {
    SERVICE_STATUS status;
    if (count != 3) return 2;
    SC_HANDLE manager = OpenSCManagerA(NULL, NULL, SC_MANAGER_ALL_ACCESS);
    SC_HANDLE service = manager ? OpenServiceA(manager, args[1], SERVICE_ALL_ACCESS) : NULL;
    BOOL done = service && ControlService(service, (DWORD)atoi(args[2]), &status);
    return done ? 0 : (int)GetLastError();
}
