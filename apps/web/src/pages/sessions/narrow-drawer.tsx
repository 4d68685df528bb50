/** The facets as a sheet, where there is no room for them beside the list. */
import { Facets, type FacetsProps } from '../../parts/filter/facets.tsx';
import { Drawer } from '../../ui/index.ts';

export default function NarrowDrawer({
  open,
  onClose,
  ...facets
}: FacetsProps & { open: boolean; onClose: () => void }) {
  return (
    <Drawer open={open} onClose={onClose} title="Narrow the list">
      {open ? <Facets {...facets} /> : null}
    </Drawer>
  );
}
