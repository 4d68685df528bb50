/** What `--help` prints. */
import { VERSION } from '../version.ts';

export const HELP = `winagentUSM ${VERSION}: tells the server who logs on, off, locks and unlocks this computer.

Service (as administrator):
  --service install      puts the program into its folder and registers the service
  --service start        starts it
  --service stop         stops it
  --service restart      both
  --service status       tells whether it runs
  --service remove       takes the service away again; also: uninstall
  --service run          runs in this window instead

Settings (kept in config.ini; a running service takes them over within a minute):
  --api-key KEY          key of the site
  --url ADDRESS          the server, such as https://logs.example.org
  --debug true|false     write every step into session_monitor.log
  --timezone ZONE        zone of written times, such as Europe/London
  --check-interval MIN   minutes between health checks; 0 for none
  -config FILE           another config.ini

Looking:
  diagnose               what is wrong, and the command that mends it
  collect                writes this computer's log to a file; collect -Help tells more
  --version, --help

All options may be written with one dash or two.
Example: winagentUSM.exe --service install --url https://logs.example.org --api-key usm_…
`;

export const COLLECT_HELP = `winagentUSM.exe collect: writes what the event logs of this computer tell of sessions to a file.

  -DaysBack DAYS         how far back; 30 unless told. The name may be left out.
  -IncludeSystem         accounts of the system too
  -OutputPath FILE       user_activity_logs.csv unless told
  -Evtx                  the events themselves, as Windows exports them
  -Ndjson                one JSON object a line, with all that was understood
  -Debug                 tells what it does
  -ShowExamples          examples
  -Help                  this

Needs an administrator: nobody else may read the Security log.
`;

export const COLLECT_EXAMPLES = `winagentUSM.exe collect
    the last 30 days into user_activity_logs.csv
winagentUSM.exe collect 7 -OutputPath C:\\Temp\\week.csv
    the last week into another file
winagentUSM.exe collect -DaysBack 90 -IncludeSystem
    three months, accounts of the system too
winagentUSM.exe collect -Evtx -OutputPath C:\\Temp\\log.evtx
    the events themselves, for logonscope sessions C:\\Temp\\log.evtx
`;
