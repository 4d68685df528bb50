/** What is behind the sign-in, in one piece: whoever only signs in does not load it first. */
export { CompanyFrame } from './company-frame.tsx';
export { Home } from './home.tsx';
export { SignedIn } from './signed-in.tsx';
