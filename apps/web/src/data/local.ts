/** Files as a source: the contract's questions go to a worker that has read them. Nothing leaves the browser. */
import { type Endpoint, isSchema, RefusedError } from '@logonscope/protocol';
import { LOCAL_ENDPOINTS } from '../local/endpoints.ts';
import type {
  FromWorker,
  GivenFile,
  LocalAnswer,
  Opened,
  OpenOrder,
  Peeked,
  Progress,
  ToWorker,
} from '../local/messages.ts';
import { NotHereError, type Source } from './source.ts';

interface Waiting {
  resolve(answer: LocalAnswer): void;
  reject(error: unknown): void;
}

type Loose = { readonly params?: unknown; readonly query?: unknown };

let nextSet = 1;

/** A worker with what it has read, as a source of answers. */
export class LocalFiles implements Source {
  readonly kind = 'local' as const;
  readonly id: string;
  #worker: Worker | null = null;
  #waiting = new Map<number, Waiting>();
  #next = 1;
  #order: { resolve(message: FromWorker): void; reject(error: Error): void } | null = null;
  #progress: (progress: Progress) => void = () => {};
  readonly #start: () => Worker;

  constructor(start: () => Worker) {
    this.#start = start;
    this.id = `local-${nextSet++}`;
  }

  knows({ id }: Endpoint): boolean {
    return LOCAL_ENDPOINTS.has(id);
  }

  async peek(files: readonly GivenFile[]): Promise<readonly Peeked[]> {
    const message = await this.#run({ is: 'peek', files });
    return message.is === 'peeked' ? message.files : [];
  }

  /** Reads the files; `close` while it runs rejects with an `AbortError`. */
  async open(order: Omit<OpenOrder, 'is'>, progress: (progress: Progress) => void): Promise<Opened> {
    this.#progress = progress;
    const message = await this.#run({ is: 'open', ...order });
    if (message.is !== 'opened') throw new Error('The files were not read.');
    return message.opened;
  }

  /** Ends the worker, whatever it does. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = null;
    const gone = new DOMException('Reading was cancelled.', 'AbortError');
    this.#order?.reject(gone);
    for (const { reject } of this.#waiting.values()) reject(gone);
    this.#waiting.clear();
  }

  ask: Source['ask'] = async (endpoint, input) => {
    if (!this.knows(endpoint)) throw new NotHereError(endpoint);
    const { params = {}, query = {} } = input as Loose;
    const read = (schema: Endpoint['query'], value: unknown) => (schema?.parse(value) ?? {}) as never;
    const id = this.#next++;
    const answer = await new Promise<LocalAnswer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const asked = { params: read(endpoint.params, params), query: read(endpoint.query, query) };
      this.#send({ is: 'ask', id, endpoint: endpoint.id, ...asked });
    });
    if ('bytes' in answer) {
      return { status: 200, body: new Response(answer.bytes, { headers: answer.headers }) } as never;
    }
    const content = endpoint.replies[200]!;
    return { status: 200, body: isSchema(content) ? content.parse(answer.json) : answer.json } as never;
  };

  #send(message: ToWorker): void {
    if (this.#worker === null) {
      this.#worker = this.#start();
      this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#hear(data));
      this.#worker.addEventListener('error', ({ message: told }) =>
        this.#order?.reject(new Error(told || 'The worker that reads files could not be started.')),
      );
    }
    this.#worker.postMessage(message);
  }

  #run(message: ToWorker): Promise<FromWorker> {
    return new Promise((resolve, reject) => {
      this.#order = { resolve, reject };
      this.#send(message);
    });
  }

  #hear(message: FromWorker): void {
    if (message.is === 'progress') this.#progress(message.progress);
    else if (message.is === 'failed') this.#order?.reject(new Error(message.message));
    else if (message.is === 'peeked' || message.is === 'opened') this.#order?.resolve(message);
    else this.#settle(message);
  }

  #settle(message: Extract<FromWorker, { is: 'answer' | 'refused' }>): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.is === 'answer') {
      waiting?.resolve(message.answer);
      return;
    }
    const { status, code, detail, errors } = message.refused;
    const problem = { type: code, title: detail, status, detail, code, requestId: '', errors: [...errors] };
    waiting?.reject(new RefusedError({ status, problem, retryAfterSeconds: null }));
  }
}
