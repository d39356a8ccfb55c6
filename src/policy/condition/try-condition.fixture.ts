import assert from 'node:assert/strict'
import { decide } from '../decide.ts'
import { type PolicyStrictness, parsePolicy } from '../parse-policy.ts'
import type { Principal } from '../request.ts'

const principal: Principal = {
  type: 'user',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/alice',
  id: 'AIDAALICEALICEALICE01',
}
const all = { Effect: 'Allow', Action: '*', Resource: '*' }

export type Values = Record<string, string | string[]>

/** Does an Allow with this condition allow, and does a Deny with it deny? */
export function both(
  condition: object,
  values: Values,
  version = '2012-10-17',
): [boolean, boolean] {
  const strictness: PolicyStrictness = 'evaluate'
  const context = new Map(Object.entries(values))
  const request = { principal, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context }
  const effectOf = (Statement: object): string => {
    const text = JSON.stringify({ Version: version, Statement })
    return decide(request, {
      identity: [{ name: 'p', policy: parsePolicy(text, 'identity', strictness) }],
    }).effect
  }
  return [
    effectOf({ ...all, Condition: condition }) === 'allow',
    effectOf([all, { ...all, Effect: 'Deny', Condition: condition }] as object) === 'explicit-deny',
  ]
}

export function holds(
  operator: string,
  wanted: unknown,
  actual: string | string[] | undefined,
  key = 'x:k',
): boolean {
  const values: Values = actual === undefined ? {} : { [key.toLowerCase()]: actual }
  const [allows, denies] = both({ [operator]: { [key]: wanted } }, values)
  assert.equal(allows, denies, `${operator} allows and denies alike`)
  return allows
}
