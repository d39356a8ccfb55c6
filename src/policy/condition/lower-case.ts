/**
 * The lower case AWS compares by when case is ignored: a final sigma becomes `ς`, nothing is folded
 * (`ſ` stays), and characters beyond U+FFFF keep their case although they count as letters.
 */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase()
  if (lower === text || !/[\ud800-\udbff]/.test(text)) return lower
  let result = ''
  let at = 0
  for (const character of text) {
    const length = character.toLowerCase().length
    result += character.length === 2 ? character : lower.slice(at, at + length)
    at += length
  }
  return result
}
