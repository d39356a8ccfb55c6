/** Searching for a text in which some places (`holes`, ascending) may hold any one unit. */

/** Does `sought` stand at `at`? A place outside `text` never matches. */
export function holedAt(
  sought: string,
  holes: readonly number[],
  text: string,
  at: number,
): boolean {
  if (at < 0 || at + sought.length > text.length) return false
  let from = 0
  for (const hole of holes) {
    for (let i = from; i < hole; i++) {
      if (sought.charCodeAt(i) !== text.charCodeAt(at + i)) return false
    }
    from = hole + 1
  }
  for (let i = from; i < sought.length; i++) {
    if (sought.charCodeAt(i) !== text.charCodeAt(at + i)) return false
  }
  return true
}

const longSought = 64

/** The leftmost place at or after `from` where `sought` stands wholly before `end`, or -1. */
export function findHoled(
  sought: string,
  holes: readonly number[],
  text: string,
  from: number,
  end: number,
): number {
  if (sought.length > longSought) return findInParallel(sought, holes, text, from, end)
  for (let at = from; at + sought.length <= end; at++) {
    if (holedAt(sought, holes, text, at)) return at
  }
  return -1
}

/**
 * Shift-And: bit i of `state` says that the first i + 1 units of `sought` end here, 32 places a
 * step. A unit that stands in many places gets a mask; for a rare one its few places are looked
 * at, so masks never outgrow `sought` itself.
 */
function findInParallel(
  sought: string,
  holes: readonly number[],
  text: string,
  from: number,
  end: number,
): number {
  const words = Math.ceil(sought.length / 32)
  const anyUnit = new Int32Array(words)
  for (const hole of holes) setBit(anyUnit, hole)
  const places = placesOf(sought, holes)
  const masks = new Map<number, Int32Array>()
  for (const [code, at] of places) {
    if (at.length <= words) continue
    const mask = anyUnit.slice()
    for (const place of at) setBit(mask, place)
    masks.set(code, mask)
  }
  let state = new Int32Array(words)
  let next = new Int32Array(words)
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at)
    const mask = masks.get(code) ?? anyUnit
    let carry = 1
    for (let w = 0; w < words; w++) {
      const word = state[w] ?? 0
      const shifted = (word << 1) | carry
      carry = word >>> 31
      next[w] = shifted & (mask[w] ?? 0)
    }
    if (mask === anyUnit) {
      for (const place of places.get(code) ?? []) {
        if (place === 0 || hasBit(state, place - 1)) setBit(next, place)
      }
    }
    if (hasBit(next, sought.length - 1)) return at - sought.length + 1
    const spare = state
    state = next
    next = spare
  }
  return -1
}

function placesOf(sought: string, holes: readonly number[]): Map<number, number[]> {
  const places = new Map<number, number[]>()
  const isHole = new Set(holes)
  for (let i = 0; i < sought.length; i++) {
    if (isHole.has(i)) continue
    const code = sought.charCodeAt(i)
    const known = places.get(code)
    if (known === undefined) places.set(code, [i])
    else known.push(i)
  }
  return places
}

function setBit(bits: Int32Array, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31))
}

function hasBit(bits: Int32Array, at: number): boolean {
  return ((bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0
}
