/** What the page of working hours says. */
export const TEXT = {
  title: 'Working hours',
  about:
    'What “out of hours” means here: reports and pages of this company go by it, unless they are asked otherwise.',
  usual: 'Nobody has said anything yet: the usual week holds.',
  zone: 'Time zone',
  zoneHint: 'Hours and days are those of this zone.',
  from: 'From',
  to: 'To',
  night: 'Work goes on past midnight and ends on the next day.',
  days: 'Days on which work begins',
  noDay: 'Choose at least one day.',
  reset: 'Back to the usual hours',
} as const;

export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** `08:00`. */
export const hourText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
