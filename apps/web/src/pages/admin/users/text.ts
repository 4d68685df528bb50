/** What the page of users says. */
export const TEXT = {
  title: 'Users',
  about:
    'Accounts of the portal, over all companies you look after. Newly registered ones wait here to be activated.',
  newUser: 'New user',
  none: 'No users match',
  find: 'Find by name, address or company',
  roles: { GlobalAdmin: 'Global administrator', Admin: 'Administrator', User: 'User' },
  roleHint:
    'Global administrators may do everything; administrators look after the people of their companies.',
  mfaChoices: { inherit: 'As company and installation say', required: 'Needs one', exempt: 'Needs none' },
  name: 'User name',
  nameHint: '2 to 20 letters, digits, dots, dashes, underscores or spaces.',
  email: 'E-mail address',
  firstPassword: 'First password',
  newPassword: 'New password',
  passwordAbout: 'They choose their own at the next sign-in.',
  company: 'First company',
  noCompany: 'None yet',
  reset: 'Set a new password',
  resetMfa: 'Take the authenticator away',
  resetMfaAbout:
    'For a lost phone. Until another one is set up, the password alone opens the account, unless a rule asks for more.',
  endSessions: 'Sign out everywhere',
  endSessionsAbout: 'All browsers in which this person is signed in have to sign in again.',
  remove: 'Delete the account',
  removeAbout: 'What it did stays in the audit trail. This cannot be undone.',
} as const;

export type GlobalRole = keyof typeof TEXT.roles;
