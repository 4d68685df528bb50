/** CAR-2016-04-004, Successful Local Account Login: network logons with a computer's own accounts. */
import type { SessionEvent } from '../model.ts';
import { defineReport } from '../reports/report.ts';
import { personLogons } from './logons.ts';

const NETWORK_TYPE = 3;

export const localAccountLogons = defineReport({
  id: 'CAR-2016-04-004',
  title: 'Network logons with local accounts',
  method:
    'Successful network logons by NTLM with an account of the computer itself instead of one of the domain, anonymous ' +
    'ones left out; a hint at pass-the-hash (ATT&CK T1550.002). Computers outside a domain have no other accounts, so ' +
    'there it is ordinary: it proves nothing by itself.',
  needsEveryEvent: true,
  columns: {
    time: { title: 'Time', unit: 'instant' },
    computer: { title: 'Computer' },
    user: { title: 'User' },
    address: { title: 'From address' },
    workstation: { title: 'From workstation' },
    logonProcess: { title: 'Logon process' },
    lmPackage: { title: 'NTLM version' },
    logonId: { title: 'Logon ID' },
  },
  rows(input) {
    const { logons, book } = personLogons(input, [NETWORK_TYPE]);
    return logons.filter(isLocalByNtlm).map((logon) => ({
      time: logon.time,
      computer: logon.computer,
      user: book.nameOf(book.keyOf(logon)),
      address: logon.sourceAddress,
      workstation: logon.workstation,
      logonProcess: logon.logonProcess,
      lmPackage: logon.detail?.lmPackage ?? null,
      logonId: logon.logonId,
    }));
  },
});

/** A local account's domain is the name of its computer. */
function isLocalByNtlm({ logonType, authPackage, domain, computer }: SessionEvent): boolean {
  return (
    logonType === NETWORK_TYPE &&
    authPackage?.toUpperCase() === 'NTLM' &&
    domain?.toUpperCase() === computer.toUpperCase()
  );
}
