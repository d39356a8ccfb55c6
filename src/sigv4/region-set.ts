/**
 * True when a SigV4A region set (`us-east-1,eu-*`) covers at least one of the accepted regions.
 *
 * @param accepted - undefined accepts any region name
 */
export function regionSetCovers(
  regionSet: string,
  accepted: readonly string[] | undefined,
): boolean {
  return regionSet.split(',').some((entry) => {
    const pattern = entry.trim()
    if (!isRegionPattern(pattern)) return false
    return accepted === undefined || accepted.some((region) => matches(pattern, region))
  })
}

const isRegionPattern = (text: string): boolean => /^[a-z0-9*-]+$/.test(text)

/** `*` stands for any run of characters. Pieces are found left to right, so no pattern is slow. */
function matches(pattern: string, region: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  const tail = rest.pop()
  if (tail === undefined) return pattern === region
  if (!region.startsWith(head)) return false
  let at = head.length
  for (const piece of rest) {
    const found = region.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return region.length - tail.length >= at && region.endsWith(tail)
}
