/** Which account an identity of the provider opens: connected, by its address, newly made, or none. */
import { afterEach, describe, expect, it } from 'vitest';
import { hashPassword } from '../../access/passwords/passwords.ts';
import { type ProviderStage, providerStage } from './testdata/provider-stage.ts';

const PASSWORD = 'Correct-Horse-1';
const ANA = { sub: 'subject-ana', email: 'ana@example.com', email_verified: true };
let stage: ProviderStage;

async function setPasswords(): Promise<void> {
  const password_hash = await hashPassword(PASSWORD);
  await stage.portal.store.db.updateTable('users').set({ password_hash }).execute();
}

const usersNamed = (name: string) =>
  stage.portal.store.db.selectFrom('users').selectAll().where('username_key', '=', name).execute();

describe('an address', () => {
  afterEach(() => stage.close());
  const open = async (rules: Parameters<typeof providerStage>[0], there = {}) => {
    stage = await providerStage(rules, there);
    const { companyId } = await stage.portal.addCompany('Acme');
    await stage.portal.addPerson('ana');
    await stage.portal.addPerson('boss', 'GlobalAdmin');
    await stage.portal.addPerson('admin', 'Admin');
    await stage.portal.addPerson('chief', 'User', { [companyId]: 'CompanyAdmin' });
    await setPasswords();
    return companyId;
  };
  const codeFor = async (person: object) => {
    stage.provider.person = { ...person };
    const { status, body } = await stage.browser().signIn();
    return status === 303 ? 'in' : body.code;
  };

  it('opens the account that has it, once the operator says so and the provider vouches for it', async () => {
    await open({ linkByEmail: true });
    expect(await codeFor({ ...ANA, email_verified: false })).toBe('account/provider-unverified');
    expect(await codeFor({ ...ANA, email_verified: 'true' })).toBe('account/provider-unverified');
    expect(await codeFor({ ...ANA, email: undefined })).toBe('account/provider-unverified');
    expect(await codeFor({ ...ANA, email: 'ANA@Example.com' })).toBe('in');
    // From now on the subject counts: who takes over the address at the provider is somebody else.
    expect(await codeFor({ ...ANA, email: 'new@example.com', email_verified: false })).toBe('in');
    expect(await codeFor({ ...ANA, sub: 'another' })).toBe('in');
  });

  it('never opens an administrator’s account', async () => {
    await open({ linkByEmail: true, createUsers: true });
    for (const name of ['boss', 'admin', 'chief'])
      expect(await codeFor({ ...ANA, sub: name, email: `${name}@example.com` })).toBe(
        'account/provider-connect-first',
      );
    expect((await stage.trail()).every(({ outcome }) => outcome === 'refused')).toBe(true);
  });

  it('of a domain that is not in the list opens nothing, also for who is connected', async () => {
    await open({ linkByEmail: true, domains: ['example.com'] });
    expect(await codeFor(ANA)).toBe('in');
    expect(await codeFor({ ...ANA, email: 'ana@elsewhere.example' })).toBe('account/provider-domain');
    expect(await codeFor({ ...ANA, email: 'ana@sub.example.com' })).toBe('account/provider-domain');
    expect(await codeFor({ ...ANA, email_verified: false })).toBe('account/provider-domain');
  });

  it('may come with the user information, which is about the same person', async () => {
    await open({ linkByEmail: true });
    stage.provider.told = { email: 'ana@example.com', email_verified: true };
    stage.provider.mischief = { userinfoSubject: 'somebody else' };
    expect(await codeFor({ sub: 'subject-ana' })).toBe('account/provider-unverified');
    stage.provider.mischief = {};
    expect(await codeFor({ sub: 'subject-ana' })).toBe('in');
    // What is asked for does not vouch for an address that the token names.
    stage.provider.told = { email: 'chief@example.com', email_verified: true };
    expect(await codeFor({ sub: 'x', email: 'chief@example.com' })).toBe('account/provider-unverified');
  });

  it('of nobody makes no account, unless the operator says so', async () => {
    await open({});
    expect(await codeFor({ ...ANA, email: 'new@example.com' })).toBe('account/provider-unknown');
  });

  it('of nobody makes an account without a password, in the company that the operator named', async () => {
    const companyId = await open(
      { createUsers: true, company: 'ACME' },
      { authMethods: ['client_secret_post'] },
    );
    stage.provider.person = { ...ANA, email: 'zoe@example.com', preferred_username: 'Zoë.Ångström@corp' };
    const zoe = stage.browser();
    await zoe.signIn();
    expect(await zoe.whoami()).toMatchObject({
      username: 'Zoë.Ångström',
      email: 'zoe@example.com',
      role: 'User',
      hasPassword: false,
      companies: [{ companyId, role: 'User' }],
    });
    for (const password of ['!', '', 'x'])
      expect((await stage.browser().send('POST', '/login', { login: 'zoë.ångström', password })).status).toBe(
        password === '' ? 400 : 401,
      );
    // No password to change, none to lose, and a second factor only after being asked anew.
    expect((await zoe.send('POST', '/password', { password: 'x', newPassword: PASSWORD })).body.code).toBe(
      'account/no-password',
    );
    expect((await zoe.send('DELETE', '/provider/connection')).body.code).toBe('account/no-password');
    expect((await zoe.send('POST', '/mfa/start', {})).body.code).toBe('account/sign-in-anew');
    await zoe.signIn('?anew=true');
    await zoe.whoami();
    expect((await zoe.send('POST', '/mfa/start', {})).status).toBe(200);
    // A second person of that name gets a number.
    expect(
      await codeFor({ ...ANA, sub: 'two', email: 'z2@example.com', preferred_username: 'Zoë.Ångström' }),
    ).toBe('in');
    expect(await usersNamed('zoë.ångström2')).toHaveLength(1);
    const [made] = (await stage.portal.store.db.selectFrom('audit_trail').selectAll().execute()).filter(
      ({ company_id, action }) => company_id === companyId && action === 'user.create',
    );
    expect(JSON.parse(made!.detail!)).toMatchObject({ by: 'provider', email: 'zoe@example.com' });
  });

  it('makes nothing where the company for new people is missing, or two people come at once with one address', async () => {
    await open({ createUsers: true, company: 'Gone' });
    expect(await codeFor({ ...ANA, email: 'new@example.com' })).toBe('account/provider-company');
    expect(await usersNamed('new')).toEqual([]);
  });
});
