/** What the sign-in page says. */
export const TEXT = {
  title: 'Sign in to Logonscope',
  name: 'User name or e-mail address',
  password: 'Password',
  remember: 'Keep me signed in on this computer',
  signIn: 'Sign in',
  code: 'Code',
  codeHint: 'Six digits of your authenticator app, or one of your recovery codes.',
};
