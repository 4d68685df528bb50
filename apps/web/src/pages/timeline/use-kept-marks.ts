/** Marks with a name, kept in this browser beyond the visit, for each company its own. */
import { useEffect, useRef } from 'react';
import { useKept } from '../../data/preferences.ts';
import type { Mark, Timeline } from '../../timeline/index.ts';

const KEPT_MAX = 100;

export function useKeptMarks(timeline: Timeline | null, companyId: number): void {
  const [kept, keep] = useKept<readonly Mark[]>(`timeline.marks.${companyId}`, []);
  const latest = useRef({ kept, keep });
  latest.current = { kept, keep };
  useEffect(() => {
    if (timeline === null) return;
    const known = latest.current.kept.map((mark) => ({ ...mark, kept: true }));
    timeline.setMarks([...timeline.marks.filter((mark) => mark.kept !== true), ...known]);
    return timeline.news.on('marks', (marks) => {
      const now = marks.filter((mark) => mark.kept === true).slice(-KEPT_MAX);
      if (JSON.stringify(now) !== JSON.stringify(latest.current.kept)) latest.current.keep(now);
    });
  }, [timeline]);
}
