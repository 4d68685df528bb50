/** One session as a page of its own: to be linked, and to be printed. */
import { useParams } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import { Button, EmptyState, PageHeader } from '../../ui/index.ts';
import { SessionDetail } from './session-detail.tsx';

/** As the contract has ids; anything else cannot be one. */
const ID = /^[0-9a-f]{8,32}$/;

export default function SessionPage() {
  const { sessionId = '' } = useParams({ strict: false }) as { sessionId?: string };
  return (
    <>
      <PageHeader title="Session">
        <Button icon={<Printer size={16} aria-hidden />} onClick={() => print()}>
          Print
        </Button>
      </PageHeader>
      {ID.test(sessionId) ? (
        <SessionDetail sessionId={sessionId} whole />
      ) : (
        <EmptyState title="There is no such session">The address is not one of a session.</EmptyState>
      )}
    </>
  );
}
