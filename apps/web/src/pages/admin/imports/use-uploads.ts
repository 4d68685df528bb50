/** Files on their way to the server, one after the other. */
import { type createImport, type InputOf, listImports } from '@logonscope/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useSource } from '../../../data/source.ts';
import { wordsOf } from '../../../ui/index.ts';
import { type Sending, sendFile } from './upload.ts';

export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly share: number;
  /** Why it was not taken; null while it is on its way. */
  readonly error: string | null;
}

type Query = Omit<InputOf<typeof createImport>['query'], 'name'>;

let latestId = 0;

export function useUploads() {
  const source = useSource();
  const cache = useQueryClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const sendings = useRef(new Map<number, Sending>());
  const queue = useRef(Promise.resolve());
  const dropped = useRef(new Set<number>());
  useEffect(
    () => () => {
      for (const sending of sendings.current.values()) sending.cancel();
    },
    [],
  );

  const change = (id: number, changes: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...changes } : one)));
  const forget = (id: number) => setUploads((all) => all.filter((one) => one.id !== id));

  async function sendOne(id: number, file: File, query: Query): Promise<void> {
    if (dropped.current.has(id)) return;
    const sending = sendFile(file, query, (share) => change(id, { share }));
    sendings.current.set(id, sending);
    try {
      await sending.done;
      forget(id);
      await cache.invalidateQueries({ queryKey: [source.id, listImports.id] });
    } catch (error) {
      const { title, detail } = wordsOf(error);
      if (!dropped.current.has(id)) change(id, { error: detail === '' ? title : detail });
    } finally {
      sendings.current.delete(id);
    }
  }

  return {
    uploads,
    send(files: readonly File[], query: Query) {
      for (const file of files) {
        const id = ++latestId;
        setUploads((all) => [...all, { id, name: file.name, share: 0, error: null }]);
        queue.current = queue.current.then(() => sendOne(id, file, query));
      }
    },
    drop(id: number) {
      dropped.current.add(id);
      sendings.current.get(id)?.cancel();
      forget(id);
    },
  };
}
