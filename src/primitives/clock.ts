/** Where time comes from. Long-lived parts take a `Clock`; one request reads it once and passes `now` on. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
}

/** The machine's time. */
export const systemClock: Clock = { now: () => Date.now() }

/** A clock that moves only when told: for tests and for `--dev`. */
export interface MovableClock extends Clock {
  /** Forwards, or backwards by a negative number. */
  advance(by: { seconds: number }): void
  /** To a time; a clock that runs goes on from there. */
  set(epochMilliseconds: number): void
  /** The clock that it runs with and is moved away from; a clock that stands still has none. */
  readonly base?: Clock
}

/** A clock standing still at an ISO 8601 time. */
export function clockAt(time: string): MovableClock {
  let now = Date.parse(time)
  return {
    now: () => now,
    advance: ({ seconds }) => {
      now += seconds * 1000
    },
    set: (epochMilliseconds) => {
      now = epochMilliseconds
    },
  }
}

/** A clock that runs with `base` but can be moved: what `POST /_watchword/clock` moves. */
export function offsetClock(base: Clock): MovableClock {
  let offset = 0
  return {
    now: () => base.now() + offset,
    advance: ({ seconds }) => {
      offset += seconds * 1000
    },
    set: (epochMilliseconds) => {
      offset = epochMilliseconds - base.now()
    },
    base,
  }
}

/** AWS's wire form of a time: ISO 8601, UTC, whole seconds (cut, not rounded). */
export function isoSeconds(epochMilliseconds: number): string {
  return `${new Date(epochMilliseconds).toISOString().slice(0, 19)}Z`
}
