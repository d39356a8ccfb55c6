import assert from 'node:assert/strict'
import { test } from 'node:test'
import { validate } from '../catalog/validate.ts'
import { parseForm } from './form.ts'
import { readQueryInput } from './read-query-input.ts'
import { operationNamed } from './samples.fixture.ts'

const read = (name: string, body: string): Readonly<Record<string, unknown>> =>
  readQueryInput(operationNamed(name), parseForm(body) ?? new Map())

const refused = (name: string, body: string, message?: string): void => {
  assert.throws(
    () => read(name, body),
    {
      code: 'MalformedInput',
      ...(message === undefined ? {} : { message }),
    },
    body,
  )
}

const answer = (name: string, body: string): string | undefined =>
  validate(operationNamed(name), read(name, body))?.message

test('an integer takes leading zeros and a plus, and nothing around its digits', () => {
  for (const text of ['900', '0900', '%2B900']) {
    assert.deepEqual(read('AssumeRole', `DurationSeconds=${text}`), { DurationSeconds: 900 })
  }
  assert.deepEqual(read('AssumeRole', 'DurationSeconds=2147483647'), {
    DurationSeconds: 2147483647,
  })
  assert.deepEqual(read('AssumeRole', 'DurationSeconds=-2147483648'), {
    DurationSeconds: -2147483648,
  })
  for (const text of [
    '+900+',
    '900.0',
    '9e2',
    'abc',
    '2147483648',
    '-2147483649',
    '%09900',
    '900%0A',
    '0x10',
    '-',
    '%2B',
    '٩',
  ]) {
    refused('AssumeRole', `DurationSeconds=${text}`)
  }
  refused('AssumeRole', 'DurationSeconds=', 'missing value for decimal type')
})

test('a boolean is one of four texts', () => {
  for (const [text, AllUsers] of [
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ] as const) {
    assert.deepEqual(read('ListServiceSpecificCredentials', `AllUsers=${text}`), { AllUsers })
  }
  for (const text of ['True', 'TRUE', '+true', '', 'null', '01', 'yes']) {
    refused('ListServiceSpecificCredentials', `AllUsers=${text}`)
  }
})

test('of a parameter sent twice the first counts', () => {
  assert.deepEqual(read('GetUser', 'UserName=ada&UserName=bob'), { UserName: 'ada' })
})

test('one index in two spellings is one element', () => {
  assert.deepEqual(read('TagUser', 'Tags.member.01.Key=a&Tags.member.1.Value=b'), {
    Tags: [{ Key: 'a', Value: 'b' }],
  })
})

test('what is no index is refused in the words of AWS', () => {
  for (const list of ['TagKeys.member.%=a', 'TagKeys.member.%=a&TagKeys.member.1=b']) {
    refused('UntagUser', list.replace('%', '0'), '0 is not a valid index')
    refused('UntagUser', list.replace('%', '-1'), "Key -1 may not have a leading '-'")
    refused('UntagUser', list.replace('%', '1.0'), 'Two index elements may not occur back to back')
    refused('UntagUser', list.replace('%', '%2B1'), 'Start of list found where not expected')
    refused('UntagUser', list.replace('%', 'one'), 'Start of list found where not expected')
  }
  refused('TagUser', 'Tags.member.0.Key=a', '0 is not a valid index')
  refused('TagUser', 'Tags.member.-1.Key=a', "Key -1 may not have a leading '-'")
  refused('TagUser', 'Tags.member.1.0.Key=a', 'Two index elements may not occur back to back')
})

test('a word for an index of structures counts as an empty first element', () => {
  for (const index of ['one', '%2B1']) {
    assert.equal(
      answer('TagUser', `UserName=a&Tags.member.${index}.Key=a&Tags.member.${index}.Value=b`),
      "2 validation errors detected: Value at 'tags.1.member.value' failed to satisfy constraint: Member must not be null; Value at 'tags.1.member.key' failed to satisfy constraint: Member must not be null",
    )
  }
})

test('an index may lie ten beyond the one before it, counted from 1', () => {
  const keys = (...indexes: number[]): string =>
    indexes.map((index) => `TagKeys.member.${index}=k${index}`).join('&')
  const sparse = (skipped: number): string =>
    `Excessively sparse input would skip ${skipped} list elements`
  const upTo10 = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  refused('UntagUser', keys(12), sparse(11))
  refused('UntagUser', keys(16), sparse(15))
  refused('UntagUser', keys(1, 12), sparse(11))
  refused('UntagUser', keys(1, 22, 43), sparse(21))
  refused('UntagUser', keys(...upTo10, 21), sparse(11))
  refused('UntagUser', keys(22, ...upTo10), sparse(12))
  for (const indexes of [[11], [1, 8, 15], [15, 8, 1], [1, 11], [...upTo10, 20]]) {
    assert.equal(
      (read('UntagUser', keys(...indexes)).TagKeys as unknown[]).length,
      Math.max(...indexes),
    )
  }
})

test('holes fail validation, in lists of structures without required members too', () => {
  assert.ok(answer('UntagUser', 'UserName=a&TagKeys.member.2=b'))
  assert.ok(answer('TagUser', 'UserName=a&Tags.member.2.Key=b&Tags.member.2.Value=b'))
  const role = 'RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=ab'
  assert.ok(
    answer('AssumeRole', `${role}&PolicyArns.member.2.arn=arn:aws:iam::aws:policy/ReadOnlyAccess`),
  )
  assert.ok(answer('AssumeRole', `${role}&ProvidedContexts.member.2.ContextAssertion=abcd`))
})

test('a list that arrives as a text is refused, not dropped', () => {
  // Dropping PolicyArns would give a session more than its caller asked for.
  for (const body of [
    'PolicyArns=arn:aws:iam::aws:policy/ReadOnlyAccess',
    'PolicyArns.member=arn:aws:iam::aws:policy/ReadOnlyAccess',
    'Tags=a',
  ]) {
    refused('AssumeRole', body)
  }
  assert.deepEqual(read('AssumeRole', 'Tags='), { Tags: [] })
})

test('a text that arrives as a structure or a list is refused, not dropped', () => {
  const structure = 'Start of structure or map found where not expected.'
  refused('AssumeRole', 'Policy.member.1=%7B%7D', structure)
  refused('AssumeRole', 'DurationSeconds.x=900', structure)
  refused('AssumeRole', 'PolicyArns.member.1.arn.x=arn:aws:iam::aws:policy/X', structure)
  refused('AssumeRole', 'Policy.1=%7B%7D', 'Start of list found where not expected')
  assert.deepEqual(read('AssumeRole', 'ExternalId=a&ExternalId.x=b'), { ExternalId: 'a' })
})

test('unknown parameters and members are left out, also those named like parts of every object', () => {
  const input = read(
    'TagUser',
    'UserName=a&Path=/&__proto__=1&__proto__.Key=2&constructor.prototype.x=1&Tags.member.1.Key=k&Tags.member.1.__proto__.Value=v',
  )
  assert.deepEqual(input, { UserName: 'a', Tags: [{ Key: 'k' }] })
  assert.equal(Object.hasOwn(Object.prototype, 'x'), false)
})

test('decoding never fails', () => {
  assert.deepEqual(parseForm('a=%zz&b=%&c=%C3&d=1+2%2B3&e&&=x&f==')?.entries().toArray(), [
    ['a', '%zz'],
    ['b', '%'],
    ['c', '\ufffd'],
    ['d', '1 2+3'],
    ['e', ''],
    ['', 'x'],
    ['f', '='],
  ])
})

test('there is an end to the number of parameters', () => {
  const many = (count: number): string =>
    Array.from({ length: count }, (_, n) => `p${n}=`).join('&')
  assert.equal(parseForm(many(10_000))?.size, 10_000)
  assert.equal(parseForm(many(10_001)), undefined)
})
