/** What the page of agents says. */
export const TEXT = {
  title: 'Agents',
  about:
    'Computers whose agent told how it is doing. Agents of the original system send events only, and stand among the computers.',
  none: 'No agent has reported yet',
  noneAbout:
    'Download the package, run install_service.bat as an administrator on a computer, and it appears here within half an hour.',
  states: { well: 'Well', behind: 'Behind', silent: 'Silent' },
  auditUnknown: 'not told',
  auditAll: 'complete',
  auditMissing: (count: number) => `${count} off`,
  auditOff: 'Windows does not write what these bring:',
  download: 'Download the agent',
  downloadAbout:
    'A ZIP with the program, its settings, a script that installs the service, and instructions.',
  site: 'Site',
  siteHint: 'A new key of this site goes into the package. Whoever has the package can send events.',
  noSite: 'No key: fill it in by hand',
  server: 'Address of this server',
  serverHint: 'As agents reach it.',
  folder: 'Installation folder',
  health: 'Tell how it is doing every',
  healthHint: '0: never.',
  debug: 'Write debug logs',
  publicIp: 'Find out the public address',
  publicIpHint: 'The agent then asks these addresses on the internet.',
  publicIpUrls: 'Asked for the public address, one per line',
  logs: 'Sizes of log files',
  logsHint: 'At which size each begins anew; 0 keeps none.',
  sessionLog: 'Session log',
  errorLog: 'Error log',
  eventLog: 'Event log',
} as const;
