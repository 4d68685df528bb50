/** What the page of members says. */
export const TEXT = {
  title: 'Members',
  about: 'Who may look at this company, and who administers it.',
  newUser: 'New person',
  addUser: 'Add somebody who has an account',
  noMembers: 'Nobody belongs to this company yet',
  roles: { CompanyAdmin: 'Company administrator', User: 'Member' },
  remove: 'Remove from the company',
  removeAbout: 'The account stays, and so does all it did; it only cannot see this company any more.',
  password: 'First password',
  passwordAbout: 'They choose their own at the first sign-in.',
  name: 'User name',
  nameHint: '2 to 20 letters, digits, dots, dashes, underscores or spaces.',
  email: 'E-mail address',
  role: 'Role in this company',
  mfa: 'Second factor',
  mfaAbout:
    'What people of this company need, whatever the installation says. It reaches those who are signed in already.',
  mfaChoices: {
    inherit: 'As the installation says',
    required: 'Everybody needs one',
    optional: 'Nobody needs one',
  },
} as const;

export type CompanyRole = keyof typeof TEXT.roles;
