/** What one client may take of the service. Tests give their own; operators set only the body's size. */
export interface ServerLimits {
  /** From the connection's first byte to the end of the headers: ends clients that dribble. */
  readonly headersMilliseconds: number
  /** From the first byte to the end of the body. */
  readonly requestMilliseconds: number
  /** A connection without a request; above the 60 s that load balancers keep theirs, so that they close first. */
  readonly idleMilliseconds: number
  /** A connection on which nothing moves, as when the client does not read its answer. */
  readonly stalledMilliseconds: number
  /** How often these four are looked at; a connection may live up to two looks longer than they say. */
  readonly checkMilliseconds: number
  /** Request line and headers together: a session token and a presigned URL must fit. */
  readonly headerBytes: number
  readonly connections: number
  /** Bodies that are not whole yet, of all connections together. */
  readonly heldBytes: number
  /** Requests on one connection that wait for the answers of those in front of them. */
  readonly pipelined: number
  /** How much of a refused body is read and thrown away, so that the client sees the answer and not a reset. */
  readonly drainBytes: number
  readonly drainMilliseconds: number
  /** How long `stop` lets running requests finish. */
  readonly stopMilliseconds: number
}

export const defaultLimits: ServerLimits = {
  headersMilliseconds: 10_000,
  requestMilliseconds: 30_000,
  idleMilliseconds: 75_000,
  stalledMilliseconds: 120_000,
  checkMilliseconds: 2_000,
  headerBytes: 64 * 1024,
  connections: 10_000,
  heldBytes: 256 * 1024 * 1024,
  pipelined: 100,
  drainBytes: 8 * 1024 * 1024,
  drainMilliseconds: 2_000,
  stopMilliseconds: 10_000,
}
