/** Second factors after a provider: whose count, and whose are asked for. */
import { afterEach, describe, expect, it } from 'vitest';
import { totpCode } from '../../access/mfa/totp.ts';
import { hashPassword } from '../../access/passwords/passwords.ts';
import { type ProviderStage, providerStage } from './testdata/provider-stage.ts';

const PASSWORD = 'Correct-Horse-1';
const ANA = { sub: 'subject-ana', email: 'ana@example.com', email_verified: true };
let stage: ProviderStage;

async function setPasswords(): Promise<void> {
  const password_hash = await hashPassword(PASSWORD);
  await stage.portal.store.db.updateTable('users').set({ password_hash }).execute();
}

describe('a second factor', () => {
  afterEach(() => stage.close());

  async function enrolled() {
    const ana = stage.browser();
    await ana.send('POST', '/login', { login: 'ana', password: PASSWORD });
    const { body } = await ana.send('POST', '/mfa/start', { password: PASSWORD });
    await ana.send('POST', '/mfa/confirm', { code: totpCode(body.secret, stage.nowMs) });
    stage.nowMs += 60_000;
    return body.secret as string;
  }
  const open = async (mfaWords: readonly string[]) => {
    stage = await providerStage({ linkByEmail: true, mfaWords });
    await stage.portal.addPerson('ana');
    await setPasswords();
    stage.provider.person = { ...ANA, amr: ['pwd', 'otp'] };
  };

  it('of ours is asked for after the provider, where its own does not count', async () => {
    await open([]);
    const secret = await enrolled();
    const ana = stage.browser();
    expect((await ana.signIn('?next=/people')).location).toBe('/sign-in?next=%2Fpeople');
    expect(await ana.whoami()).toMatchObject({ state: 'mfa_pending', companies: [] });
    const done = await ana.send('POST', '/code', { code: totpCode(secret, stage.nowMs) });
    expect(done.body.state).toBe('full');
    expect(await ana.whoami()).toMatchObject({ state: 'full', signedInBy: 'provider' });
  });

  it('of the provider counts where the operator says so, also where one is required', async () => {
    await open(['otp', 'hwk']);
    await enrolled();
    await stage.portal.store.db
      .insertInto('app_settings')
      .values({ name: 'mfa', value: '{"everyone":true}', updated_at: 0 })
      .execute();
    const ana = stage.browser();
    await ana.signIn();
    expect(await ana.whoami()).toMatchObject({ state: 'full', mfaRequired: true });
    stage.provider.person = { ...ANA, amr: ['pwd'] };
    const weak = stage.browser();
    await weak.signIn();
    expect(await weak.whoami()).toMatchObject({ state: 'mfa_pending' });
  });

  it('that is required is set up after the provider, where nobody showed one', async () => {
    await open([]);
    await stage.portal.store.db.updateTable('users').set({ mfa_required: 1 }).execute();
    const ana = stage.browser();
    await ana.signIn();
    expect(await ana.whoami()).toMatchObject({ state: 'mfa_enrol_required' });
    const { body } = await ana.send('POST', '/mfa/start', { password: PASSWORD });
    await ana.send('POST', '/mfa/confirm', { code: totpCode(body.secret, stage.nowMs) });
    expect(await ana.whoami()).toMatchObject({ state: 'full', signedInBy: 'provider' });
  });
});
