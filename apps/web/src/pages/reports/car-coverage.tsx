/** CAR's coverage map of `user_session`, filled for the Windows Security log: computed from the event tables. */
import { CAR_ACTIONS, CAR_COVERAGE, CAR_FIELDS } from '@logonscope/core';
import { PageHeader, Panel, Stack } from '../../ui/index.ts';
import styles from './reports.module.css';

const SIGNS = { event: '●', session: '○', none: '–' } as const;
const WORDS = {
  event: 'in the event itself',
  session: 'known from other events of the session or the computer',
  none: 'has no meaning here',
} as const;

export default function CarCoveragePage() {
  return (
    <>
      <PageHeader
        title="Coverage of the CAR data model"
        about="Which field of MITRE CAR’s user_session each action carries, and which Windows events give it."
      />
      <Stack>
        <Panel>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard. */}
          <section className={styles.coverage} aria-label="Coverage map" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Field</th>
                  {CAR_ACTIONS.map((action) => (
                    <th key={action} scope="col">
                      {action}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {CAR_FIELDS.map((field) => (
                  <tr key={field}>
                    <th scope="row">
                      <code>{field}</code>
                    </th>
                    {CAR_ACTIONS.map((action) => {
                      const { from, eventIds } = CAR_COVERAGE.find(
                        (one) => one.action === action && one.field === field,
                      )!;
                      return (
                        <td key={action} title={WORDS[from]}>
                          <span aria-hidden>{SIGNS[from]} </span>
                          <span className="visually-hidden">{WORDS[from]} </span>
                          {eventIds.join(', ')}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </Panel>
        <ul className={styles.signs}>
          {Object.entries(SIGNS).map(([from, sign]) => (
            <li key={from}>
              <strong>{sign}</strong> {WORDS[from as keyof typeof WORDS]}
            </li>
          ))}
        </ul>
      </Stack>
    </>
  );
}
