/** An address that leads nowhere, or to what the person may not know of: the same words for both. */
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../ui/index.ts';

export function NotFound() {
  return (
    <EmptyState title="There is nothing here" actions={<Link to="/">To the start page</Link>}>
      The address may be mistyped, or lead to something that you may not see.
    </EmptyState>
  );
}
