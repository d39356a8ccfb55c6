import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RoleSession } from '../directory/session/session.ts'
import { sessionTags } from './session-tags.ts'

const team = { Key: 'Team', Value: 'a' }
const cost = { Key: 'cost', Value: '1' }
const chained = {
  type: 'role',
  tags: [team, cost],
  transitiveTagKeys: ['Team'],
} as unknown as RoleSession

test('only transitive tags are inherited, and they stay transitive', () => {
  assert.deepEqual(sessionTags([], [], chained), {
    tags: [team],
    transitiveTagKeys: ['Team'],
    inherited: [team],
  })
})

test('an inherited key cannot be set again in any case, one that is not transitive can', () => {
  assert.throws(() => sessionTags([{ Key: 'TEAM', Value: 'b' }], [], chained), {
    code: 'InvalidParameterValue',
  })
  const again = { Key: 'cost', Value: '2' }
  assert.deepEqual(sessionTags([again], [], chained).tags, [team, again])
})

test('a transitive key must be among the tags of the request, ignoring case', () => {
  assert.deepEqual(sessionTags([team], ['TEAM'], undefined).transitiveTagKeys, ['Team'])
  assert.throws(() => sessionTags([team], ['cost'], undefined), /must be included/)
})

test('the reserved prefix is told before duplicates', () => {
  const twice = [team, { Key: 'tEAM', Value: 'b' }]
  assert.throws(() => sessionTags(twice, [], undefined), /Duplicate tag keys/)
  assert.throws(
    () => sessionTags([...twice, { Key: 'AWS:x', Value: '' }], [], undefined),
    /reserved/,
  )
})
