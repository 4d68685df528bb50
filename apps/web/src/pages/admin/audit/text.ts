/** What the page of the audit trail says. */
export const TEXT = {
  title: 'Audit trail',
  aboutInstallation: 'Sign-ins and what administrators did for the whole installation, newest first.',
  aboutCompany:
    'What administrators did in this company, newest first. Nothing here can be changed or deleted by hand.',
  none: 'Nothing was written down yet',
  nobody: 'nobody known',
  check: 'Check that nothing was changed',
  whole: (entries: number) =>
    `${entries} entries, each with the digest of the one before. Note the last digest elsewhere: it shows if the end is cut off.`,
  broken: (number: number) => `Entry ${number} or the one before it is not as it was written.`,
} as const;
