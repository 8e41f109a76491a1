// Globals that Node, browsers and Electron all have; `src/shared` is compiled with these and the language alone.
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean })
  decode(input?: Uint8Array): string
}
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
}
declare class Blob {
  constructor(parts?: readonly (string | Uint8Array<ArrayBuffer> | ArrayBuffer)[], options?: { type?: string })
  readonly size: number
  readonly type: string
  arrayBuffer(): Promise<ArrayBuffer>
  text(): Promise<string>
}
declare function btoa(text: string): string
declare function atob(text: string): string
