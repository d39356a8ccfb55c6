import assert from 'node:assert/strict'
import { test } from 'node:test'
import { patternOf } from './constraints.ts'
import { serviceModels } from './model.ts'
import { validate } from './validate.ts'

function problem(name: string, input: object): string | undefined {
  const operation = serviceModels.sts.operations.get(name) ?? serviceModels.iam.operations.get(name)
  assert.ok(operation, name)
  return validate(operation, input)?.message
}

const one = (clause: string): string => `1 validation error detected: ${clause}`
const role = { RoleArn: 'arn:aws:iam::123456789012:role/r', RoleSessionName: 'ab' }
const tagPattern = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]'

test('what is missing is listed in the order of the model', () => {
  assert.equal(
    problem('AssumeRole', {}),
    "2 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null; Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null",
  )
})

test('STS shows the value, IAM does not', () => {
  assert.equal(
    problem('AssumeRole', { ...role, DurationSeconds: 899 }),
    one(
      "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ),
  )
  assert.equal(
    problem('ListUsers', { MaxItems: 1001 }),
    one(
      "Value at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
    ),
  )
  assert.equal(
    problem('DeleteRole', {}),
    one("Value at 'roleName' failed to satisfy constraint: Member must not be null"),
  )
})

test('STS shows no value that is a secret', () => {
  for (const [name, input, field] of [
    ['AssumeRoleWithWebIdentity', { ...role, WebIdentityToken: 'abc' }, 'webIdentityToken'],
    [
      'AssumeRoleWithSAML',
      { ...role, PrincipalArn: role.RoleArn, SAMLAssertion: 'abc' },
      'sAMLAssertion',
    ],
  ] as const) {
    assert.equal(
      problem(name, input),
      one(
        `Value at '${field}' failed to satisfy constraint: Member must have length greater than or equal to 4`,
      ),
    )
  }
})

test('lengths and values are refused just beyond their bounds', () => {
  const accepted = (name: string, input: object): void =>
    assert.equal(problem(name, input), undefined)
  const refused = (name: string, input: object): void => assert.ok(problem(name, input))
  accepted('AssumeRole', { ...role, RoleSessionName: 'a'.repeat(64) })
  refused('AssumeRole', { ...role, RoleSessionName: 'a'.repeat(65) })
  refused('AssumeRole', { ...role, RoleSessionName: 'a' })
  for (const seconds of [900, 43200]) accepted('AssumeRole', { ...role, DurationSeconds: seconds })
  for (const seconds of [899, 43201]) refused('AssumeRole', { ...role, DurationSeconds: seconds })
  const root = {
    TargetPrincipal: '123456789012',
    TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/x' },
  }
  accepted('AssumeRoot', { ...root, DurationSeconds: 0 })
  refused('AssumeRoot', { ...root, DurationSeconds: 901 })
  const tags = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ Key: `k${n}`, Value: '' }))
  accepted('AssumeRole', { ...role, Tags: tags(50) })
  refused('AssumeRole', { ...role, Tags: tags(51) })
  accepted('CreateRole', {
    RoleName: 'r',
    AssumeRolePolicyDocument: '{}',
    MaxSessionDuration: 3600,
  })
  refused('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: '{}', MaxSessionDuration: 3599 })
  refused('CreateRole', {
    RoleName: 'r',
    AssumeRolePolicyDocument: '{}',
    MaxSessionDuration: 43201,
  })
})

test('a length counts code points, and an ARN takes none beyond the basic plane', () => {
  const arn = (characters: number): string => `${'𐀀'.repeat(characters)}`
  const clauses = (message: string | undefined): number => Number(message?.split(' ')[0])
  assert.equal(clauses(problem('AssumeRole', { ...role, RoleArn: arn(2048) })), 1)
  assert.equal(clauses(problem('AssumeRole', { ...role, RoleArn: arn(2049) })), 2)
  assert.equal(
    problem('TagUser', { UserName: 'a', Tags: [{ Key: '𐐀'.repeat(128), Value: '' }] }),
    undefined,
  )
  assert.ok(problem('TagUser', { UserName: 'a', Tags: [{ Key: '𐐀'.repeat(129), Value: '' }] }))
})

test('inside a tag the value is reported before the key', () => {
  assert.equal(
    problem('AssumeRole', {
      ...role,
      Tags: [
        { Key: 'a', Value: 'b' },
        { Key: '*', Value: '*' },
      ],
    }),
    `2 validation errors detected: Value '*' at 'tags.2.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: ${tagPattern}*; Value '*' at 'tags.2.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: ${tagPattern}+`,
  )
})

test('a list of texts fails as a whole, with all that it asks of an element', () => {
  const contract = `[Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: ${tagPattern}+, Member must not be null]`
  assert.equal(
    problem('AssumeRole', { ...role, TransitiveTagKeys: [null, 'a'] }),
    one(
      `Value '[null, a]' at 'transitiveTagKeys' failed to satisfy constraint: Member must satisfy constraint: ${contract}`,
    ),
  )
  assert.equal(
    problem('UntagUser', { UserName: 'a', TagKeys: ['a', ''] }),
    one(
      `Value at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: ${contract}`,
    ),
  )
})

test('a hole fails also where an element is asked for nothing else', () => {
  const simulated = { ActionNames: ['s3:GetObject'], PolicyInputList: ['{}'] }
  assert.equal(
    problem('SimulateCustomPolicy', {
      ...simulated,
      ContextEntries: [{ ContextKeyName: 'aws:x', ContextKeyValues: [null, 'a'] }],
    }),
    one(
      "Value at 'contextEntries.1.member.contextKeyValues' failed to satisfy constraint: Member must satisfy constraint: [Member must not be null]",
    ),
  )
  assert.equal(problem('SimulateCustomPolicy', { ...simulated, ContextEntries: [{}] }), undefined)
})

test('a structure without members counts as not sent', () => {
  assert.equal(
    problem('AssumeRoot', { TargetPrincipal: '123456789012', TaskPolicyArn: {} }),
    one("Value null at 'taskPolicyArn' failed to satisfy constraint: Member must not be null"),
  )
  assert.equal(
    problem('AssumeRole', { ...role, ProvidedContexts: [{}] }),
    one(
      "Value null at 'providedContexts.1.member' failed to satisfy constraint: Member must not be null",
    ),
  )
})

test('enumerations print in the order that AWS was seen to print', () => {
  assert.equal(
    problem('GetSSHPublicKey', { UserName: 'a', SSHPublicKeyId: 'A'.repeat(20), Encoding: 'ssh' }),
    one(
      "Value at 'encoding' failed to satisfy constraint: Member must satisfy enum value set: [SSH, PEM]",
    ),
  )
  assert.match(
    problem('GetAccountAuthorizationDetails', { Filter: ['user'] }) ?? '',
    /\[Member must satisfy enum value set: \[LocalManagedPolicy, User, AWSManagedPolicy, Role, Group\]\]$/,
  )
})

test('no more than ten clauses are listed, and ten are counted', () => {
  const message = problem('TagUser', { Tags: Array.from({ length: 20 }, () => ({})) })
  assert.match(message ?? '', /^10 validation errors detected: /)
  assert.equal(message?.split('; ').length, 10)
})

test('every pattern of the models compiles and tests the whole value', () => {
  const shapes = new Set<string>()
  for (const { operations, shape } of Object.values(serviceModels)) {
    const seen = new Set<string>()
    const walk = (name: string): void => {
      if (seen.has(name)) return
      seen.add(name)
      const { pattern, members = {}, member, key, value } = shape(name)
      if (pattern !== undefined) shapes.add(pattern)
      for (const next of [...Object.values(members), member, key, value]) if (next) walk(next)
    }
    for (const { input, output } of operations.values()) {
      for (const top of [input, output])
        for (const name of Object.values(top?.members ?? {})) walk(name)
    }
  }
  assert.ok(shapes.size > 30)
  for (const pattern of shapes) patternOf(pattern)
  assert.equal(patternOf('[\\w+=,.@-]+').test('a b'), false)
  assert.equal(patternOf('[\\w+=,.@-]+').test('a\n'), false)
  assert.equal(patternOf('[\\w+=,.@\\:-]*').test('a:b'), true)
})

test('names, paths and documents of IAM are refused in a sentence, when all else is in order', () => {
  const name = 'must contain only alphanumeric characters and/or the following: +=,.@_-'
  assert.equal(
    problem('CreateUser', { UserName: 'a/b' }),
    `The specified value for userName is invalid. It ${name}`,
  )
  assert.equal(
    problem('CreateUser', { UserName: 'a/b', Path: '' }),
    "1 validation error detected: Value at 'path' failed to satisfy constraint: Member must have length greater than or equal to 1",
  )
  assert.equal(
    problem('ListUsers', { PathPrefix: 'x' }),
    'The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.',
  )
})
