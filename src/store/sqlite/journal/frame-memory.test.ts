import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { frameMemory } from './frame-memory.ts'
import { type HeldFrame, heldFrame, textOf } from './log-frames.ts'

test('a frame stays as it was written until the database has it, whatever is written meanwhile', () => {
  const anyStep = fc.record({
    length: fc.oneof(fc.integer({ max: 3000, min: 1 }), fc.constantFrom(80_000, 87_000, 300_000)),
    letter: fc.constantFrom('a', 'é', '🦉'),
    /** How many of those held the database gets before. */
    folds: fc.integer({ min: 0, max: 12 }),
  })
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 1, maxLength: 60 }), (steps) => {
      const write = frameMemory()
      const held: { readonly frame: HeldFrame; readonly text: string }[] = []
      let sequence = 0
      for (const { length, letter, folds } of steps) {
        held.splice(0, folds)
        sequence += 1
        const text = letter.repeat(length)
        const folded = (held[0]?.frame.sequence ?? sequence) - 1
        held.push({ frame: heldFrame(write({ sequence, text }, folded)), text })
        for (const { frame, text } of held) assert.ok(textOf(frame) === text)
      }
    }),
    { numRuns: 60 },
  )
})

test('memory is used again when the database has all that was in it, and not before', () => {
  const write = frameMemory()
  const text = 'x'.repeat(50_000)
  const memoryOf = (sequence: number, folded: number): ArrayBufferLike =>
    write({ sequence, text }, folded).buffer
  // Two to a chunk of 256 KB, for a character may take three bytes.
  const first = memoryOf(1, 0)
  const others = [2, 3, 4, 5, 6, 7, 8].map((sequence) => memoryOf(sequence, 0))
  assert.ok(new Set([first, ...others]).size > 1)
  const without = [9, 10, 11, 12].map((sequence) => memoryOf(sequence, 0))
  assert.ok(!without.includes(first))
  const freed = Array.from({ length: 8 }, (_, n) => memoryOf(13 + n, 12))
  assert.ok(freed.some((memory) => memory === first || others.includes(memory)))
})
