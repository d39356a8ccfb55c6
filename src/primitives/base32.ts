const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The two characters of each ten bits. */
const pairs: readonly string[] = Array.from(
  { length: 1024 },
  (_, bits) => `${alphabet[bits >>> 5]}${alphabet[bits & 31]}`,
)

/** RFC 4648 base32 without padding; `bytes.length` must be a multiple of 5. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    if (bits < 10) continue
    bits -= 10
    text += pairs[held >>> bits]
    held &= (1 << bits) - 1
  }
  return text
}

/** The value of one base32 character, or -1. */
export function base32Value(charCode: number): number {
  if (charCode >= 65 && charCode <= 90) return charCode - 65
  if (charCode >= 50 && charCode <= 55) return charCode - 50 + 26
  return -1
}
