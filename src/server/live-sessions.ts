/** Counts sessions until they expire without keeping any of them: a number for each minute in which some end. */
export interface LiveSessions {
  /** Both in seconds since the epoch. */
  add(expiresAt: number, now: number): void
  count(now: number): number
}

/** More minutes than the longest session has (36 hours): only expired ones can be beyond. */
const sweepAt = 4_000

export function liveSessions(): LiveSessions {
  const endingIn = new Map<number, number>()
  const sweep = (now: number): void => {
    for (const minute of endingIn.keys()) if (minute * 60 <= now) endingIn.delete(minute)
  }
  return {
    add(expiresAt, now) {
      if (endingIn.size > sweepAt) sweep(now)
      const minute = Math.ceil(expiresAt / 60)
      endingIn.set(minute, (endingIn.get(minute) ?? 0) + 1)
    },
    count(now) {
      sweep(now)
      let live = 0
      for (const count of endingIn.values()) live += count
      return live
    },
  }
}
