/**
 * `indexOf` can take the product of both lengths on periodic texts; past this length of the sought
 * text the search keeps a failure table and stays linear.
 */
const longLiteral = 64

/** The leftmost place at or after `from` where `sought` stands wholly before `end`, or -1. */
export function findLiteral(sought: string, text: string, from: number, end: number): number {
  if (from + sought.length > end) return -1
  if (sought.length > longLiteral) return findLong(sought, text, from, end)
  const at = text.indexOf(sought, from)
  return at === -1 || at + sought.length > end ? -1 : at
}

/** Knuth, Morris and Pratt. */
function findLong(sought: string, text: string, from: number, end: number): number {
  const fallback = failureTable(sought)
  let matched = 0
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at)
    while (matched > 0 && sought.charCodeAt(matched) !== code) matched = fallback[matched - 1] ?? 0
    if (sought.charCodeAt(matched) === code) matched++
    if (matched === sought.length) return at - matched + 1
  }
  return -1
}

/** For each prefix of `sought`, the length of its longest proper prefix that is also its suffix. */
function failureTable(sought: string): Int32Array {
  const table = new Int32Array(sought.length)
  let length = 0
  for (let i = 1; i < sought.length; i++) {
    const code = sought.charCodeAt(i)
    while (length > 0 && sought.charCodeAt(length) !== code) length = table[length - 1] ?? 0
    if (sought.charCodeAt(length) === code) length++
    table[i] = length
  }
  return table
}
