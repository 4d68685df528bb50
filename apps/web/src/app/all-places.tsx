/** All pages as a sheet: what the bottom bar of a phone has no room for. */
import { Drawer } from '../ui/index.ts';
import { Places } from './places.tsx';

export default function AllPlaces({ companyId, onClose }: { companyId: number | null; onClose: () => void }) {
  return (
    <Drawer open onClose={onClose} title="All pages">
      <nav aria-label="All pages">
        <Places companyId={companyId} onFollow={onClose} />
      </nav>
    </Drawer>
  );
}
