/** What the page of imports says. */
export const TEXT = {
  title: 'Imports',
  about:
    'Log files of any known format, read on the server. Giving a file twice is harmless: what is known stays once.',
  drop: 'Drop files here, or choose them',
  dropAbout: 'EVTX, event XML, CSV of collectors and agents, Splunk, JSON; also in zip or gzip.',
  choose: 'Choose files',
  site: 'Site',
  noSite: 'None',
  siteHint: 'Where the computers of these files stand.',
  zone: 'Zone of times that name none',
  zoneHint: 'CSV files often hold local times.',
  serverZone: 'As the server says',
  list: 'Files given so far',
  none: 'No file was given yet',
  states: { waiting: 'Waiting', running: 'Reading', done: 'Read', failed: 'Given up' },
  sending: 'Sending',
  cancel: 'Cancel',
  problems: 'Problems',
  problemsAbout: (shown: number, all: number) =>
    shown < all
      ? `The first ${shown} of ${all} rows that could not be read.`
      : 'Rows that could not be read; all others were.',
  failedAbout:
    'The server could not finish this file. The error log says why; giving it again goes on where it stopped.',
} as const;
