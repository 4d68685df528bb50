/** docs/audit-policy.md and docs/car-coverage.md: what to switch on, and what CAR's user_session gets from it. */
import { auditAdvice, CAR_ACTIONS, CAR_COVERAGE, CAR_FIELDS, type CarCoverage } from '@logonscope/core';
import { code, generatedFrom, type Page, sentences, table } from './page.ts';

export const auditPolicy: Page = {
  path: 'docs/audit-policy.md',
  render: () =>
    [
      generatedFrom('packages/core/src/events'),
      '# Audit policy\n\n',
      sentences(
        'Windows writes these Security events only where the audit subcategory is on. `logonscope audit-policy` prints the same',
        'as table, JSON or CSV. The commands use GUIDs, so they work in every language of Windows; run them as administrator, or',
        'set the policy for all computers at the path in the last column.',
      ),
      table(
        ['subcategory', 'needed for', 'events', 'on by default', 'command', 'group policy'],
        auditAdvice().map((row) => [
          row.subcategory,
          row.neededFor,
          row.events.join(', '),
          row.defaultOn,
          code(row.auditpol),
          row.policyPath,
        ]),
      ),
    ].join(''),
};

export const carCoverage: Page = {
  path: 'docs/car-coverage.md',
  render: () =>
    [
      generatedFrom('packages/core/src/vocabularies/coverage-map.ts'),
      '# MITRE CAR: coverage of user_session\n\n',
      sentences(
        'Which event gives which field of which action. IDs stand for "in the event itself"; *session* means that the session’s other',
        'events or the computer tell it; *none* that it has no meaning there.',
      ),
      table(
        ['field', ...CAR_ACTIONS],
        CAR_FIELDS.map((field) => [
          code(field),
          ...CAR_ACTIONS.map((action) =>
            coverageCell(CAR_COVERAGE.find((c) => c.action === action && c.field === field)),
          ),
        ]),
      ),
    ].join(''),
};

function coverageCell(coverage: CarCoverage | undefined): string {
  if (coverage === undefined) return 'none';
  return coverage.from === 'event' ? coverage.eventIds.join(', ') : coverage.from;
}
