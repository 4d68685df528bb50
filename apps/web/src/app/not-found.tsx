/** An address that leads nowhere, or to what the person may not know of: the same words for both. */
import { Link } from '@tanstack/react-router';
import { EmptyState, PageHeader } from '../ui/index.ts';
import styles from './not-found.module.css';

export function NotFound() {
  return (
    <>
      <PageHeader title="There is nothing here" />
      <EmptyState title="No page has this address" actions={<Link to="/">To the start page</Link>}>
        It may be mistyped, or lead to something that you may not see.
      </EmptyState>
    </>
  );
}

/** The same where no frame is around it. */
export function NotFoundPage() {
  return (
    <main className={styles.page}>
      <NotFound />
    </main>
  );
}
