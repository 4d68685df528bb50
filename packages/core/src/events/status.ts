/** Why a logon failed: the NTSTATUS codes of failed logons in words. */

/** Source: the "Status" and "Sub Status" tables of Microsoft's page on the failed logon event, and ntstatus.h. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['0xc000005e', 'no logon servers available'],
  ['0xc0000022', 'access denied'],
  ['0xc0000064', 'no such user'],
  ['0xc000006a', 'bad password'],
  ['0xc000006c', 'password does not meet the policy'],
  ['0xc000006d', 'bad user name or password'],
  ['0xc000006e', 'account restriction'],
  ['0xc000006f', 'outside allowed hours'],
  ['0xc0000070', 'workstation not allowed'],
  ['0xc0000071', 'password expired'],
  ['0xc0000072', 'account disabled'],
  ['0xc00000dc', 'server in the wrong state'],
  ['0xc0000133', 'clocks too far apart'],
  ['0xc000015b', 'logon type not granted'],
  ['0xc000018c', 'trust with the domain failed'],
  ['0xc000018d', 'trust of the workstation failed'],
  ['0xc000018e', 'trust relationship failed'],
  ['0xc0000192', 'netlogon not started'],
  ['0xc0000193', 'account expired'],
  ['0xc0000224', 'password must be changed'],
  ['0xc0000225', 'not found (a Windows fault)'],
  ['0xc0000234', 'account locked out'],
  ['0xc00002ee', 'unexplained logon failure'],
  ['0xc0000380', 'wrong smart card PIN'],
  ['0xc0000381', 'smart card blocked'],
  ['0xc0000413', 'authentication firewall'],
  ['0xc000038f', 'smart card without a suitable certificate'],
  ['0xc0020050', 'call cancelled'],
]);

/** The reason in words: the sub-status is the more exact one, the status comes second. Null if neither is known. */
export function failureReason(status: string | null, subStatus: string | null): string | null {
  const exact = subStatus === null ? undefined : REASONS.get(subStatus);
  return exact ?? (status === null ? null : (REASONS.get(status) ?? null));
}
