/** docs/events.md: every event the tables know, with the fields it is read from. */
import { channelOf, type EventDefinition, PROVIDERS, type ProviderTable } from '@logonscope/core';
import { code, generatedFrom, type Page, sentences, table } from './page.ts';

export const events: Page = {
  path: 'docs/events.md',
  render: () =>
    [
      generatedFrom('packages/core/src/events'),
      '# Events\n\n',
      sentences(
        'Every Windows event that Logonscope understands, per provider. *Signal* is what it says about a session; *read from* names',
        "Windows' own fields; *needs* is the audit subcategory that must be on (`logonscope audit-policy` prints the commands).",
        'IDs collide between providers, so an event is always known by provider and ID.',
      ),
      ...PROVIDERS.map(providerSection),
    ].join(''),
};

function providerSection(provider: ProviderTable): string {
  const aliases = provider.aliases ?? [];
  const names = aliases.length > 0 ? ` (also ${aliases.map(code).join(', ')})` : '';
  return [
    `## ${provider.provider}\n\n`,
    `Channel ${code(provider.channel)}${names}.\n\n`,
    table(
      ['ID', 'event', 'signal', 'read from', 'needs', 'CAR'],
      provider.events.map((event) => eventRow(event, provider)),
    ),
    '\n',
  ].join('');
}

function eventRow(event: EventDefinition, provider: ProviderTable): string[] {
  const id = event.link === undefined ? String(event.id) : `[${event.id}](${event.link})`;
  const channel = channelOf(provider, event);
  const elsewhere = channel === provider.channel ? '' : ` (channel ${code(channel)})`;
  const fields = Object.entries({ ...event.fields, ...event.detail });
  return [
    id,
    `${event.name}${elsewhere}`,
    code(event.signal),
    fields.map(([ours, theirs]) => `${ours}: ${code(theirs)}`).join(', ') || '–',
    event.audit ?? 'nothing',
    event.car ?? '',
  ];
}
