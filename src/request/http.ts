/** One HTTP request as it came off the socket. SigV4 needs every part raw, so nothing here is decoded. */
export interface HttpRequest {
  readonly method: string
  /** Before the `?`, percent-escapes kept. */
  readonly path: string
  /** After the `?`, percent-escapes kept; empty when there is none. */
  readonly query: string
  /** Names and values alternating, in arrival order and original case (Node's `rawHeaders`). */
  readonly headers: readonly string[]
  readonly body: Uint8Array
  /** An IPv4 caller's in its own form, whatever socket it came in by. */
  readonly remoteAddress: string
  /** True over TLS: `aws:SecureTransport`. */
  readonly secure: boolean
}

/** An answer; what every one has (`Date`, `Content-Length`) is added when it is sent. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  /** The length of the body, where it was counted already. */
  readonly bodyBytes?: number
}

export type Handler = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>
