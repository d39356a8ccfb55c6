import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PolicyKind } from '../../policy.ts'
import { lintPolicy } from '../lint-policy.ts'

/** Shared by the tests of this folder. A document that breaks the rule, and its sound sister, as JSON or as text. */
export interface RuleCase {
  readonly kind?: PolicyKind
  readonly bad: object | string
  readonly good: object | string
}

const textOf = (document: object | string): string =>
  typeof document === 'string' ? document : JSON.stringify(document)

function codesOf(document: object | string, kind: PolicyKind = 'identity'): string[] {
  return lintPolicy(textOf(document), kind).map(({ code }) => code)
}

/** A document of statements. */
export const policy = (...statements: readonly object[]): object => ({
  Version: '2012-10-17',
  Statement: statements,
})

/** A sound statement with some elements put in; `undefined` takes one out. */
export const allow = (elements: object = {}): object => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::reports/*',
  ...elements,
})

export const deny = (elements: object = {}): object => allow({ Effect: 'Deny', ...elements })

export const trust = (elements: object = {}): object =>
  policy({
    Effect: 'Allow',
    Principal: { Service: 'ec2.amazonaws.com' },
    Action: 'sts:AssumeRole',
    ...elements,
  })

export const onBucket = (elements: object = {}): object =>
  policy(allow({ Principal: { AWS: '111122223333' }, ...elements }))

/** A condition on a statement that is sound with any. */
export const when = (condition: object, elements: object = {}): object =>
  policy(
    allow({
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::reports',
      ...elements,
      Condition: condition,
    }),
  )

export function testRules(cases: Readonly<Record<string, RuleCase>>): void {
  for (const [code, { kind = 'identity', bad, good }] of Object.entries(cases)) {
    test(`${code} is found where it is, and only there`, () => {
      assert.ok(codesOf(bad, kind).includes(code), `not found: ${codesOf(bad, kind)}`)
      assert.ok(!codesOf(good, kind).includes(code), 'found in the sound document')
    })
  }
}
