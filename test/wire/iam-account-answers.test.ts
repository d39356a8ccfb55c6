import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  arn,
  boundary,
  document,
  empty,
  encoded,
  openAnswers,
  role,
  trust,
  user,
} from './iam-answers.fixture.ts'
import { list, startTime } from './wire-service.ts'

/** What an account says of itself. */
const { wire, answer } = openAnswers(async (wire) => {
  await wire.iam(wire.root, 'CreateUser', { UserName: 'plain' })
  await wire.iam(wire.root, 'CreateGroup', { GroupName: 'plain' })
  await wire.newRole('plain', trust)
})

test('the details show every list of a user, group or role but a user’s inline policies, also when empty', async () => {
  const nothing = { UserDetailList: '', GroupDetailList: '', RoleDetailList: '', Policies: '' }
  const none = { AttachedManagedPolicies: '', Tags: '' }
  const ofUsers = [{ ...user('plain'), GroupList: '', ...none }]
  const ofRoles = [
    { ...role('plain'), InstanceProfileList: '', RolePolicyList: '', ...none, RoleLastUsed: '' },
  ]
  const details = 'GetAccountAuthorizationDetails'
  const only = (name: string) => list('Filter', [name])
  await answer(details, only('User'), { ...nothing, UserDetailList: ofUsers, ...empty })
  await answer(details, only('Role'), { ...nothing, RoleDetailList: ofRoles, ...empty })
  await answer(details, only('Group'), {
    ...nothing,
    GroupDetailList: [
      {
        Path: '/',
        GroupName: 'plain',
        GroupId: '<AGPA>',
        Arn: arn('group/plain'),
        CreateDate: startTime,
        GroupPolicyList: '',
        AttachedManagedPolicies: '',
      },
    ],
    ...empty,
  })
})

test('the details of a policy show its versions newest first, and neither description nor tags', async () => {
  const { iam, root } = wire()
  const of = { PolicyArn: arn('policy/Two') }
  await iam(root, 'CreatePolicy', { PolicyName: 'Two', PolicyDocument: document, Description: 'd' })
  await iam(root, 'CreatePolicyVersion', { ...of, PolicyDocument: document })
  const version = (VersionId: string, IsDefaultVersion: string) => ({
    Document: encoded(document),
    VersionId,
    IsDefaultVersion,
    CreateDate: startTime,
  })
  await answer('GetAccountAuthorizationDetails', list('Filter', ['LocalManagedPolicy']), {
    UserDetailList: '',
    GroupDetailList: '',
    RoleDetailList: '',
    Policies: [
      {
        PolicyName: 'Two',
        PolicyId: '<ANPA>',
        Arn: of.PolicyArn,
        Path: '/',
        DefaultVersionId: 'v1',
        AttachmentCount: '0',
        PermissionsBoundaryUsageCount: '0',
        IsAttachable: 'true',
        CreateDate: startTime,
        UpdateDate: startTime,
        PolicyVersionList: [version('v2', 'false'), version('v1', 'true')],
      },
    ],
    ...empty,
  })
})

test('a managed policy counts as one version in use when it is attached or a boundary, AWS’s too', async () => {
  const { iam, root } = wire()
  const inUse = async (): Promise<number> => {
    const { body } = await iam(root, 'GetAccountSummary')
    return Number(/<key>PolicyVersionsInUse<\/key><value>(\d+)</.exec(body)?.[1])
  }
  await iam(root, 'CreatePolicy', { PolicyName: 'Shelf', PolicyDocument: document })
  assert.equal(await inUse(), 0)
  const PolicyArn = arn('policy/Shelf')
  await iam(root, 'CreatePolicyVersion', { PolicyArn, PolicyDocument: document })
  await iam(root, 'PutUserPermissionsBoundary', {
    UserName: 'plain',
    PermissionsBoundary: PolicyArn,
  })
  assert.equal(await inUse(), 1)
  await iam(root, 'AttachRolePolicy', { RoleName: 'plain', PolicyArn })
  await iam(root, 'AttachGroupPolicy', { GroupName: 'plain', PolicyArn })
  assert.equal(await inUse(), 1)
  await iam(root, 'AttachGroupPolicy', { GroupName: 'plain', PolicyArn: boundary })
  assert.equal(await inUse(), 2)
  await iam(root, 'DetachGroupPolicy', { GroupName: 'plain', PolicyArn: boundary })
  assert.equal(await inUse(), 1)
})
