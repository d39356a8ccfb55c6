const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 base32 without padding; `bytes.length` must be a multiple of 5. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(held >>> bits) & 31]
    }
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
