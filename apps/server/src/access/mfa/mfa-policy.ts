/** Who needs a second factor: the installation's switch, the companies' and a person's own, in that order of nearness. */

export interface MfaPolicy {
  /** The switch of the installation. */
  readonly everyone: boolean;
  /** Per company of the person: true requires, false exempts, null says nothing. */
  readonly companies: readonly (boolean | null)[];
  /** Set for the person himself; null says nothing. */
  readonly person: boolean | null;
}

/**
 * Whether a second factor is required. The person's own setting decides; else any company that requires it; else, if
 * all of his companies exempt their people, it is not required; else the installation's switch. Administrators are
 * treated like everyone: they have the most to lose.
 */
export function mfaRequired({ everyone, companies, person }: MfaPolicy): boolean {
  if (person !== null) return person;
  if (companies.some((required) => required === true)) return true;
  if (companies.length > 0 && companies.every((required) => required === false)) return false;
  return everyone;
}

/** How far someone with the right password is let in. */
export type PortalState = 'full' | 'mfa_pending' | 'mfa_enrol_required' | 'password_change_required';

/** Who has a second factor shows it; who must have one sets it up; all others are in. */
export function stateAfterPassword({
  enrolled,
  required,
}: {
  enrolled: boolean;
  required: boolean;
}): PortalState {
  if (enrolled) return 'mfa_pending';
  return required ? 'mfa_enrol_required' : 'full';
}
