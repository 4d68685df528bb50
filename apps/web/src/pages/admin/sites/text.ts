/** What the page of sites and keys says. */
export const TEXT = {
  title: 'Sites and keys',
  about:
    'A site is a place whose agents share a key. Keys are stored as digests: each is shown once, when it is made.',
  newSite: 'New site',
  siteName: 'Name of the site',
  newKey: 'New key',
  keyAbout: 'The key lets agents of this site send events, and nothing else.',
  description: 'Description',
  descriptionHint: 'For people: where it is used, or why it was made.',
  expires: 'Works until',
  expiresHint: 'Empty: until it is disabled or deleted.',
  noKeys: 'No key yet: agents of this site have nothing to send with.',
  noSites: 'No sites yet',
  noSitesAbout: 'Agents belong to a site. Make the first one, then a key for it.',
  shownTitle: 'The new key, shown this once',
  shownAbout:
    'Put it into the agents of the site now. It cannot be shown again; a lost key is replaced by a new one.',
  shownKept: 'I have kept the key',
  rotate: 'Replace by a new key',
  rotateAbout:
    'The new key works at once. The old one goes on for some hours, so that agents can be changed without a gap.',
  overlap: 'The old key works on for',
  usage: 'Use by day',
  usageAbout: 'Days are UTC. Requests that were refused count as errors.',
  unused: 'This key was not used yet.',
  deleteSite: 'Delete site',
  deleteSiteAbout:
    'Its keys go with it. A site from which events came cannot be deleted; it can be put out of use.',
  deleteKey: 'Delete key',
  deleteKeyAbout:
    'Agents with this key are refused from now on; they keep their events until they have another one.',
} as const;
