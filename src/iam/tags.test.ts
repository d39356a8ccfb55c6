import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkTags, mergeTags, policyTagRules, removeTags, userTagRules } from './tags.ts'

const tag = (Key: string, Value = '') => ({ Key, Value })
const tags = fc.array(
  fc.record({ Key: fc.constantFrom('a', 'A', 'b', 'B', 'c'), Value: fc.constantFrom('1', '2') }),
  { maxLength: 6 },
)

test('reserved keys are refused in every case, and before repeated ones; values are free', () => {
  for (const key of ['aws:x', 'AWS:x', 'aWs:']) {
    assert.throws(() => checkTags([tag('k'), tag('k'), tag(key)], policyTagRules), {
      code: 'InvalidInput',
      message: 'Tag keys beginning with aws: are reserved for system use.',
    })
  }
  checkTags([tag('awsx'), tag('k', 'aws:x')], userTagRules)
})

test('keys that differ in case are one key for users and two for policies', () => {
  const both = [tag('Team', '1'), tag('team', '2')]
  assert.throws(() => checkTags(both, userTagRules), {
    message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  })
  checkTags(both, policyTagRules)
  assert.deepEqual(mergeTags([both[0] ?? tag('')], both, policyTagRules), both)
  assert.deepEqual(mergeTags([both[0] ?? tag('')], [tag('team', '2')], userTagRules), [both[1]])
  assert.deepEqual(removeTags(both, ['TEAM'], policyTagRules), both)
  assert.deepEqual(removeTags(both, ['TEAM'], userTagRules), [])
})

test('merging twice is merging once, and what was merged can be removed again', () => {
  for (const rules of [userTagRules, policyTagRules]) {
    fc.assert(
      fc.property(tags, tags, (existing, added) => {
        const merged = mergeTags(existing, added, rules)
        assert.deepEqual(mergeTags(merged, added, rules), merged)
        const keys: readonly string[] = added.map(({ Key }) => Key)
        for (const { Key } of removeTags(merged, keys, rules)) assert.ok(!keys.includes(Key))
      }),
    )
  }
})
