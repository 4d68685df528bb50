/** Copies the address, which holds the whole view. */
import { toast } from '../../ui/index.ts';

/** Copies the address, which holds the whole view. */
export async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    toast('The link is copied: it shows this very view.');
  } catch {
    toast('The browser does not let us copy. The address bar holds the link.', 'trouble');
  }
}
