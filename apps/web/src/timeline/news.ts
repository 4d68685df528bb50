/** Who wants to hear of what: listeners by the name of the news. */

export class News<N> {
  private readonly listeners = new Map<keyof N, Set<(value: never) => void>>();

  /** Calls `listener` with every such news; returns what ends that. */
  on<K extends keyof N>(name: K, listener: (value: N[K]) => void): () => void {
    let some = this.listeners.get(name);
    if (some === undefined) this.listeners.set(name, (some = new Set()));
    some.add(listener);
    return () => void some.delete(listener);
  }

  tell<K extends keyof N>(name: K, value: N[K]): void {
    for (const listener of this.listeners.get(name) ?? []) (listener as (value: N[K]) => void)(value);
  }
}
