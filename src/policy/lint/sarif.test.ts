import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lintPolicy } from './lint-policy.ts'
import { lintRules } from './lint-rules.ts'
import { toSarif } from './sarif.ts'

test('a SARIF log names the rule, the place and the fix of a finding', () => {
  const text =
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObjet","Resource":"*"}}'
  const findings = lintPolicy(text, 'identity')
  const log = JSON.parse(
    JSON.stringify(toSarif([{ file: 'policies/my read.json', findings }], '1.2.3')),
  )
  assert.equal(log.version, '2.1.0')
  const [run] = log.runs
  assert.equal(run.tool.driver.version, '1.2.3')
  assert.equal(run.tool.driver.rules.length, lintRules.length)
  const [result] = run.results
  assert.equal(result.ruleId, 'invalid-action')
  assert.equal(run.tool.driver.rules[result.ruleIndex].id, 'invalid-action')
  assert.equal(result.level, 'error')
  const { artifactLocation, region } = result.locations[0].physicalLocation
  assert.equal(artifactLocation.uri, 'policies/my%20read.json')
  assert.deepEqual(region, { startLine: 1, startColumn: 64, endLine: 1, endColumn: 77 })
  const { deletedRegion, insertedContent } = result.fixes[0].artifactChanges[0].replacements[0]
  assert.equal(
    text.slice(deletedRegion.charOffset).slice(0, deletedRegion.charLength),
    '"s3:GetObjet"',
  )
  assert.equal(insertedContent.text, '"s3:GetObject"')
})

test('a SARIF log without findings still lists the rules', () => {
  const log = JSON.parse(JSON.stringify(toSarif([], '1.2.3')))
  assert.deepEqual(log.runs[0].results, [])
})
