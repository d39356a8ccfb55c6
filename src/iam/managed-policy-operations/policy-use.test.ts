import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groups } from '../../directory/records/group.ts'
import { roles } from '../../directory/records/role.ts'
import { users } from '../../directory/records/user.ts'
import { boundaryOperations } from '../boundaries.ts'
import { type TestIam, testAccount, testIam } from '../iam.fixture.ts'
import { managedPolicyOperations } from './managed-policy-operations.ts'

const allowAll =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
const policyArn = (name: string): string => `arn:aws:iam::${testAccount}:policy/${name}`

const start = (): Promise<TestIam> => testIam({ ...managedPolicyOperations, ...boundaryOperations })

const create = async ({ call }: TestIam, name: string): Promise<string> => {
  const { Policy } = await call('CreatePolicy', { PolicyName: name, PolicyDocument: allowAll })
  return Policy?.Arn ?? ''
}

/** A user, a group and a role of the same name, each with these policies attached. */
const entities = async ({ services }: TestIam, name: string, attachedPolicies: string[]) => {
  const common = { name, createdAt: 0, inlinePolicies: [], attachedPolicies }
  const role = { maxSessionSeconds: 3600, trustPolicy: '', trustedIds: {}, tags: [] }
  const account = await services.directory.account(testAccount)
  await account?.write((tx) => {
    tx.put(users, { ...common, id: `AIDA${name}`, path: '/u/', tags: [], groupIds: [] })
    tx.put(groups, { ...common, id: `AGPA${name}`, path: '/g/' })
    tx.put(roles, { ...common, ...role, id: `AROA${name}`, path: '/r/' })
  })
}

test('a policy in use, or with versions, stays', async () => {
  const iam = await start()
  const PolicyArn = await create(iam, 'Own')
  const inUse = { code: 'DeleteConflict', message: 'Cannot delete a policy attached to entities.' }
  await entities(iam, 'a', [PolicyArn])
  await assert.rejects(iam.call('DeletePolicy', { PolicyArn }), inUse)
  await entities(iam, 'a', [])
  await iam.call('PutUserPermissionsBoundary', { UserName: 'a', PermissionsBoundary: PolicyArn })
  await assert.rejects(iam.call('DeletePolicy', { PolicyArn }), inUse)
  await iam.call('DeleteUserPermissionsBoundary', { UserName: 'A' })
  await iam.call('CreatePolicyVersion', { PolicyArn, PolicyDocument: allowAll })
  await assert.rejects(iam.call('DeletePolicy', { PolicyArn }), {
    code: 'DeleteConflict',
    message:
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
  })
  await iam.call('DeletePolicyVersion', { PolicyArn, VersionId: 'v2' })
  await iam.call('DeletePolicy', { PolicyArn })
  await assert.rejects(iam.call('DeletePolicy', { PolicyArn }), {
    code: 'NoSuchEntity',
    message: `Policy ${PolicyArn} was not found.`,
  })
})

/** As recorded: attached to all three; a boundary only; attached to group and role and the role's boundary. */
const inUse = async (): Promise<TestIam> => {
  const iam = await start()
  for (const name of ['attached', 'both', 'boundary', 'unused']) await create(iam, name)
  await entities(iam, 'e', [policyArn('attached')])
  const account = await iam.services.directory.account(testAccount)
  await account?.write((tx) => {
    const [user, group, role] = [tx.get(users, 'e'), tx.get(groups, 'e'), tx.get(roles, 'e')]
    if (!user || !group || !role) throw new Error('The entities are missing.')
    tx.put(users, { ...user, boundary: policyArn('boundary') })
    const attachedPolicies = [policyArn('attached'), policyArn('both')]
    tx.put(groups, { ...group, attachedPolicies })
    tx.put(roles, { ...role, boundary: policyArn('both') })
  })
  return iam
}

test('ListPolicies heeds the usage filter only together with OnlyAttached', async () => {
  const { call } = await inUse()
  const list = async (
    OnlyAttached?: boolean,
    usage?: 'PermissionsPolicy' | 'PermissionsBoundary',
  ) =>
    (
      await call('ListPolicies', { Scope: 'Local', OnlyAttached, PolicyUsageFilter: usage })
    ).Policies?.map(({ PolicyName }) => PolicyName)
  const all = ['attached', 'both', 'boundary', 'unused']
  for (const only of [undefined, false]) {
    for (const usage of [undefined, 'PermissionsPolicy', 'PermissionsBoundary'] as const) {
      assert.deepEqual(await list(only, usage), all)
    }
  }
  assert.deepEqual(await list(true), ['attached', 'both', 'boundary'])
  assert.deepEqual(await list(true, 'PermissionsPolicy'), ['attached', 'both'])
  assert.deepEqual(await list(true, 'PermissionsBoundary'), ['both', 'boundary'])
})

test('attachments and uses as boundary are counted apart', async () => {
  const { call } = await inUse()
  const { Policies = [] } = await call('ListPolicies', { Scope: 'Local' })
  assert.deepEqual(
    Policies.map((policy) => [
      policy.PolicyName,
      policy.AttachmentCount,
      policy.PermissionsBoundaryUsageCount,
    ]),
    [
      ['attached', 3, 0],
      ['both', 1, 1],
      ['boundary', 0, 1],
      ['unused', 0, 0],
    ],
  )
})

test('ListEntitiesForPolicy counts both uses, an entity once, and filters by kind, use and path', async () => {
  const { call } = await inUse()
  const list = async (
    name: string,
    filter: {
      EntityFilter?: 'User' | 'Role' | 'Group' | 'LocalManagedPolicy' | 'AWSManagedPolicy'
      PolicyUsageFilter?: 'PermissionsPolicy' | 'PermissionsBoundary'
      PathPrefix?: string
    } = {},
  ) => {
    const found = await call('ListEntitiesForPolicy', { PolicyArn: policyArn(name), ...filter })
    assert.equal(found.IsTruncated, false)
    return [found.PolicyUsers?.length, found.PolicyGroups?.length, found.PolicyRoles?.length]
  }
  assert.deepEqual(await list('unused'), [0, 0, 0])
  assert.deepEqual(await list('attached'), [1, 1, 1])
  assert.deepEqual(await list('attached', { PolicyUsageFilter: 'PermissionsBoundary' }), [0, 0, 0])
  assert.deepEqual(await list('boundary'), [1, 0, 0])
  assert.deepEqual(await list('boundary', { PolicyUsageFilter: 'PermissionsPolicy' }), [0, 0, 0])
  assert.deepEqual(await list('both'), [0, 1, 1])
  assert.deepEqual(await list('both', { PolicyUsageFilter: 'PermissionsPolicy' }), [0, 1, 0])
  assert.deepEqual(await list('both', { PolicyUsageFilter: 'PermissionsBoundary' }), [0, 0, 1])
  assert.deepEqual(await list('both', { EntityFilter: 'Group' }), [0, 1, 0])
  assert.deepEqual(await list('both', { EntityFilter: 'Role' }), [0, 0, 1])
  assert.deepEqual(await list('both', { EntityFilter: 'LocalManagedPolicy' }), [0, 0, 0])
  assert.deepEqual(await list('both', { EntityFilter: 'AWSManagedPolicy' }), [0, 0, 0])
  assert.deepEqual(await list('attached', { PathPrefix: '/r/' }), [0, 0, 1])
  const first = await call('ListEntitiesForPolicy', {
    PolicyArn: policyArn('attached'),
    MaxItems: 2,
  })
  assert.equal(first.IsTruncated, true)
  const rest = { PolicyArn: policyArn('attached'), Marker: first.Marker }
  const second = await call('ListEntitiesForPolicy', rest)
  assert.deepEqual(second.PolicyUsers, [{ UserName: 'e', UserId: 'AIDAe' }])
})

test('ListPolicies pages through the account’s own and then all of AWS’s', async () => {
  const iam = await start()
  for (const name of ['zeta', 'Alpha']) await create(iam, name)
  const names: (string | undefined)[] = []
  let Marker: string | undefined
  do {
    const page = await iam.call('ListPolicies', { MaxItems: 1000, Marker })
    names.push(...(page.Policies ?? []).map(({ PolicyName }) => PolicyName))
    Marker = page.Marker
  } while (Marker !== undefined)
  assert.deepEqual(names.slice(0, 2), ['Alpha', 'zeta'])
  assert.equal(names.length, 2 + iam.services.awsPolicies.list().length)
  assert.equal(new Set(names).size, names.length)
  const jobs = await iam.call('ListPolicies', { Scope: 'AWS', PathPrefix: '/job-function/' })
  assert.ok(jobs.Policies?.every(({ Path }) => Path === '/job-function/'))
  assert.ok(jobs.Policies?.some(({ PolicyName }) => PolicyName === 'ViewOnlyAccess'))
  const reserved = await iam.call('ListPolicies', {
    Scope: 'AWS',
    PathPrefix: '/aws-service-role/',
  })
  assert.ok(reserved.Policies?.every(({ IsAttachable }) => IsAttachable === true))
})
