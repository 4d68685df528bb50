/** What a new password must look like; the switches are settings of the installation. */

export interface PasswordPolicy {
  /** In characters as people count them. */
  readonly minLength: number;
  readonly digitsAndMixedCase: boolean;
  readonly specials: boolean;
  /** The characters that count as special. */
  readonly specialCharacters: string;
}

export const DEFAULT_PASSWORD_POLICY: PasswordPolicy = {
  minLength: 10,
  digitsAndMixedCase: true,
  specials: true,
  specialCharacters: '!@#$%^&*()_+-=[]{}|;:,.<>?',
};

/** The shortest minimum an administrator may choose. */
export const PASSWORD_LENGTH_FLOOR = 8;
/** Longer input is refused before it is hashed: hashing costs in proportion. */
export const PASSWORD_LENGTH_MAX = 128;

/** What the password lacks, as sentences a person can act on; empty if nothing. */
export function passwordFaults(password: string, policy: PasswordPolicy): string[] {
  const length = [...password].length;
  const special = [...policy.specialCharacters];
  const rules: readonly [boolean, string][] = [
    [length >= policy.minLength, `at least ${policy.minLength} characters`],
    [length <= PASSWORD_LENGTH_MAX, `at most ${PASSWORD_LENGTH_MAX} characters`],
    [!policy.digitsAndMixedCase || /\p{Nd}/u.test(password), 'a digit'],
    [!policy.digitsAndMixedCase || /\p{Lu}/u.test(password), 'an upper-case letter'],
    [!policy.digitsAndMixedCase || /\p{Ll}/u.test(password), 'a lower-case letter'],
    [
      !policy.specials || special.some((character) => password.includes(character)),
      `one of ${policy.specialCharacters}`,
    ],
  ];
  return rules.filter(([held]) => !held).map(([, sentence]) => sentence);
}
