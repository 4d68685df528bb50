/** What the sign-in page says. */
export const TEXT = {
  title: 'Sign in to Logonscope',
  name: 'User name or e-mail address',
  password: 'Password',
  remember: 'Keep me signed in on this computer',
  signIn: 'Sign in',
  code: 'Code of your authenticator',
  codeHint: 'The six digits that your app shows now.',
  recovery: 'Recovery code',
  recoveryHint: 'One of the codes you kept when you set up the authenticator. Each works once.',
  useRecovery: 'Use a recovery code instead',
  useCode: 'Use the authenticator instead',
  other: 'Sign in as somebody else',
  enrolTitle: 'Set up an authenticator',
  enrol: 'Your account needs a second factor. It takes a minute and any authenticator app will do.',
  passwordTitle: 'Choose a new password',
  choose: 'The password you have was set by an administrator. Choose one that only you know.',
  forgot: 'Forgotten your password?',
  forgotAnswer:
    'An administrator of your company or of this installation sets a new one for you; at the next sign-in you choose your own. On the server itself, “logonscope admin reset-password” does the same.',
  register: 'Register',
  local: 'Look at log files without an account',
  localAbout: 'They are read in this browser and sent nowhere.',
  docs: 'API',
  help: 'Help',
};

/** Why the sign-in provider's answer let nobody in. */
export const PROBLEMS: Readonly<Record<string, string>> = {
  'account/provider-away': 'The sign-in provider does not answer now. Try again in a moment.',
  'account/provider-expired': 'That sign-in took too long. Begin anew.',
  'account/provider-failed':
    'What the sign-in provider said does not hold. Begin anew; if it happens again, tell your administrator.',
  'account/provider-refused': 'The sign-in provider did not let you in.',
  'account/provider-replayed': 'That sign-in was completed already. Begin anew.',
  'account/provider-connected': 'Another account is connected with that sign-in.',
  'account/inactive': 'Your account waits for an administrator to activate it.',
  'account/provider-unverified': 'Your provider does not vouch for an e-mail address of yours.',
  'account/provider-domain': 'Addresses of your domain may not sign in here.',
  'account/provider-unknown': 'There is no account for you here. Ask your administrator for one.',
  'account/provider-taken':
    'An account has your address already. Sign in to it with its password and connect it on the account page.',
  'account/provider-connect-first':
    'Sign in to this account with its password and connect it on the account page.',
  'account/provider-company': 'The company for new people does not exist. Tell your administrator.',
  'account/no-provider': 'No sign-in provider is set up here.',
  'account/not-connected': 'No account is connected with that sign-in.',
  'account/taken':
    'There is an account of this name or address already. Sign in with its password and connect it on your account page.',
};
