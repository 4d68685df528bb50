/** Splunk's names for the values of classically rendered Windows events, which name subject and target alike. */
import { type JsonObject, own, textOf } from '../windows-object.ts';

type Pick = 'first' | 'last';

/** Windows' name → Splunk's field; where it has several values the first is the subject, the last the target. */
// biome-ignore format: a table reads better in rows
const CLASSIC: Readonly<Record<string, readonly [field: string, pick: Pick]>> = {
  SubjectUserSid: ['Security_ID', 'first'],        TargetUserSid: ['Security_ID', 'last'],
  SubjectUserName: ['Account_Name', 'first'],      TargetUserName: ['Account_Name', 'last'],
  SubjectDomainName: ['Account_Domain', 'first'],  TargetDomainName: ['Account_Domain', 'last'],
  SubjectLogonId: ['Logon_ID', 'first'],           TargetLogonId: ['Logon_ID', 'last'],
  AccountName: ['Account_Name', 'last'],           AccountDomain: ['Account_Domain', 'last'],
  LogonID: ['Logon_ID', 'last'],                   TargetLinkedLogonId: ['Linked_Logon_ID', 'last'],
  LogonType: ['Logon_Type', 'last'],               ElevatedToken: ['Elevated_Token', 'last'],
  WorkstationName: ['Workstation_Name', 'last'],   LogonProcessName: ['Logon_Process', 'last'],
  IpAddress: ['Source_Network_Address', 'last'],   IpPort: ['Source_Port', 'last'],
  AuthenticationPackageName: ['Authentication_Package', 'last'],
  SessionName: ['Session_Name', 'last'],           SessionId: ['Session_ID', 'last'],
  ClientName: ['Client_Name', 'last'],             ClientAddress: ['Client_Address', 'last'],
  SubStatus: ['Sub_Status', 'last'],               TargetServerName: ['Target_Server_Name', 'last'],
  ProcessName: ['Process_Name', 'last'],           ProcessId: ['Process_ID', 'last'],
};

/** The value of a Windows field in an object with Splunk's classic names; null if it has none. */
export function classicValue(object: JsonObject, name: string): string | null {
  const row = Object.hasOwn(CLASSIC, name) ? CLASSIC[name] : undefined;
  if (row === undefined) return null;
  const value = own(object, row[0]);
  const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split('\n') : [value];
  return textOf(list.at(row[1] === 'first' ? 0 : -1));
}
