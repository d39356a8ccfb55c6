import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testIam } from '../iam.fixture.ts'
import { iamOperations } from '../operations.ts'

const UserName = 'ada'
const tag = (Key: string, Value = '') => ({ Key, Value })
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => tag(`k${from + at}`))

async function iamWithUser() {
  const iam = await testIam(iamOperations)
  await iam.call('CreateUser', { UserName })
  return iam
}

test('tagging with another case replaces value and spelling', async () => {
  const { call } = await iamWithUser()
  await call('TagUser', { UserName, Tags: [tag('Team', 'a'), tag('Cost', 'b')] })
  await call('TagUser', { UserName, Tags: [tag('team', 'c')] })
  assert.deepEqual((await call('ListUserTags', { UserName })).Tags, [
    tag('Cost', 'b'),
    tag('team', 'c'),
  ])
})

test('a Tag operation without tags is refused, an Untag without keys is not', async () => {
  const { call } = await iamWithUser()
  await assert.rejects(call('TagUser', { UserName, Tags: [] }), {
    code: 'InvalidInput',
    message: 'Error occurred while validating input. ',
  })
  await call('UntagUser', { UserName, TagKeys: [] })
})

test('fifty tags fit, and what would make it one more writes nothing', async () => {
  const { call } = await iamWithUser()
  await call('TagUser', { UserName, Tags: numbered(0, 49) })
  await assert.rejects(call('TagUser', { UserName, Tags: [tag('x'), tag('y')] }), {
    code: 'LimitExceeded',
    message: 'The number of tags has reached the maximum limit.',
  })
  await call('TagUser', { UserName, Tags: [tag('x'), tag('K1', 'replaced')] })
  assert.equal((await call('ListUserTags', { UserName })).Tags.length, 50)
})

test('untagging ignores case, absent keys, repeats and the reserved prefix', async () => {
  const { call } = await iamWithUser()
  await call('TagUser', { UserName, Tags: [tag('Team'), tag('Cost')] })
  await call('UntagUser', { UserName, TagKeys: ['TEAM', 'team', 'aws:x', 'none'] })
  assert.deepEqual((await call('ListUserTags', { UserName })).Tags, [tag('Cost')])
})

test('tags are listed by key, page by page, even with the longest keys', async () => {
  const { call } = await iamWithUser()
  const Tags = ['b', 'a', 'c'].map((letter) => tag(`${letter}${'ü'.repeat(127)}`))
  await call('TagUser', { UserName, Tags })
  const first = await call('ListUserTags', { UserName, MaxItems: 2 })
  assert.equal(first.IsTruncated, true)
  assert.ok((first.Marker?.length ?? 0) <= 320)
  const rest = await call('ListUserTags', { UserName, MaxItems: 1, Marker: first.Marker })
  assert.deepEqual(
    [...first.Tags, ...rest.Tags].map(({ Key }) => Key[0]),
    ['a', 'b', 'c'],
  )
  assert.equal(rest.IsTruncated, false)
})

test('the keys to be removed and the tags to be set are told to authorization', async () => {
  const { access } = await iamWithUser()
  const Tags = [tag('a', '1'), tag('A', '2')]
  assert.deepEqual((await access('TagUser', { UserName, Tags }))[0]?.requestTags, Tags)
  const [untag] = await access('UntagUser', { UserName, TagKeys: ['a'] })
  assert.deepEqual(untag?.tagKeys, ['a'])
})
