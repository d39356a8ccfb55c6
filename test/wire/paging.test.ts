import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { XmlValue } from './read-xml.ts'
import {
  account,
  allow,
  list,
  openWire,
  type Parameters,
  tags,
  trusting,
  type Wire,
} from './wire-service.ts'

/** Lists in pages: every item once, markers that hold for their own list only. */
let wire: Wire
const names = ['Alpha', 'beta', 'Delta', 'gamma', 'omega']
const document = JSON.stringify(allow('s3:ListBucket'))
const policyArn = (name: string): string => `arn:aws:iam::${account}:policy/p/${name}`
const owner = { UserName: 'owner' }
const groupOwner = { GroupName: 'owner' }
const roleOwner = { RoleName: 'owner' }
const profile = { InstanceProfileName: 'Alpha' }
const onePolicy = { PolicyArn: policyArn('Alpha') }

before(async () => {
  wire = await openWire()
  const { iam, root } = wire
  await iam(root, 'CreateUser', { UserName: 'owner', Path: '/own/' })
  await iam(root, 'CreateGroup', { GroupName: 'owner', Path: '/own/' })
  await wire.newRole('owner', trusting(account), { path: '/own/' })
  for (const name of names) {
    await iam(root, 'CreateUser', { UserName: name, Path: '/p/' })
    await iam(root, 'CreateGroup', { GroupName: name, Path: '/p/' })
    await wire.newRole(name, trusting(account), { path: '/p/' })
    await iam(root, 'CreatePolicy', { PolicyName: name, PolicyDocument: document, Path: '/p/' })
    await iam(root, 'CreateInstanceProfile', { InstanceProfileName: name, Path: '/p/' })
    await iam(root, 'AddUserToGroup', { ...groupOwner, UserName: name })
    await iam(root, 'AddUserToGroup', { GroupName: name, ...owner })
    await iam(root, 'AddRoleToInstanceProfile', { InstanceProfileName: name, ...roleOwner })
    const inline = { PolicyName: name, PolicyDocument: document }
    const PolicyArn = policyArn(name)
    for (const [kind, one] of Object.entries({ User: owner, Group: groupOwner, Role: roleOwner })) {
      await iam(root, `Put${kind}Policy`, { ...one, ...inline })
      await iam(root, `Attach${kind}Policy`, { ...one, PolicyArn })
    }
    const tag = tags({ [name]: 'x' })
    await iam(root, 'TagUser', { ...owner, ...tag })
    await iam(root, 'TagRole', { ...roleOwner, ...tag })
    await iam(root, 'TagPolicy', { ...onePolicy, ...tag })
    await iam(root, 'TagInstanceProfile', { ...profile, ...tag })
    await iam(root, 'AttachUserPolicy', { UserName: name, ...onePolicy })
    await iam(root, 'CreatePolicyVersion', { ...onePolicy, PolicyDocument: document })
  }
  await iam(root, 'CreateAccessKey', { UserName: 'owner' })
  await iam(root, 'CreateAccessKey', { UserName: 'owner' })
})
after(() => wire[Symbol.asyncDispose]())

interface Page {
  readonly IsTruncated: string
  readonly Marker?: string
  readonly [list: string]: XmlValue | undefined
}

const page = async (action: string, parameters: Parameters): Promise<Page> => {
  const answer = await wire.iam(wire.root, action, parameters)
  assert.equal(answer.summary, '200 OK')
  return answer.result as unknown as Page
}

const inPath = { PathPrefix: '/p/' }
const lists: readonly (readonly [
  action: string,
  member: string,
  parameters: Parameters,
  count: number,
])[] = [
  ['ListUsers', 'Users', inPath, 5],
  ['ListGroups', 'Groups', inPath, 5],
  ['ListRoles', 'Roles', inPath, 5],
  ['ListPolicies', 'Policies', { ...inPath, Scope: 'Local' }, 5],
  ['ListInstanceProfiles', 'InstanceProfiles', inPath, 5],
  ['GetGroup', 'Users', { GroupName: 'owner' }, 5],
  ['ListGroupsForUser', 'Groups', owner, 5],
  ['ListUserPolicies', 'PolicyNames', owner, 5],
  ['ListAttachedUserPolicies', 'AttachedPolicies', owner, 5],
  ['ListUserTags', 'Tags', owner, 5],
  ['ListAccessKeys', 'AccessKeyMetadata', owner, 2],
  ['ListGroupPolicies', 'PolicyNames', groupOwner, 5],
  ['ListAttachedGroupPolicies', 'AttachedPolicies', groupOwner, 5],
  ['ListRolePolicies', 'PolicyNames', roleOwner, 5],
  ['ListAttachedRolePolicies', 'AttachedPolicies', roleOwner, 5],
  ['ListRoleTags', 'Tags', roleOwner, 5],
  ['ListInstanceProfilesForRole', 'InstanceProfiles', roleOwner, 5],
  ['ListInstanceProfileTags', 'Tags', profile, 5],
  ['ListPolicyTags', 'Tags', onePolicy, 5],
  ['ListPolicyVersions', 'Versions', onePolicy, 5],
  ['ListEntitiesForPolicy', 'PolicyUsers', { ...onePolicy, EntityFilter: 'User' }, 6],
]

for (const [action, member, parameters, count] of lists) {
  test(`${action} gives each item once, whatever the size of its pages`, async () => {
    const whole = await page(action, parameters)
    assert.equal(whole.IsTruncated, 'false')
    assert.equal(whole.Marker, undefined)
    const all = whole[member] as readonly XmlValue[]
    assert.equal(all.length, count)
    for (const sizes of [[1], [2], [3, 1], [1, 1000], ['01', '+2']]) {
      const found: XmlValue[] = []
      let Marker: string | undefined
      for (let n = 0; n === 0 || Marker !== undefined; n++) {
        const MaxItems = sizes[n % sizes.length]
        const next = await page(action, { ...parameters, MaxItems, Marker })
        found.push(...(next[member] as readonly XmlValue[]))
        assert.equal(next.IsTruncated, String(next.Marker !== undefined))
        if (next.Marker !== undefined) assert.ok(next.Marker.length <= 320)
        Marker = next.Marker
      }
      assert.deepEqual(found, all)
    }
  })
}

test('a marker holds for its own list and selection only', async () => {
  const { Marker } = await page('ListUsers', { ...inPath, MaxItems: 2 })
  assert.ok(Marker)
  const refused = async (action: string, parameters: Parameters): Promise<void> => {
    const answer = await wire.iam(wire.root, action, { ...parameters, Marker })
    assert.match(answer.summary, /^400 ValidationError: /)
  }
  await refused('ListGroups', inPath)
  await refused('ListUsers', {})
  await refused('ListUsers', { PathPrefix: '/own/' })
  const changed = await wire.iam(wire.root, 'ListUsers', { ...inPath, Marker: `${Marker}x` })
  assert.match(changed.summary, /^400 ValidationError: /)
  const other = await wire.newAccount('333333333333')
  const foreign = await wire.iam(other, 'ListUsers', { ...inPath, Marker })
  assert.match(foreign.summary, /^400 ValidationError: /)
})

test('a default that is spelled out is the same selection', async () => {
  const { Marker } = await page('ListPolicies', {
    Scope: 'Local',
    OnlyAttached: 'false',
    MaxItems: 2,
  })
  const next = await page('ListPolicies', { Scope: 'Local', OnlyAttached: '0', Marker })
  assert.equal((next.Policies as readonly XmlValue[]).length, 3)
  const without = await page('ListPolicies', { Scope: 'Local', Marker })
  assert.equal((without.Policies as readonly XmlValue[]).length, 3)
})

test('a page goes on after an item that has gone', async () => {
  const { iam, root } = wire
  for (const name of ['x1', 'x2', 'x3'])
    await iam(root, 'CreateUser', { UserName: name, Path: '/x/' })
  const { Marker } = await page('ListUsers', { PathPrefix: '/x/', MaxItems: 2 })
  await iam(root, 'DeleteUser', { UserName: 'x2' })
  await iam(root, 'DeleteUser', { UserName: 'x3' })
  const rest = await page('ListUsers', { PathPrefix: '/x/', Marker })
  assert.deepEqual(rest, { Users: '', IsTruncated: 'false' })
})

test('the details of the account come in pages too, each entity once', async () => {
  const parts = ['UserDetailList', 'RoleDetailList', 'GroupDetailList', 'Policies']
  const countOf = (details: Page): number[] =>
    parts.map((part) => (details[part] as readonly XmlValue[]).length)
  const all = countOf(await page('GetAccountAuthorizationDetails', { MaxItems: 1000 }))
  const sums = [0, 0, 0, 0]
  let Marker: string | undefined
  do {
    const next = await page('GetAccountAuthorizationDetails', { MaxItems: 4, Marker })
    for (const [index, n] of countOf(next).entries()) sums[index] = (sums[index] ?? 0) + n
    Marker = next.Marker
  } while (Marker !== undefined)
  assert.deepEqual(sums, all)
  const users = await page('GetAccountAuthorizationDetails', list('Filter', ['User']))
  assert.equal((users.UserDetailList as readonly XmlValue[]).length, all[0])
  assert.equal(users.RoleDetailList, '')
})
