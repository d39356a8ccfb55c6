import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groups } from '../../directory/records/group.ts'
import { roles } from '../../directory/records/role.ts'
import { users } from '../../directory/records/user.ts'
import { boundaryOperations } from '../boundaries.ts'
import { type TestIam, testAccount, testIam } from '../iam.fixture.ts'
import { encodeDocument } from '../policy-document.ts'
import { managedPolicyOperations } from './managed-policy-operations.ts'

const allowAll =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess'
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

test('CreatePolicy answers no description; GetPolicy does, with tags even when there are none', async () => {
  const { call } = await start()
  const { Policy } = await call('CreatePolicy', {
    PolicyName: 'Own',
    Path: '/x/',
    PolicyDocument: allowAll,
    Description: 'mine',
  })
  assert.match(Policy?.PolicyId ?? '', /^ANPA[A-Z2-7]{17}$/)
  const at = Date.parse('2026-01-01T00:00:00Z')
  const listed = {
    PolicyName: 'Own',
    PolicyId: Policy?.PolicyId,
    Arn: policyArn('x/Own'),
    Path: '/x/',
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: at,
    UpdateDate: at,
  }
  assert.deepEqual(Policy, listed)
  const got = await call('GetPolicy', { PolicyArn: policyArn('x/Own') })
  assert.deepEqual(got.Policy, { ...listed, Description: 'mine', Tags: [] })
  assert.deepEqual((await call('ListPolicies', { Scope: 'Local' })).Policies, [listed])
  const tags = [{ Key: 'a', Value: '' }]
  const tagged = await call('CreatePolicy', {
    PolicyName: 'T',
    PolicyDocument: allowAll,
    Tags: tags,
  })
  assert.deepEqual(tagged.Policy?.Tags, tags)
})

test('names of policies are taken in every case and under every path', async () => {
  const iam = await start()
  await create(iam, 'Own')
  const again = { PolicyName: 'OWN', Path: '/other/', PolicyDocument: allowAll }
  await assert.rejects(iam.call('CreatePolicy', again), {
    code: 'EntityAlreadyExists',
    message: 'A policy called OWN already exists. Duplicate names are not allowed.',
  })
})

test('an ARN names a policy exactly, or is refused for what is wrong with it', async () => {
  const iam = await start()
  const arn = await create(iam, 'Own')
  const get = (PolicyArn: string): Promise<unknown> => iam.call('GetPolicy', { PolicyArn })
  await get(arn)
  for (const missing of [policyArn('own'), policyArn('x/Own'), `${administrator}s`]) {
    await assert.rejects(get(missing), {
      code: 'NoSuchEntity',
      message: `Policy ${missing} was not found.`,
    })
  }
  await assert.rejects(get('arn:aws-cn:iam::aws:policy/AdministratorAccess'), {
    code: 'ValidationError',
    message: 'Invalid ARN partition',
  })
  await assert.rejects(get('policy-without-any-colon'), {
    code: 'ValidationError',
    message: 'Invalid ARN:  Could not be parsed!',
  })
  const role = `arn:aws:iam::${testAccount}:role/Own`
  await assert.rejects(get(role), { code: 'ValidationError', message: `ARN ${role} is not valid.` })
})

test('a faulty document is MalformedPolicyDocument, one over 6,144 characters LimitExceeded', async () => {
  const { call } = await start()
  const make = (PolicyName: string, PolicyDocument: string): Promise<unknown> =>
    call('CreatePolicy', { PolicyName, PolicyDocument })
  await assert.rejects(make('a', '{}'), {
    code: 'MalformedPolicyDocument',
    message: 'Syntax errors in policy.',
  })
  const filled = (size: number): string =>
    allowAll.replace('"*","Resource"', `"s3:${'x'.repeat(size - allowAll.length - 2)}","Resource"`)
  assert.equal(filled(6144).length, 6144)
  await make('b', filled(6144).replaceAll('":', '":\n    '))
  await assert.rejects(make('c', filled(6145)), {
    code: 'LimitExceeded',
    message: 'Cannot exceed quota for PolicySize: 6144',
  })
})

test('five versions at most, newest first, and a number is never given twice', async () => {
  const iam = await start()
  const PolicyArn = await create(iam, 'Own')
  const add = (SetAsDefault?: boolean) =>
    iam.call('CreatePolicyVersion', { PolicyArn, PolicyDocument: allowAll, SetAsDefault })
  iam.clock.advance({ seconds: 60 })
  const at = iam.clock.now()
  assert.deepEqual((await add(true)).PolicyVersion, {
    VersionId: 'v2',
    IsDefaultVersion: true,
    CreateDate: at,
  })
  assert.equal((await iam.call('GetPolicy', { PolicyArn })).Policy?.UpdateDate, at)
  for (let count = 3; count <= 5; count++) await add()
  await assert.rejects(add(), {
    code: 'LimitExceeded',
    message:
      'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
  })
  await iam.call('DeletePolicyVersion', { PolicyArn, VersionId: 'v5' })
  assert.equal((await add()).PolicyVersion?.VersionId, 'v6')
  const list = async () =>
    (await iam.call('ListPolicyVersions', { PolicyArn })).Versions?.map(
      ({ VersionId, IsDefaultVersion }) => `${VersionId}${IsDefaultVersion ? '*' : ''}`,
    )
  assert.deepEqual(await list(), ['v6', 'v4', 'v3', 'v2*', 'v1'])
  for (const VersionId of ['v4', 'v3', 'v1']) {
    await iam.call('DeletePolicyVersion', { PolicyArn, VersionId })
  }
  for (let count = 7; count <= 9; count++) await add()
  await iam.call('DeletePolicyVersion', { PolicyArn, VersionId: 'v6' })
  await add()
  assert.deepEqual(await list(), ['v10', 'v9', 'v8', 'v7', 'v2*'])
})

test('the default version can be set and not deleted; a missing one is named', async () => {
  const iam = await start()
  const PolicyArn = await create(iam, 'Own')
  await iam.call('CreatePolicyVersion', { PolicyArn, PolicyDocument: allowAll })
  await assert.rejects(iam.call('DeletePolicyVersion', { PolicyArn, VersionId: 'v1' }), {
    code: 'DeleteConflict',
    message: 'Cannot delete the default version of a policy.',
  })
  await iam.call('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v2' })
  await iam.call('DeletePolicyVersion', { PolicyArn, VersionId: 'v1' })
  const got = await iam.call('GetPolicyVersion', { PolicyArn, VersionId: 'v2' })
  assert.equal(got.PolicyVersion?.Document, encodeDocument(allowAll))
  assert.equal(got.PolicyVersion?.IsDefaultVersion, true)
  const missing = (arn: string) => ({
    code: 'NoSuchEntity',
    message: `Policy ${arn} version v1 does not exist or is not attachable.`,
  })
  for (const arn of [PolicyArn, policyArn('none')]) {
    const input = { PolicyArn: arn, VersionId: 'v1' }
    await assert.rejects(iam.call('GetPolicyVersion', input), missing(arn))
    await assert.rejects(iam.call('SetDefaultPolicyVersion', input), missing(arn))
    await assert.rejects(iam.call('DeletePolicyVersion', input), missing(arn))
  }
})

test('AWS’s policies can be read and not changed, whether they exist or not', async () => {
  const { call } = await start()
  const { Policy } = await call('GetPolicy', { PolicyArn: administrator })
  assert.deepEqual(
    [Policy?.PolicyName, Policy?.Path, Policy?.Tags],
    ['AdministratorAccess', '/', []],
  )
  const version = await call('GetPolicyVersion', {
    PolicyArn: administrator,
    VersionId: Policy?.DefaultVersionId ?? '',
  })
  assert.match(decodeURIComponent(version.PolicyVersion?.Document ?? ''), /"Action":"\*"/)
  assert.deepEqual(await call('ListPolicyTags', { PolicyArn: administrator }), {
    Tags: [],
    IsTruncated: false,
  })
  for (const PolicyArn of [administrator, 'arn:aws:iam::aws:policy/no-such-policy']) {
    const refusals: [Promise<unknown>, string][] = [
      [call('DeletePolicy', { PolicyArn }), 'Cannot delete policies'],
      [
        call('CreatePolicyVersion', { PolicyArn, PolicyDocument: '{' }),
        'Cannot create versions for policies',
      ],
      [call('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v1' }), 'Cannot update policies'],
      [
        call('DeletePolicyVersion', { PolicyArn, VersionId: 'v1' }),
        'Cannot delete policy versions for policies',
      ],
    ]
    for (const [refused, what] of refusals) {
      const message = `${what} outside your own account.`
      await assert.rejects(refused, { code: 'AccessDenied', message })
    }
    const noTags = {
      code: 'InvalidInput',
      message: 'Tags not supported for policies in this domain',
    }
    const Tags = [{ Key: 'a', Value: '' }]
    await assert.rejects(call('TagPolicy', { PolicyArn, Tags }), noTags)
    await assert.rejects(call('UntagPolicy', { PolicyArn, TagKeys: ['a'] }), noTags)
  }
})

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
  assert.ok(reserved.Policies?.every(({ IsAttachable }) => IsAttachable === false))
})

test('tag keys of a policy keep their case apart and are listed in order', async () => {
  const iam = await start()
  const PolicyArn = await create(iam, 'Own')
  const tags = [
    { Key: 'a', Value: 'lower' },
    { Key: 'A', Value: 'upper' },
  ]
  await iam.call('TagPolicy', { PolicyArn, Tags: tags })
  const list = async () => (await iam.call('ListPolicyTags', { PolicyArn })).Tags
  assert.deepEqual(await list(), tags.toReversed())
  await iam.call('UntagPolicy', { PolicyArn, TagKeys: ['a', 'x'] })
  assert.deepEqual(await list(), [{ Key: 'A', Value: 'upper' }])
  const [permission] = await iam.access('TagPolicy', { PolicyArn, Tags: tags })
  assert.deepEqual(permission, {
    action: 'iam:TagPolicy',
    resource: PolicyArn,
    resourceTags: [{ Key: 'A', Value: 'upper' }],
    requestTags: tags,
  })
  const none = policyArn('none')
  await assert.rejects(iam.call('TagPolicy', { PolicyArn: none, Tags: tags }), {
    code: 'NoSuchEntity',
    message: `Policy ${none} was not found.`,
  })
  const [missing] = await iam.access('GetPolicy', { PolicyArn: none })
  assert.equal(missing?.shownResource, `policy ${none}`)
})
