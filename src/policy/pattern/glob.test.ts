import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compileGlob, matchesGlob } from './glob.ts'

const matches = (pattern: string, text: string): boolean => matchesGlob(compileGlob(pattern), text)

/** The definition, by trying everything. */
function reference(pattern: string, text: string): boolean {
  let ends = new Set([0])
  for (const character of pattern.split('')) {
    const next = new Set<number>()
    for (const at of ends) {
      if (character === '*') for (let i = at; i <= text.length; i++) next.add(i)
      else if (at < text.length && (character === '?' || character === text[at])) next.add(at + 1)
    }
    ends = next
  }
  return ends.has(text.length)
}

test('matches as the definition does', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 12 })
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', ':'), maxLength: 8 })
  fc.assert(
    fc.property(pattern, text, (p, t) => assert.equal(matches(p, t), reference(p, t))),
    { numRuns: 5000 },
  )
})

test('long segments match as the definition does', () => {
  const unit = fc.constantFrom('a', 'a', 'a', 'b', '?')
  const segment = fc.string({ unit, minLength: 60, maxLength: 100 })
  fc.assert(
    fc.property(segment, fc.nat(40), fc.boolean(), (part, change, holed) => {
      const sought = holed ? part : part.replaceAll('?', 'a')
      const stands = sought.replaceAll('?', 'b')
      const text = `${'a'.repeat(70)}${stands}${'b'.repeat(3)}`
      const spoilt = `${text.slice(0, 70 + change)}c${text.slice(71 + change)}`
      for (const t of [text, spoilt]) {
        assert.equal(matches(`*${sought}*`, t), reference(`*${sought}*`, t))
      }
    }),
  )
})

test('no pattern takes more than linear work on any text', () => {
  const size = 100_000
  const text = 'a'.repeat(size)
  const patterns = [
    `${'*a'.repeat(size / 2)}*b`,
    `*${'a'.repeat(size / 2)}b*`,
    `*b${'a'.repeat(size / 2)}*`,
    `${'?'.repeat(size)}b`,
  ]
  for (const pattern of patterns) assert.equal(matches(pattern, text), false)
  assert.equal(matches(`${'*a'.repeat(size / 2)}*`, text), true)
})

test('long segments with holes stay fast', () => {
  const text = 'a'.repeat(20_000)
  assert.equal(matches(`*${'?a'.repeat(5000)}b*`, text), false)
  assert.equal(matches(`*${'?a'.repeat(5000)}*`, text), true)
})
