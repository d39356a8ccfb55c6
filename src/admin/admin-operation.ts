import type { GenericSchema } from 'valibot'
import type { Caller } from '../request/caller.ts'
import type { Services } from '../request/services.ts'

/** What an administrative operation knows of the request it answers. */
export interface AdminScope {
  readonly caller: Caller
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly services: Services
}

/**
 * One operation of Watchword's own API: `POST /_watchword/api/<Name>` with JSON, signed with SigV4 for the service
 * `watchword`. Its permission is `watchword:<Name>` on `*`, and the caller must be of the management account.
 */
export interface AdminOperation {
  readonly name: string
  readonly input: GenericSchema<unknown, unknown>
  readonly perform: (input: never, scope: AdminScope) => object | Promise<object>
}

/** @param input - what the body must be; `perform` gets what the schema makes of it */
export function adminOperation<Input>(
  name: string,
  input: GenericSchema<unknown, Input>,
  perform: (input: Input, scope: AdminScope) => object | Promise<object>,
): AdminOperation {
  return { name, input, perform }
}
