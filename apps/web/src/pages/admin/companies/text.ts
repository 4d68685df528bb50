/** What the page of companies says. */
export const TEXT = {
  title: 'Companies',
  about: 'Each company sees its own computers, people and events, and nothing of the others.',
  create: 'New company',
  none: 'No companies yet',
  name: 'Name',
  description: 'Description',
  deleteAbout:
    'Its sites and keys go with it. A company that holds events cannot be deleted; put it out of use, or let its retention run out first.',
  mfa: { inherit: 'as the installation', required: 'needed', optional: 'not needed' },
} as const;
