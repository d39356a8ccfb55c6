/** Every text that is not `true` in some case is false, on both sides. */
export function isTrue(text: string): boolean {
  return text === 'true' || (text.length === 4 && text.toLowerCase() === 'true')
}
