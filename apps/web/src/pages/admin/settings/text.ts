/** What the page of settings says. */
export const TEXT = {
  title: 'Settings',
  about: 'Of the whole installation. Each card is saved by itself and touches no other.',
  registration: 'Registration',
  open: 'People may register themselves',
  openHint: 'New accounts are inactive until an administrator activates them.',
  restrict: 'Only addresses of these domains may have an account',
  restrictHint:
    'Holds for registering and for accounts that administrators make. A subdomain is a domain of its own.',
  domains: 'Domains',
  addDomain: 'Add a domain',
  noDomains: 'No domain is listed: with the switch above nobody new gets in.',
  password: 'Passwords',
  passwordAbout: 'New passwords have to be like this; those that exist stay.',
  minLength: 'Least length',
  digits: 'Digits, capital and small letters',
  specials: 'A special character',
  characters: 'These count as special',
  mfa: 'Second factor',
  everyone: 'Everybody needs one',
  everyoneHint:
    'Administrators included. Companies and single people can be given rules of their own, which win.',
  log: 'Error log',
  level: 'What is kept',
  levelHint: 'Takes effect at once. The log of the process itself is set by LOG_LEVEL.',
  levels: {
    critical: 'Only what stops the server',
    error: 'Errors too',
    warning: 'Warnings too',
    info: 'Notes too',
    debug: 'Everything',
  },
} as const;
