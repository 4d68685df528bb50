/** Events in the words of CAR, OCSF and ECS. */
import { describe, expect, test } from 'vitest';
import { decode } from '../events/decode.ts';
import { ALICE, AT, securityRecord, windowsRecord } from '../events/testdata/record.ts';
import { type SessionEvent, SIGNALS } from '../model.ts';
import type { WindowsRecord } from '../record.ts';
import { toEcs } from './ecs.ts';
import { toCar } from './mitre-car.ts';
import { toOcsf } from './ocsf.ts';

const target = {
  TargetUserSid: ALICE,
  TargetUserName: 'alice',
  TargetDomainName: 'CORP',
  TargetLogonId: '0xf61f3',
};
const network = { IpAddress: '10.1.0.7', IpPort: '50438', WorkstationName: 'LAPTOP-7' };

function event(record: WindowsRecord): SessionEvent {
  return decode(record)!;
}
const logon = (type: number) =>
  event(securityRecord(4624, { ...target, ...network, LogonType: String(type) }));
const failed = event(
  securityRecord(4625, {
    ...target,
    ...network,
    LogonType: '2',
    Status: '0xc000006d',
    SubStatus: '0xc000006a',
  }),
);
const reconnected = (SessionName: string) =>
  event(
    securityRecord(4778, {
      AccountName: 'alice',
      AccountDomain: 'CORP',
      LogonID: '0xf61f3',
      SessionName,
      ClientAddress: '10.1.0.7',
    }),
  );

describe('CAR', () => {
  const source = { src_ip: '10.1.0.7', src_port: 50438 };
  const noSource = { src_ip: null, src_port: null };

  test.each([
    [2, { action: 'login', login_type: 'interactive', ...noSource }],
    [11, { action: 'login', login_type: 'interactive', ...noSource }],
    [10, { action: 'login', login_type: 'rdp', ...source }],
    [12, { action: 'login', login_type: 'rdp', ...source }],
    [3, { action: 'login', login_type: 'remote', ...source }],
    [8, { action: 'login', login_type: 'remote', ...source }],
    [4, { action: 'login', login_type: 'local', ...noSource }],
    [5, { action: 'login', login_type: 'local', ...noSource }],
    [9, { action: 'login', login_type: 'local', ...noSource }],
    [7, { action: 'unlock', login_type: 'interactive', ...source }],
    [13, { action: 'unlock', login_type: 'interactive', ...source }],
  ])('a logon of type %d', (type, expected) => {
    expect(toCar(logon(type))).toMatchObject({ ...expected, login_successful: true, login_id: '0xf61f3' });
  });

  test('the whole object, in order', () => {
    expect(JSON.stringify(toCar(logon(10)))).toBe(
      '{"object":"user_session","action":"login","dest_ip":null,"dest_port":null,"hostname":"PC-0012",' +
        '"login_id":"0xf61f3","login_successful":true,"login_type":"rdp","src_ip":"10.1.0.7","src_port":50438,' +
        `"uid":"${ALICE}","user":"CORP\\\\alice"}`,
    );
  });

  test('a failed logon is a login without success or ID, whatever its type, with its source', () => {
    expect(toCar(failed)).toMatchObject({
      action: 'login',
      login_successful: false,
      login_id: null,
      login_type: 'interactive',
      ...source,
    });
  });

  test("the computer's own logon at boot is a local login", () => {
    const boot = securityRecord(4624, { ...target, TargetLogonId: '0x3e7', LogonType: '0' });
    expect(toCar(event(boot))).toMatchObject({
      action: 'login',
      login_type: 'local',
      login_successful: true,
    });
    expect(toCar(event(securityRecord(4608, {})))).toBeNull();
  });

  test('a reconnect by where the desktop is shown', () => {
    const reconnect = { action: 'reconnect', login_successful: null, uid: null, user: 'CORP\\alice' };
    expect(toCar(reconnected('RDP-Tcp#5'))).toMatchObject({
      ...reconnect,
      login_type: 'rdp',
      src_ip: '10.1.0.7',
    });
    expect(toCar(reconnected('Console'))).toMatchObject({
      ...reconnect,
      login_type: 'interactive',
      src_ip: null,
    });
  });

  test.each([
    [4634, 'logout'],
    [4647, 'logout'],
    [4800, 'lock'],
    [4801, 'unlock'],
    [4802, undefined],
    [4779, undefined],
    [4672, undefined],
    [4648, undefined],
  ])('%d is %s', (id, action) => {
    const car = toCar(event(securityRecord(id, target)));
    expect(car?.action).toBe(action);
    expect(car?.login_successful ?? null).toBeNull();
  });
});

describe('OCSF', () => {
  test('a logon over RDP', () => {
    expect(toOcsf(logon(10))).toMatchObject({
      activity_id: 1,
      activity_name: 'Logon',
      class_uid: 3002,
      category_uid: 3,
      type_uid: 300201,
      type_name: 'Authentication: Logon',
      time: AT,
      severity_id: 1,
      status_id: 1,
      logon_type_id: 10,
      is_remote: true,
      user: { name: 'alice', domain: 'CORP', uid: ALICE },
      session: { uid: '0xf61f3' },
      src_endpoint: { ip: '10.1.0.7', port: 50438, hostname: 'LAPTOP-7' },
      dst_endpoint: { hostname: 'PC-0012.corp.example' },
      metadata: { event_code: '4624', uid: '17', log_name: 'Security' },
    });
  });

  test('a failed logon', () => {
    expect(toOcsf(failed)).toMatchObject({
      activity_id: 1,
      status_id: 2,
      status_code: '0xc000006a',
      status_detail: 'bad password',
      logon_type_id: 2,
      is_remote: false,
    });
  });

  test('what OCSF has no activity for is "Other" under its own name', () => {
    expect(toOcsf(event(securityRecord(4800, target)))).toMatchObject({
      activity_id: 99,
      activity_name: 'Locked',
      type_uid: 300299,
      type_name: 'Authentication: Other',
    });
    expect(toOcsf(event(securityRecord(4634, target)))).toMatchObject({ activity_id: 2, type_uid: 300202 });
  });

  test('boots and cleared logs are no authentication', () => {
    expect(toOcsf(event(securityRecord(4608, {})))).toBeNull();
    expect(
      toOcsf(event(windowsRecord({ provider: 'Microsoft-Windows-Eventlog', eventId: 1102 }))),
    ).toBeNull();
  });
});

describe('ECS', () => {
  test('a logon', () => {
    expect(toEcs(logon(3))).toMatchObject({
      '@timestamp': '2025-11-03T08:58:02.125Z',
      event: {
        category: ['authentication', 'session'],
        type: ['start'],
        action: 'logged-in',
        outcome: 'success',
        code: '4624',
      },
      user: { name: 'alice', domain: 'CORP', id: ALICE },
      source: { ip: '10.1.0.7', port: 50438 },
      host: { name: 'PC-0012', hostname: 'PC-0012.corp.example' },
      winlog: { event_id: 4624, record_id: 17, logon: { id: '0xf61f3', type: 'Network' } },
    });
  });

  test('a failed logon', () => {
    expect(toEcs(failed)).toMatchObject({
      event: { action: 'logon-failed', outcome: 'failure', reason: 'bad password' },
      winlog: { logon: { failure: { status: '0xc000006d', sub_status: '0xc000006a' } } },
    });
  });

  test('every signal has allowed categories and types', () => {
    const categories = ['authentication', 'session', 'host', 'configuration', 'network', 'iam'];
    const types = ['start', 'end', 'change', 'error', 'info', 'connection', 'admin', 'deletion'];
    for (const signal of SIGNALS) {
      const { event: ecs } = toEcs({ ...failed, signal });
      expect(categories).toEqual(expect.arrayContaining(ecs.category));
      expect(types).toEqual(expect.arrayContaining(ecs.type));
    }
  });
});
