import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mayMatch, piecesOf, requiredPieces } from './fingerprint.ts'
import { compileGlob, matchesGlob } from './glob.ts'

test('no text that a pattern matches is ever passed over', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/'), maxLength: 20 })
  const patterns = fc.array(
    fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '*', '?'), maxLength: 12 }),
    { minLength: 1, maxLength: 3 },
  )
  fc.assert(
    fc.property(patterns, letters, (sources, text) => {
      const globs = sources.map(compileGlob)
      if (globs.some((glob) => matchesGlob(glob, text))) {
        assert.ok(mayMatch(requiredPieces(globs), 0, piecesOf(text)))
      }
    }),
    { numRuns: 3000 },
  )
})

test('most texts that lack a piece of the pattern are passed over', () => {
  const table = requiredPieces([compileGlob('arn:aws:s3:::*-logs-17/*')])
  const over = Array.from({ length: 100 }, (_, i) => i + 100).filter(
    (i) => !mayMatch(table, 0, piecesOf(`arn:aws:s3:::eu-logs-${i}/k`)),
  )
  assert.ok(over.length > 50, `${over.length} of 100`)
})
