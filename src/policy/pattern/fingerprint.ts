/**
 * Which three-letter pieces occur in a text, as 128 bits: a pattern with a piece that the text has
 * not cannot match, which is told at a fraction of the price of matching.
 */
import type { Glob } from './glob.ts'

export const fingerprintWords = 4

function addPieces(bits: Int32Array, text: string): void {
  for (let i = 2; i < text.length; i++) {
    const mixed =
      text.charCodeAt(i - 2) * 0x9e5 +
      text.charCodeAt(i - 1) * 0x85eb +
      text.charCodeAt(i) * 0x27d4d
    const bit = (mixed ^ (mixed >>> 7)) & 127
    const word = bit >>> 5
    bits[word] = (bits[word] ?? 0) | (1 << (bit & 31))
  }
}

/** The pieces that every text matching one of the globs has. */
export function requiredPieces(globs: readonly Glob[]): Int32Array {
  const required = new Int32Array(fingerprintWords).fill(globs.length === 0 ? 0 : -1)
  for (const glob of globs) {
    const bits = new Int32Array(fingerprintWords)
    for (const { text, holes } of glob.segments) {
      let from = 0
      for (const hole of [...(holes ?? []), text.length]) {
        addPieces(bits, text.slice(from, hole))
        from = hole + 1
      }
    }
    for (let word = 0; word < fingerprintWords; word++) {
      required[word] = (required[word] ?? 0) & (bits[word] ?? 0)
    }
  }
  return required
}

let lastText = ''
const lastPieces = new Int32Array(fingerprintWords)

/** The pieces of a request's text. Overwritten by the next call with another text. */
export function piecesOf(text: string): Int32Array {
  if (text !== lastText) {
    lastPieces.fill(0)
    addPieces(lastPieces, text)
    lastText = text
  }
  return lastPieces
}

/** Are all bits of the place `at` of a table in `pieces`? */
export function mayMatch(table: Int32Array, at: number, pieces: Int32Array): boolean {
  const from = at * fingerprintWords
  for (let word = 0; word < fingerprintWords; word++) {
    if (((table[from + word] ?? 0) & ~(pieces[word] ?? 0)) !== 0) return false
  }
  return true
}
