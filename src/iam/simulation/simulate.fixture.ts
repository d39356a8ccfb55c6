import assert from 'node:assert/strict'
import type { OperationInputs } from '../../catalog/operations.ts'
import { testIam } from '../iam.fixture.ts'
import { iamOperations } from '../operations.ts'

export type Input = OperationInputs['SimulateCustomPolicy']

/** Two objects, a caller, and documents that allow and deny reading an object. */
export const a = 'arn:aws:s3:::stack/a'
export const b = 'arn:aws:s3:::stack/b'
export const caller = 'arn:aws:iam::111122223333:user/team/ada'

export function policy(...Statement: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement })
}
export const statement = (more: object = {}) => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: '*',
  ...more,
})
export const deny = policy(statement({ Effect: 'Deny' }))
export const allow = policy(statement())
export const allowAll = policy(statement({ Action: '*' }))

const iam = await testIam(iamOperations)

export async function simulate(policies: readonly string[], more: Partial<Input> = {}) {
  const input = { PolicyInputList: policies, ActionNames: ['s3:GetObject'], ...more }
  return iam.call('SimulateCustomPolicy', input)
}

export async function first(policies: readonly string[], more: Partial<Input> = {}) {
  const { EvaluationResults: [result] = [] } = await simulate(policies, more)
  assert.ok(result)
  return result
}

export const at = (id: string, type: string, start: number, end: number) => ({
  SourcePolicyId: id,
  SourcePolicyType: type,
  StartPosition: { Line: 1, Column: start },
  EndPosition: { Line: 1, Column: end },
})
