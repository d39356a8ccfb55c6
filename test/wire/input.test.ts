import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { account, allow, openWire, type Parameters, trusting, type Wire } from './wire-service.ts'

/** How parameters are read: numbers, booleans, lists and their indexes, and how many faults are told. */
let wire: Wire
before(async () => {
  wire = await openWire()
  await wire.newUser('ada')
  await wire.newRole('open', trusting(account))
})
after(() => wire[Symbol.asyncDispose]())

const malformed = (text: string): string => `400 MalformedInput: ${text}`
const one = (at: string, constraint: string): string =>
  `400 ValidationError: 1 validation error detected: Value at '${at}' failed to satisfy constraint: Member must ${constraint}`
const noNumber = malformed('')
const start = malformed('Start of list found where not expected')
const sparse = (jump: number): string =>
  malformed(`Excessively sparse input would skip ${jump} list elements`)
const ada = { UserName: 'ada' }
const keysAt = (...indexes: readonly (number | string)[]): Parameters =>
  Object.fromEntries(indexes.map((index) => [`TagKeys.member.${index}`, `k${index}`]))
const tagsAt = (...indexes: readonly (number | string)[]): Parameters =>
  Object.fromEntries(
    indexes.flatMap((index) => [
      [`Tags.member.${index}.Key`, `k${index}`],
      [`Tags.member.${index}.Value`, ''],
    ]),
  )
const tagKeys =
  'satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]'
const hole = (n: number): string[] => [
  `Value at 'tags.${n}.member.value' failed to satisfy constraint: Member must not be null`,
  `Value at 'tags.${n}.member.key' failed to satisfy constraint: Member must not be null`,
]
const holes = (...at: readonly number[]): string => {
  const clauses = at.flatMap(hole).slice(0, 10)
  return `400 ValidationError: ${clauses.length} validation errors detected: ${clauses.join('; ')}`
}

const rows: readonly (readonly [action: string, parameters: Parameters, answer: string])[] = [
  ...['1', '01', '+1', '1000', '0001000'].map(
    (text) => ['ListUsers', { MaxItems: text }, '200 OK'] as [string, Parameters, string],
  ),
  ...[' 1', '1 ', '\t1', '1\n', '1.0', '1e0', 'one', '0x1', '1,000', '٣', '--1', '+', '-'].map(
    (text) => ['ListUsers', { MaxItems: text }, noNumber] as [string, Parameters, string],
  ),
  ['ListUsers', { MaxItems: '' }, malformed('missing value for decimal type')],
  ['ListUsers', { MaxItems: '2147483648' }, noNumber],
  ['ListUsers', { MaxItems: '-2147483649' }, noNumber],
  ['ListUsers', { MaxItems: '99999999999999999999' }, noNumber],
  [
    'ListUsers',
    { MaxItems: '2147483647' },
    one('maxItems', 'have value less than or equal to 1000'),
  ],
  ['ListUsers', { MaxItems: '-1' }, one('maxItems', 'have value greater than or equal to 1')],
  ['ListUsers', { MaxItems: '0' }, one('maxItems', 'have value greater than or equal to 1')],
  ['ListUsers', { MaxItems: '1001' }, one('maxItems', 'have value less than or equal to 1000')],
  ...['true', 'false', '1', '0'].map(
    (text) => ['ListPolicies', { OnlyAttached: text }, '200 OK'] as [string, Parameters, string],
  ),
  ['UntagUser', { ...ada, ...keysAt(1) }, '200 OK'],
  ['UntagUser', { ...ada, ...keysAt('01') }, '200 OK'],
  ['UntagUser', { ...ada, ...keysAt(0) }, malformed('0 is not a valid index')],
  ['UntagUser', { ...ada, ...keysAt(-1) }, malformed("Key -1 may not have a leading '-'")],
  ['UntagUser', { ...ada, ...keysAt('+1') }, start],
  ['UntagUser', { ...ada, ...keysAt('one') }, start],
  [
    'UntagUser',
    { ...ada, ...keysAt('1.0') },
    malformed('Two index elements may not occur back to back'),
  ],
  ['UntagUser', { ...ada, ...keysAt(11) }, one('tagKeys', tagKeys)],
  ['UntagUser', { ...ada, ...keysAt(1, 8, 15) }, one('tagKeys', tagKeys)],
  ['UntagUser', { ...ada, ...keysAt(12) }, sparse(11)],
  ['UntagUser', { ...ada, ...keysAt(16) }, sparse(15)],
  ['UntagUser', { ...ada, ...keysAt(1, 12) }, sparse(11)],
  ['UntagUser', { ...ada, ...keysAt(12, 1) }, sparse(11)],
  ['UntagUser', { ...ada, ...keysAt(1, 22, 43) }, sparse(21)],
  ['UntagUser', { ...ada, ...keysAt(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 21) }, sparse(11)],
  ['UntagUser', { ...ada, ...keysAt(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 22) }, sparse(12)],
  ['UntagUser', { ...ada, ...keysAt(999999999) }, sparse(999999998)],
  ['UntagUser', { ...ada, TagKeys: '' }, '200 OK'],
  ['TagUser', { ...ada, ...tagsAt(1, 2) }, '200 OK'],
  ['TagUser', { ...ada, 'Tags.member.01.Key': 'x', 'Tags.member.1.Value': 'y' }, '200 OK'],
  [
    'TagUser',
    { ...ada, 'Tags.member.1.Key': 'x', 'Tags.member.1.Value': 'y', 'Tags.member.1.Colour': 'z' },
    '200 OK',
  ],
  ['TagUser', { ...ada, ...tagsAt(0) }, malformed('0 is not a valid index')],
  ['TagUser', { ...ada, ...tagsAt(-1) }, malformed("Key -1 may not have a leading '-'")],
  ['TagUser', { ...ada, ...tagsAt('+1') }, holes(1)],
  ['TagUser', { ...ada, ...tagsAt('one') }, holes(1)],
  ['TagUser', { ...ada, ...tagsAt(2) }, holes(1)],
  ['TagUser', { ...ada, ...tagsAt(1, 4) }, holes(2, 3)],
  ['TagUser', { ...ada, ...tagsAt(11) }, holes(1, 2, 3, 4, 5)],
  ['TagUser', { ...ada, ...tagsAt(12) }, sparse(11)],
  ['TagUser', { ...ada, 'Tags.member.1': 'text' }, holes(1)],
  // Nobody asked for these.
  ['GetUser', { ...ada, Path: '/x/', 'Tags.member.1.Key': 'x' }, '200 OK'],
  ['ListUsers', { 'Tags.member.x': 'y', Nothing: '', '': 'x' }, '200 OK'],
  // Several faults at once, in the order of the model.
  [
    'PutUserPolicy',
    {},
    "400 ValidationError: 3 validation errors detected: Value at 'userName' failed to satisfy constraint: Member must not be null; Value at 'policyName' failed to satisfy constraint: Member must not be null; Value at 'policyDocument' failed to satisfy constraint: Member must not be null",
  ],
  [
    'AttachUserPolicy',
    { ...ada, PolicyArn: '' },
    one('policyArn', 'have length greater than or equal to 20'),
  ],
  [
    'UpdateAccessKey',
    { AccessKeyId: '', Status: 'x' },
    "400 ValidationError: 3 validation errors detected: Value at 'accessKeyId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w]+; Value at 'accessKeyId' failed to satisfy constraint: Member must have length greater than or equal to 16; Value at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive, Expired]",
  ],
]

for (const [action, parameters, answer] of rows) {
  test(`${action} ${JSON.stringify(parameters).slice(0, 90)}: ${answer.slice(0, 70)}`, async () => {
    assert.equal((await wire.iam(wire.root, action, parameters)).summary, answer)
  })
}

for (const text of ['True', 'TRUE', 'FALSE', ' true', 'true ', '', 'null', 'yes', '2', '01']) {
  test(`"${text}" is no boolean`, async () => {
    const answer = await wire.iam(wire.root, 'ListPolicies', { OnlyAttached: text })
    assert.match(answer.summary, /^400 MalformedInput: ./)
  })
}

test('names match whatever their case, and answers keep the first spelling', async () => {
  const { iam, root } = wire
  const answer = await iam(root, 'GetUser', { UserName: 'ADA' })
  assert.equal(answer.text('User.UserName'), 'ada')
  const of = { UserName: 'aDa' }
  const document = (action: string): string => JSON.stringify(allow(action))
  await iam(root, 'PutUserPolicy', {
    ...of,
    PolicyName: 'MixedName',
    PolicyDocument: document('s3:A'),
  })
  await iam(root, 'PutUserPolicy', {
    ...of,
    PolicyName: 'mixedname',
    PolicyDocument: document('s3:B'),
  })
  const names = await iam(root, 'ListUserPolicies', of)
  assert.deepEqual(names.result, { PolicyNames: ['MixedName'], IsTruncated: 'false' })
  const got = await iam(root, 'GetUserPolicy', { ...of, PolicyName: 'MIXEDNAME' })
  assert.equal(got.text('PolicyName'), 'MIXEDNAME')
  assert.equal(got.text('UserName'), 'ada')
  assert.equal(decodeURIComponent(got.text('PolicyDocument')), document('s3:B'))
})

test('a list that is sent as text is refused, not dropped', async () => {
  const { sts, iam, root } = wire
  const ada = await wire.newUser('caller', { policy: allow('sts:*') })
  const base = { RoleArn: `arn:aws:iam::${account}:role/open`, RoleSessionName: 'work' }
  for (const bad of [
    { PolicyArns: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    { 'PolicyArns.member': 'x' },
    { 'PolicyArns.1.arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
  ]) {
    assert.match(
      (await sts(ada, 'AssumeRole', { ...base, ...bad })).summary,
      /^400 MalformedInput: /,
    )
  }
  assert.match(
    (await iam(root, 'TagUser', { UserName: 'ada', Tags: 'x' })).summary,
    /^400 MalformedInput/,
  )
})

test('texts come back as they were sent, whatever is in them', async () => {
  const { iam, root } = wire
  const value = 'é ñ 日本 Ω + = / @ : . _ -'
  await iam(root, 'CreateUser', { UserName: 'a+b=c,d.e@f-g_h' })
  const of = { UserName: 'a+b=c,d.e@f-g_h' }
  const tag = { 'Tags.member.1.Key': 'Straße 1', 'Tags.member.1.Value': value }
  assert.equal((await iam(root, 'TagUser', { ...of, ...tag })).summary, '200 OK')
  const tags = await iam(root, 'ListUserTags', of)
  assert.deepEqual(tags.result, { Tags: [{ Key: 'Straße 1', Value: value }], IsTruncated: 'false' })
  const Description = 'a < b && c > "d" \'e\' ÿ\ttab\nline'
  await iam(root, 'UpdateRoleDescription', { RoleName: 'open', Description })
  assert.equal(
    (await iam(root, 'GetRole', { RoleName: 'open' })).text('Role.Description'),
    Description,
  )
  const document =
    '{ "Version":"2012-10-17",\r\n\t"Statement":[{"Sid":"","Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::b/é%20ÿ+&<>\'()!*~"}] }'
  await iam(root, 'PutUserPolicy', { ...of, PolicyName: 'p', PolicyDocument: document })
  const got = (await iam(root, 'GetUserPolicy', { ...of, PolicyName: 'p' })).text('PolicyDocument')
  assert.equal(decodeURIComponent(got), document)
  assert.match(got, /^[A-Za-z0-9\-._~%]*$/)
})
