import type { Records } from '../directory/account-records.ts'
import type { Caller } from './caller.ts'
import type { Services } from './services.ts'

/** What an operation knows of the request it answers. */
export interface Scope {
  readonly caller: Caller
  /** The caller's account: the one whose records the request reads and changes. */
  readonly account: string
  readonly records: Records
  /** Milliseconds since the epoch, read once a request. */
  readonly now: number
  readonly requestId: string
  /** The region of the signature's scope. */
  readonly region: string
  readonly services: Services
}
