import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import {
  at,
  base,
  duplicate,
  fiftyOne,
  long,
  one,
  openAssumeRole,
  parameterValue,
  role,
  transitiveMissing,
  two,
} from './assume-role.fixture.ts'
import { allow, list, type Parameters, tags, trusting } from './wire-service.ts'

/** Tags and policies that AssumeRole is given: which are refused, and how much space they take. */
const { wire, ada, assume } = await openAssumeRole()
after(() => wire[Symbol.asyncDispose]())

const rows: readonly (readonly [name: string, parameters: Parameters, answer: string])[] = [
  // Tags.
  ['tags', tags({ Team: 'red', Empty: '' }), '200 OK'],
  [
    'fifty tags',
    tags(
      Object.fromEntries(
        Object.entries(fiftyOne)
          .slice(1)
          .map(([key]) => [key, '']),
      ),
    ),
    '200 OK',
  ],
  ['keys that differ in case', tags({ a: '1', A: '2' }), parameterValue(duplicate)],
  [
    'a transitive key that is no tag',
    { ...tags({ a: '1' }), ...list('TransitiveTagKeys', ['b']) },
    parameterValue(transitiveMissing),
  ],
  [
    'a transitive key without tags',
    list('TransitiveTagKeys', ['b']),
    parameterValue(transitiveMissing),
  ],
  [
    'a transitive key in another case',
    { ...tags({ Team: '1' }), ...list('TransitiveTagKeys', ['team']) },
    '200 OK',
  ],
  [
    'a reserved key',
    tags({ 'aws:x': '1' }),
    parameterValue('Tag keys beginning with aws: are reserved for system use.'),
  ],
  ['a reserved value', tags({ x: 'aws:y' }), '200 OK'],
  [
    'a tag without key',
    { 'Tags.member.1.Value': 'x' },
    one(at(null, 'tags.1.member.key', 'not be null')),
  ],
  [
    'a tag without value',
    { 'Tags.member.1.Key': 'x' },
    one(at(null, 'tags.1.member.value', 'not be null')),
  ],
  [
    'an empty key',
    tags({ '': 'x' }),
    two(
      at(
        '',
        'tags.1.member.key',
        'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+',
      ),
      at('', 'tags.1.member.key', 'have length greater than or equal to 1'),
    ),
  ],
  [
    'a key of 129 letters',
    tags({ [long(129)]: '' }),
    one(at(long(129), 'tags.1.member.key', 'have length less than or equal to 128')),
  ],
  [
    'a value of 257 letters',
    tags({ a: long(257) }),
    one(at(long(257), 'tags.1.member.value', 'have length less than or equal to 256')),
  ],
  // Session policies.
  [
    'a policy that is no JSON',
    { Policy: 'text' },
    '400 MalformedPolicyDocument: The policy is not in the valid JSON format.',
  ],
  [
    'a policy with a broken statement',
    { Policy: '{"Version":"2012-10-17","Statement":[{}]}' },
    '400 MalformedPolicyDocument: Syntax errors in policy.',
  ],
  [
    'a policy with a principal',
    { Policy: JSON.stringify(trusting('*')) },
    '400 MalformedPolicyDocument: Policy document should not specify a principal.',
  ],
  [
    'a policy with bad base64',
    {
      Policy: JSON.stringify(
        allow('s3:*', '*', { Condition: { BinaryEquals: { k: 'no-binary' } } }),
      ),
    },
    '400 MalformedPolicyDocument: The policy failed legacy parsing',
  ],
  [
    'a policy with a number that is none',
    { Policy: JSON.stringify(allow('s3:*', '*', { Condition: { NumericEquals: { k: 'NaN' } } })) },
    '200 OK',
  ],
  [
    'a policy with an IPv6 network with host bits',
    {
      Policy: JSON.stringify(
        allow('s3:*', '*', { Condition: { IpAddress: { k: '2001:db8::5/64' } } }),
      ),
    },
    '200 OK',
  ],
  [
    'a policy ARN',
    { 'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    '200 OK',
  ],
  [
    'eleven policy ARNs',
    Object.fromEntries(
      Array.from({ length: 11 }, (_, n) => [
        `PolicyArns.member.${n + 1}.arn`,
        'arn:aws:iam::aws:policy/ReadOnlyAccess',
      ]),
    ),
    one(
      `Value '[${Array(11).fill('{arn=arn:aws:iam::aws:policy/ReadOnlyAccess}').join(', ')}]' at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10`,
    ),
  ],
  [
    'a policy ARN that is too short',
    { 'PolicyArns.member.1.arn': 'x' },
    one(at('x', 'policyArns.1.member.arn', 'have length greater than or equal to 20')),
  ],
]

for (const [name, parameters, answer] of rows) {
  test(`${name}: ${answer.slice(0, 70)}`, async () => {
    assert.equal((await assume(parameters)).summary, answer)
  })
}

test('with tags, identity or policies the answer says so', async () => {
  const tagged = await assume(tags({ a: 'b' }))
  assert.match(tagged.text('PackedPolicySize'), /^[1-9]\d?$/)
  const named = await assume({ SourceIdentity: 'ada' })
  assert.equal(named.text('SourceIdentity'), 'ada')
  assert.deepEqual(Object.keys(named.result), ['Credentials', 'AssumedRoleUser', 'SourceIdentity'])
  const limited = await assume({ Policy: JSON.stringify(allow('s3:*')) })
  assert.match(limited.text('PackedPolicySize'), /^[1-9]\d?$/)
})

test('inherited tags take space too, until there is no more', async () => {
  const first = await wire.session(ada, 'AssumeRole', {
    ...base,
    ...tags({ Team: long(250) }),
    ...list('TransitiveTagKeys', ['Team']),
  })
  const next = { RoleArn: role('Next') }
  assert.equal((await assume(next, first)).text('PackedPolicySize'), '56')
  assert.equal(
    (await assume({ ...next, ...tags({ More: long(250) }) }, first)).summary,
    '400 PackedPolicyTooLarge: Packed size of session tags consumes 112% of allotted space.',
  )
})

test('policies that take too much space are refused', async () => {
  const word = (n: number): string => ((n * 2654435761) % 4294967296).toString(36)
  const actions = Array.from({ length: 90 }, (_, n) => `${word(n + 1)}:${word(n + 1000)}`)
  const answer = await assume({ Policy: JSON.stringify(allow(actions)) })
  assert.match(
    answer.summary,
    /^400 PackedPolicyTooLarge: Packed policy consumes 1\d\d% of allotted space, please use smaller policy\.$/,
  )
})
