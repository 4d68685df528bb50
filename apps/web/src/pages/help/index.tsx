/** Help: keys, how durations come about, words, colours, and every event that is understood. */
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Columns, Fact, Facts, Keys, PageHeader, Panel, Skeleton, Stack } from '../../ui/index.ts';
import styles from './help.module.css';
import { DURATION, KEYS, STATES, TEXT, WORDS } from './text.ts';

// The tables of events come with the engine, which nothing else here needs.
const EventList = lazy(() => import('./event-list.tsx'));

function KeyPanel() {
  return (
    <Panel title={TEXT.keys}>
      <Stack>
        <div className="muted">{TEXT.keysAbout}</div>
        {KEYS.map(({ where, keys }) => (
          <div key={where}>
            <h3 className={styles.where}>{where}</h3>
            <Facts>
              {keys.map(([key, does]) => (
                <Fact key={key} name={key === '+' ? <kbd>+</kbd> : <Keys>{key}</Keys>}>
                  {does}
                </Fact>
              ))}
            </Facts>
          </div>
        ))}
      </Stack>
    </Panel>
  );
}

function ColourPanel() {
  return (
    <Panel title={TEXT.colours}>
      <Stack>
        <div className="muted">{TEXT.coloursAbout}</div>
        <ul className={styles.states}>
          {STATES.map(([state, name, about]) => (
            <li key={state}>
              <span className={styles.lane} aria-hidden>
                <span className={styles.bar} data-state={state} />
              </span>
              <span>
                <strong>{name}</strong> <span className="muted">{about}</span>
              </span>
            </li>
          ))}
        </ul>
      </Stack>
    </Panel>
  );
}

export default function HelpPage() {
  return (
    <main className={styles.page}>
      <PageHeader title={TEXT.title} about={TEXT.about}>
        <Link to="/">To the app</Link>
        <a href="/api/v1/docs">API</a>
      </PageHeader>
      <Stack>
        <Panel title={TEXT.duration}>
          <ol className={styles.rules}>
            {DURATION.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ol>
        </Panel>
        <Columns min="wide">
          <KeyPanel />
          <Stack>
            <ColourPanel />
            <Panel title={TEXT.words}>
              <Facts>
                {WORDS.map(([word, meaning]) => (
                  <Fact key={word} name={word}>
                    {meaning}
                  </Fact>
                ))}
              </Facts>
            </Panel>
          </Stack>
        </Columns>
        <Suspense fallback={<Skeleton rows={12} />}>
          <EventList />
        </Suspense>
      </Stack>
    </main>
  );
}
