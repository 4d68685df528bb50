/** Deeds of one press: done or refused, a message says so. Forms have `useForm` instead. */
import type { Endpoint, InputOf } from '@logonscope/protocol';
import { useDeed } from '../data/ask.ts';
import { toast, wordsOf } from '../ui/index.ts';

export interface Act<E extends Endpoint> {
  readonly busy: boolean;
  /** Resolves to whether it was done. */
  readonly run: (input: InputOf<E>, done: string) => Promise<boolean>;
}

/** `changes` are the questions whose answers the deed makes old. */
export function useAct<E extends Endpoint>(endpoint: E, changes: readonly Endpoint[]): Act<E> {
  const deed = useDeed(endpoint, changes);
  return {
    busy: deed.isPending,
    async run(input, done) {
      try {
        await deed.mutateAsync(input);
        toast(done);
        return true;
      } catch (error) {
        const { title, detail } = wordsOf(error);
        toast(detail === '' ? title : detail, 'trouble');
        return false;
      }
    },
  };
}
