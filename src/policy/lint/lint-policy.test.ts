import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { policyKinds } from '../policy.ts'
import { applyFix, type Finding } from './finding.ts'
import { lintPolicy } from './lint-policy.ts'
import { lintRules } from './lint-rules.ts'
import { soundPolicies } from './sound-policies.fixture.ts'

const revocation = (key: string, date: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Action: ['*'],
        Resource: ['*'],
        Condition: { DateLessThan: { [key]: date } },
      },
    ],
  })

function only(findings: readonly Finding[]): Finding {
  const [finding] = findings
  assert.ok(finding && findings.length === 1, JSON.stringify(findings))
  return finding
}

test('a revocation with a misspelt key is said to revoke nothing, and its fix revokes', () => {
  const text = revocation('aws:TokeIssueTime', '2021-05-21T02:24:21.3702')
  const finding = only(lintPolicy(text, 'identity'))
  assert.equal(finding.code, 'revocation-revokes-nothing')
  assert.equal(finding.severity, 'error')
  assert.match(finding.message, /revokes nothing/)
  assert.match(finding.message, /"aws:TokenIssueTime"/)
  assert.match(finding.message, /no zone; AWS would read it as UTC/)
  assert.ok(finding.fix)
  const fixed = applyFix(text, finding.fix)
  assert.equal(fixed, revocation('aws:TokenIssueTime', '2021-05-21T02:24:21.370Z'))
  assert.deepEqual(lintPolicy(fixed, 'identity'), [])
})

test('a misspelt key alone makes a revocation void', () => {
  const text = revocation('aws:TokeIssueTime', '2021-05-21T02:24:21Z')
  const finding = only(lintPolicy(text, 'identity'))
  assert.equal(finding.code, 'revocation-revokes-nothing')
  assert.doesNotMatch(finding.message, /zone/)
})

test('a date without a zone revokes, by UTC, and is only warned about', () => {
  const text = revocation('aws:TokenIssueTime', '2021-05-21T02:24:21.3702')
  const finding = only(lintPolicy(text, 'identity'))
  assert.equal(finding.code, 'date-without-zone')
  assert.equal(finding.severity, 'warning')
  assert.match(finding.message, /UTC/)
})

test('a revocation whose date is no date is an error', () => {
  const finding = only(lintPolicy(revocation('aws:TokenIssueTime', '21.05.2021'), 'identity'))
  assert.equal(finding.code, 'invalid-date-value')
  assert.equal(finding.severity, 'error')
})

test('a finding says where it is, in lines and columns and by path', () => {
  const text =
    '{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow",\n    "Action": "s3:GetObjet", "Resource": "*"}]\n}'
  const { path, line, column, endLine, endColumn } = only(lintPolicy(text, 'identity'))
  assert.deepEqual(
    { path, line, column, endLine, endColumn },
    { path: 'Statement[0].Action', line: 4, column: 15, endLine: 4, endColumn: 28 },
  )
})

test('every fix removes its finding', () => {
  const text = `{
    "Statement": [{
      "Sid": "two words", "effect": "allow", "Effect": "deny",
      "Action": ["s3:GetObjet", "s3:GetObject", "s3:getobject", "s3s:PutObject"],
      "Resource": ["arn:asw:s3:::a/*", "arn:aws:S3:::b/*", "arn:aws:s3:us-east-1:111122223333:c/*"],
      "Condition": {
        "StringEqual": {"aws:usernme": "a"},
        "IpAddress": {"aws:SourceIp": "192.0.2.7/24"},
        "Bool": {"aws:MultiFactorAuthPresent": "false"},
        "DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00"}
      }
    }]
  }`
  const findings = lintPolicy(text, 'identity')
  const fixable = findings.filter(({ fix }) => fix !== undefined)
  assert.ok(fixable.length >= 10, `${fixable.map(({ code }) => code)}`)
  for (const { code, path, message, fix } of fixable) {
    if (fix === undefined || path.endsWith('.effect')) continue
    const after = lintPolicy(applyFix(text, fix), 'identity')
    assert.ok(!after.some((one) => one.code === 'json-syntax-error'), code)
    assert.ok(!after.some((one) => one.code === code && one.message === message), message)
  }
})

test('text that is no JSON gives one finding, where reading ended', () => {
  for (const text of ['', 'not json', '{', '[}', '{"a":1,}', '\ufeff{}', '"\\x"']) {
    assert.equal(only(lintPolicy(text, 'identity')).code, 'json-syntax-error', text)
  }
})

for (const [name, { kind, document }] of Object.entries(soundPolicies)) {
  test(`a sound policy gives no findings: ${name}`, () => {
    assert.deepEqual(lintPolicy(JSON.stringify(document, null, 2), kind), [])
  })
}

const word = fc.constantFrom(
  '*',
  '',
  'Allow',
  'Deny',
  's3:Get*',
  's3:*',
  'iam:PassRole',
  'sts:AssumeRole',
  'arn:aws:s3:::a/*',
  'arn:',
  '${aws:username}',
  '${',
  'aws:TagKeys',
  'aws:RequestTag/',
  'saml:aud',
  'a.b:sub',
  '::1/0',
  '2026-01-01',
  'true',
  'AWS',
  'Service',
  'StringLike',
  'ForAllValues:StringEquals',
  'Bool',
  'Null',
  'Version',
  '2012-10-17',
  'Statement',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'Condition',
  'Principal',
  'NotPrincipal',
  'Sid',
  '__proto__',
  'constructor',
  'toString:valueOf',
  'é',
)
const tree = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    word,
    fc.string({ unit: 'binary' }),
    fc.constantFrom(null, true, 0, -1.5),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(word, tie('value'), { maxKeys: 6 }),
  ),
})).value

const statementLike = fc.record(
  {
    Sid: tree,
    Effect: fc.oneof(word, tree),
    Principal: tree,
    NotPrincipal: tree,
    Action: tree,
    NotAction: tree,
    Resource: tree,
    NotResource: tree,
    Condition: fc.oneof(tree, fc.dictionary(word, fc.dictionary(word, tree))),
  },
  { requiredKeys: [] },
)

test('no text makes the linter throw, and every code is of a known rule', () => {
  const known = new Set(lintRules.map(({ code }) => code))
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    tree.map((value) => JSON.stringify(value)),
    fc
      .record({ Version: word, Statement: fc.oneof(tree, fc.array(statementLike)) })
      .map((value) => JSON.stringify(value)),
  )
  fc.assert(
    fc.property(text, fc.constantFrom(...policyKinds), (policy, kind) => {
      for (const { code, line, column } of lintPolicy(policy, kind)) {
        assert.ok(known.has(code), code)
        assert.ok(line >= 1 && column >= 1)
      }
    }),
    { numRuns: 2000 },
  )
})
