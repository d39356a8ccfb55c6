import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { lintRules } from './lint-rules.ts'

test('docs/lint.md documents every rule, in the words and the order of the rules', () => {
  const docs = readFileSync(new URL('../../../docs/lint.md', import.meta.url), 'utf8')
  const rows = [...docs.matchAll(/^\| `([a-z-]+)` +\| ([a-z-]+) +\| (.+?) +\|$/gm)]
  assert.deepEqual(
    rows.map(([, code, severity, explanation]) => ({ code, severity, explanation })),
    lintRules,
  )
})

test('a rule is explained in one sentence', () => {
  for (const { code, explanation } of lintRules) {
    assert.match(code, /^[a-z]+(?:-[a-z]+)*$/)
    assert.match(explanation, /^\S[^\n]*\.$/, code)
  }
})
