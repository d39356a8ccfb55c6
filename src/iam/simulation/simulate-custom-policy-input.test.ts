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
