/** How many sessions were there and in use over a range, as the minimap tells it in its binary form. */
import { addressOf, decodeMinimap, drawMinimap, type Minimap } from '@logonscope/protocol';
import { useQuery } from '@tanstack/react-query';
import { useView } from '../../app/view.ts';
import { useSource } from '../../data/source.ts';

export interface MinimapWish {
  readonly filter: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly bins: number;
}

/** The counts in bins of equal length; null asks nothing yet. */
export function useMinimap(wish: MinimapWish | null, freshMs = 300_000) {
  const source = useSource();
  const { params, zone } = useView();
  const input = {
    params,
    query: {
      filter: wish?.filter ?? '',
      timezone: zone,
      from: new Date(wish?.fromMs ?? 0).toISOString(),
      to: new Date(wish?.toMs ?? 0).toISOString(),
      bins: wish?.bins ?? 1,
    },
  };
  return useQuery<Minimap>({
    queryKey: [source.id, drawMinimap.id, addressOf(drawMinimap, input)],
    queryFn: async ({ signal }) => {
      const { body } = await source.ask(drawMinimap, input, { signal });
      return decodeMinimap(new Uint8Array(await (body as Response).arrayBuffer()));
    },
    enabled: wish !== null,
    staleTime: freshMs,
  });
}
