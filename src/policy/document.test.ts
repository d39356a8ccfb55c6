import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDocument } from './document.ts'

const faults = (document: unknown): string[] =>
  readDocument(JSON.stringify(document)).faults.map(({ code, path }) => `${code} ${path}`)

test('a document becomes statements with positions and paths', () => {
  const text = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "A", "Effect": "Allow", "Action": "s3:Get*", "Resource": ["*"] },
    { "Effect": "Deny", "NotAction": [], "Resource": "*",
      "Condition": { "BoolIfExists": { "aws:SecureTransport": [false, 1.50] } } }
  ]
}`
  const document = readDocument(text)
  assert.deepEqual(document.faults, [])
  const [first, second] = document.statements
  assert.equal(first?.sid?.value, 'A')
  assert.equal(first?.action?.isArray, false)
  assert.equal(first?.resource?.items[0]?.path, 'Statement[0].Resource[0]')
  assert.equal(first?.start.line, 4)
  assert.equal(first?.end.column, 78)
  assert.deepEqual(second?.reportedStart, { ...first?.end })
  const clause = second?.condition?.[0]
  assert.equal(clause?.parsedOperator?.ifExists, true)
  assert.equal(clause?.path, 'Statement[1].Condition.BoolIfExists["aws:SecureTransport"]')
  assert.deepEqual(
    clause?.values.map(({ value, jsonType }) => [value, jsonType]),
    [
      ['false', 'boolean'],
      ['1.50', 'number'],
    ],
  )
})

test('a sole statement is reported from inside its brace', () => {
  const document = readDocument('{"Statement": {"Effect": "Allow"}}')
  assert.equal(document.statementIsArray, false)
  assert.equal(document.statements[0]?.reportedStart.column, 16)
  assert.equal(document.statements[0]?.start.column, 15)
})

test('every break of the grammar is listed, none stops the reading', () => {
  const statement = { Effect: 'Allow', Action: ['a:b', 1], NotAction: 'c:d', Extra: 1 }
  assert.deepEqual(faults({ Version: '2013-01-01', Foo: 1, Statement: [statement, 'x', {}] }), [
    'unknown-element Foo',
    'unknown-version Version',
    'wrong-type Statement[0].Action[1]',
    'unknown-element Statement[0].Extra',
    'both-elements Statement[0].NotAction',
    'wrong-type Statement[1]',
    'empty-statement Statement[2]',
    'missing-effect Statement[2]',
  ])
  assert.deepEqual(faults([]), ['not-an-object '])
  assert.deepEqual(faults({}), ['missing-statement '])
  assert.deepEqual(faults({ Statement: [] }), ['empty-statement Statement'])
  assert.deepEqual(faults({ Statement: 'x' }), ['wrong-type Statement'])
})

test('conditions of the wrong shape or with an unknown operator are faults', () => {
  const withCondition = (condition: unknown): string[] =>
    faults({ Statement: { Effect: 'Deny', Condition: condition } })
  assert.deepEqual(withCondition([]), ['wrong-type Statement.Condition'])
  assert.deepEqual(withCondition({ Bool: 'x' }), ['wrong-type Statement.Condition.Bool'])
  assert.deepEqual(withCondition({ Bool: { k: null } }), [
    'wrong-type Statement.Condition.Bool["k"]',
  ])
  for (const name of ['stringequals', 'NullIfExists', 'ForAnyValue:Null', 'StringMatches', '']) {
    assert.deepEqual(withCondition({ [name]: { k: 'v' } }), [
      `unknown-operator Statement.Condition.${name}`,
    ])
  }
  assert.deepEqual(withCondition({ Whatever: {} }), [])
})
