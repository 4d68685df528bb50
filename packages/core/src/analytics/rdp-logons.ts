/** CAR-2016-04-005, Remote Desktop Logon: logons by RDP from sources that are not approved. */
import { defineReport } from '../reports/report.ts';
import { personLogons, RDP_TYPES } from './logons.ts';

export const rdpLogons = defineReport({
  id: 'CAR-2016-04-005',
  title: 'Remote Desktop logons from other than approved sources',
  method:
    'Remote Desktop logons whose source is not on the list of approved ones (addresses, blocks such as 10.1.0.0/16, or ' +
    'accounts); with an empty list, all of them (ATT&CK T1021.001). An address can be shared or that of a gateway: the ' +
    'log does not prove who sat there.',
  needsEvents: true,
  columns: {
    time: { title: 'Time', unit: 'instant' },
    user: { title: 'User' },
    computer: { title: 'Computer' },
    address: { title: 'From address' },
    workstation: { title: 'From workstation' },
    package: { title: 'Package' },
    logonId: { title: 'Logon ID' },
  },
  rows(input) {
    const { logons, book } = personLogons(input, RDP_TYPES);
    return logons
      .filter(({ logonType, authPackage }) => logonType !== null && isNegotiated(authPackage))
      .map((logon) => ({
        time: logon.time,
        user: book.nameOf(book.keyOf(logon)),
        computer: logon.computer,
        address: logon.sourceAddress,
        workstation: logon.workstation,
        package: logon.authPackage,
        logonId: logon.logonId,
      }));
  },
});

/** CAR asks for Negotiate; formats that do not carry the package are believed. */
function isNegotiated(authPackage: string | null): boolean {
  return authPackage === null || authPackage.toLowerCase() === 'negotiate';
}
