/** How many requests of one service and operation ended with one code. */
export interface Tally {
  readonly labels: { readonly service: string; readonly operation: string; readonly code: string }
  count: number
}

/** Requests by service, operation and code; names come from the requests, so their number has an end. */
export interface RequestTallies {
  /** The one to add to; `other` three times over for new names once there are too many. */
  of(service: string, operation: string, code: string): Tally
  all(): Iterable<Tally>
}

/** Far above operations times codes as they occur. */
const maxTallies = 2_000

export function requestTallies(): RequestTallies {
  // Three maps, for a key joined of three names would be a new text for every request.
  const services = new Map<string, Map<string, Map<string, Tally>>>()
  let made = 0
  const of = (service: string, operation: string, code: string): Tally => {
    const found = services.get(service)?.get(operation)?.get(code)
    if (found) return found
    if (made >= maxTallies && service !== 'other') return of('other', 'other', 'other')
    made += 1
    const tally = { labels: { service, operation, code }, count: 0 }
    const operations = entryOf(services, service, () => new Map<string, Map<string, Tally>>())
    entryOf(operations, operation, () => new Map<string, Tally>()).set(code, tally)
    return tally
  }
  return {
    of,
    *all() {
      for (const operations of services.values())
        for (const codes of operations.values()) yield* codes.values()
    },
  }
}

/** What a map has under a key, made when it has nothing there yet. */
export function entryOf<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
