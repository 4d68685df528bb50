/**
 * The globals that browsers and Node share and the readers may touch, complete: everything else is ES2023.
 * `TextDecoder` turns bytes of text formats into strings; EVTX decodes its own UTF-16 and needs nothing of this.
 */
interface TextDecoder {
  readonly encoding: string;
  decode(input?: ArrayBuffer | ArrayBufferView | null, options?: { stream?: boolean }): string;
}

declare var TextDecoder: {
  prototype: TextDecoder;
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
};
