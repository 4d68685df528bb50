/** What the page of the error log says. */
export const TEXT = {
  title: 'Error log',
  about:
    'What went wrong in the server. The number of a request, which refusals show to people, finds its entry.',
  none: 'Nothing of that kind was written down',
  levels: { critical: 'Critical', error: 'Error', warning: 'Warning', info: 'Note', debug: 'Debug' },
  clear: 'Delete old entries',
  clearAbout: 'That it was done, and by whom, stays in the audit trail.',
  keep: 'Keep the last',
} as const;
