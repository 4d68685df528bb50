import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createMachine, securityEvent, windowsPath } from './windows-machine.ts';

const m = createMachine();
await m.boot();
mkdirSync('/tmp/wt/pkg', { recursive: true });
copyFileSync('/work/main/apps/agent/dist/winagentUSM.exe', '/tmp/wt/pkg/winagentUSM.exe');
writeFileSync(
  '/tmp/wt/pkg/config.ini',
  '[API]\r\napi_key = k\r\nserver_url = http://127.0.0.1:9\r\ndebug_logs = true\r\n',
);
const a = (...x: string[]) => m.run(windowsPath('/tmp/wt/pkg/winagentUSM.exe'), ...x);
console.log(a('-service', 'install', '-config', 'Z:\\tmp\\wt\\pkg\\config.ini'));
console.log(a('-service', 'start'));
await new Promise((r) => setTimeout(r, 6000));
console.log(a('-service', 'status'));
const d = m.drive + '/ProgramData/UserSessionMon/';
for (const f of ['error.log', 'session_monitor.log', 'event_log.csv'])
  console.log(f, existsSync(d + f) ? readFileSync(d + f, 'utf8') : '-');
console.log(m.drive, m.logs, existsSync(m.logs + '/calls.log'));
console.log(a('diagnose'));
