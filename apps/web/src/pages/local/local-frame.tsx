/** The frame around the pages of files; without any it leads to where they are given. */
import { Outlet } from '@tanstack/react-router';
import { AccountContext } from '../../app/account.ts';
import { Frame } from '../../app/frame.tsx';
import { Redirect } from '../../app/redirect.tsx';
import { useFiles } from './files.ts';

export function LocalFrame() {
  const opened = useFiles((files) => files.opened);
  if (opened === null) return <Redirect to="/" />;
  return (
    <AccountContext value={null}>
      <Frame>
        <Outlet />
      </Frame>
    </AccountContext>
  );
}
