import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '../policy/lint/finding.ts'
import { lintHeaderValue, lintStored } from './policy-lint.ts'

const finding = (code: string, severity: Finding['severity'], line = 1): Finding => ({
  code,
  severity,
  message: 'message with é and\nlines',
  path: '',
  line,
  column: 7,
})

test('the header counts findings and names the gravest first', () => {
  const findings = [finding('small', 'suggestion'), finding('bad', 'error', 3)]
  assert.equal(lintHeaderValue(findings), '2 findings; bad at 3:7; small at 1:7')
})

test('the header is short ASCII however much was found', () => {
  const value = lintHeaderValue(Array.from({ length: 500 }, () => finding('a-code', 'warning')))
  assert.ok(value.length <= 1_020)
  assert.match(value, /^500 findings; [\x20-\x7e]+; \d+ more$/)
})

test('only operations that store a policy are linted, trust policies as such', async () => {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
  })
  assert.equal(await lintStored('ListUsers', { PolicyDocument: text }), undefined)
  const found = await lintStored('CreateRole', { AssumeRolePolicyDocument: text })
  assert.ok(found && found.length > 0)
  const sound = text.replace('"*"', '"arn:aws:iam::111122223333:user/ada"')
  assert.deepEqual(await lintStored('CreateRole', { AssumeRolePolicyDocument: sound }), [])
  assert.equal(await lintStored('CreatePolicy', { PolicyDocument: ' '.repeat(40_001) }), undefined)
})
