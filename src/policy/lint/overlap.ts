/**
 * Whether some text fits both patterns of `*` and `?`. Takes time of the product of the lengths, so
 * callers spend from a budget first.
 */
export function overlaps(one: string, other: string): boolean {
  const a = one.replace(/\*+/g, '*')
  const b = other.replace(/\*+/g, '*')
  // row[j]: some text fits both what is read of a and the first j characters of b.
  let row = new Array<boolean>(b.length + 1).fill(false)
  row[0] = true
  for (let j = 1; j <= b.length && b[j - 1] === '*'; j++) row[j] = true
  for (let i = 1; i <= a.length; i++) {
    const x = a[i - 1]
    const next = new Array<boolean>(b.length + 1).fill(false)
    next[0] = x === '*' && row[0] === true
    for (let j = 1; j <= b.length; j++) {
      const y = b[j - 1]
      if (x === '*' || y === '*') {
        next[j] = row[j] === true || next[j - 1] === true
        if (row[j - 1] === true) next[j] = true
      } else next[j] = row[j - 1] === true && (x === y || x === '?' || y === '?')
    }
    row = next
  }
  return row[b.length] === true
}
