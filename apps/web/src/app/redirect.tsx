/** Leads to another address, once, however often it is drawn meanwhile. */
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';

/** `to` is a whole address of this site, search part included. */
export function Redirect({ to }: { to: string }) {
  const navigate = useNavigate();
  useEffect(() => {
    void navigate({ href: to, replace: true });
  }, [navigate, to]);
  return null;
}

/** The sign-in page that leads back to the address of now. */
export const signInAddress = (next: string): string =>
  next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
