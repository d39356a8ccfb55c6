import { StoreUnavailable } from './store-errors.ts'

/** Shared by both ports of one store: closing either closes the store. */
export interface Lifetime {
  closed: boolean
}

export function refuseClosed(lifetime: Lifetime): void {
  if (lifetime.closed) throw new StoreUnavailable('it is closed')
}
