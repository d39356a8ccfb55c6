import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  a,
  allow,
  allowAll,
  caller,
  first,
  policy,
  simulate,
  statement,
} from './simulate.fixture.ts'

const anywhere = policy(statement({ Resource: 'arn:aws:s3:::stack/*', Principal: { AWS: '*' } }))
for (const [name, policies, more, message] of [
  ['broken JSON', ['{'], {}, 'Policy input list item 1 has invalid content'],
  [
    'an unknown version',
    ['{"Version":"2099-01-01","Statement":[]}'],
    {},
    'Policy input list item 1 has invalid content',
  ],
  [
    'two boundaries',
    [allow],
    { PermissionsBoundaryPolicyInputList: [allow, allow] },
    'The list of Permissions Boundary policies cannot exceed 1 items.',
  ],
  [
    'an action without a service',
    [allow],
    { ActionNames: ['GetObject'] },
    'The action is invalid since it is missing names',
  ],
  [
    'a resource that is no ARN',
    [allow],
    { ResourceArns: ['arn:aws:s3'] },
    'ResourceNames are not in a valid ARN format: arn:aws:s3.',
  ],
  [
    'a resource policy without a caller',
    [],
    { ResourceArns: [a], ResourcePolicy: anywhere },
    'Invalid caller - Caller cannot be null or empty.',
  ],
  [
    'root as caller',
    [],
    { CallerArn: 'arn:aws:iam::111122223333:root' },
    'Invalid caller - Caller must be an IAM user, role or group in this context.',
  ],
  [
    'a resource policy without resources',
    [],
    { CallerArn: caller, ResourcePolicy: anywhere },
    'Invalid Entity Arn: * does not clearly define entity type and name.',
  ],
  [
    'a resource policy on everything',
    [],
    { CallerArn: caller, ResourceArns: [a], ResourcePolicy: policy(statement({ Principal: '*' })) },
    'ResourceNames are not in a valid ARN format: *.',
  ],
  [
    'an owner that is no ARN',
    [],
    {
      CallerArn: caller,
      ResourceArns: [a],
      ResourcePolicy: anywhere,
      ResourceOwner: '999999999999',
    },
    "'999999999999' is not a valid as a Resource Owner.",
  ],
] as const) {
  test(`${name} is InvalidInput`, async () => {
    await assert.rejects(simulate(policies, more), { code: 'InvalidInput', message })
  })
}

test('a resource handling option is refused for actions that have none', async () => {
  const ResourceHandlingOption = 'EC2-VPC-EBS'
  await assert.rejects(simulate([allow], { ResourceArns: [a], ResourceHandlingOption }), {
    code: 'InvalidInput',
    message:
      /^Invalid input resource handling options\. Action does not support .*: s3:GetObject\./,
  })
  const instance = 'arn:aws:ec2:us-east-1:111122223333:instance/i-1'
  const run = { ActionNames: ['ec2:RunInstances'], ResourceArns: [instance] }
  assert.equal(
    (await first([allowAll], { ...run, ResourceHandlingOption })).EvalDecision,
    'allowed',
  )
})

test('policies are not tried on values so long that other requests would have to wait', async () => {
  const patterns = Array.from({ length: 13_000 }, (_, i) => `*a${i}*`)
  const condition = { Condition: { StringLike: { 'aws:UserAgent': patterns } } }
  const trying = (value: string | readonly string[]) => ({
    ContextEntries: [
      {
        ContextKeyName: 'aws:UserAgent',
        ContextKeyType: typeof value === 'string' ? ('string' as const) : ('stringList' as const),
        ContextKeyValues: [value].flat(),
      },
    ],
  })
  const long = policy(statement(condition))
  const tooLong = {
    code: 'InvalidInput',
    message: 'The policies are too long to be tried on values of this length.',
  }
  await assert.rejects(simulate([long], trying('a'.repeat(100_000))), tooLong)
  await assert.rejects(simulate([long], trying(Array(1000).fill('a'.repeat(100)))), tooLong)
  await assert.rejects(simulate([long], { ResourceArns: [`${a}${'a'.repeat(9000)}`] }), tooLong)
  assert.equal((await first([long], trying('a12999'))).EvalDecision, 'allowed')
  const usual = policy(statement({ Condition: { StringLike: { 'aws:UserAgent': '*a*a*b' } } }))
  const { EvalDecision } = await first([usual], trying('a'.repeat(200_000)))
  assert.equal(EvalDecision, 'implicitDeny')
})

test('between two resources other requests get their turn', async () => {
  const patterns = Array.from({ length: 5000 }, (_, i) => `arn:aws:s3:::*${i}x*`)
  const ResourceArns = Array.from({ length: 100 }, (_, i) => `${a}${'1234567890'.repeat(20)}${i}`)
  let turns = 0
  let over = false
  const others = (): void => {
    turns++
    if (!over) setImmediate(others)
  }
  setImmediate(others)
  await simulate([policy(statement({ Resource: patterns }))], { ResourceArns })
  over = true
  assert.ok(turns > 3, `${turns} turns`)
})
