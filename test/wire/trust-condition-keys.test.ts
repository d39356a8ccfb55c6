import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arnPrefix, callers, wire } from './callers.fixture.ts'
import { list, type Parameters, tags } from './wire-service.ts'

/** Condition keys that a trust policy may ask for, as the service fills them. */
const trustKeys: readonly (readonly [
  name: string,
  condition: object,
  parameters: Parameters,
  other: Parameters,
])[] = [
  [
    'sts:ExternalId',
    { StringEquals: { 'sts:ExternalId': 'secret' } },
    { ExternalId: 'secret' },
    {},
  ],
  [
    'sts:RoleSessionName',
    { StringEquals: { 'sts:RoleSessionName': '${aws:username}' } },
    { RoleSessionName: 'ada' },
    { RoleSessionName: 'eve' },
  ],
  [
    'sts:SourceIdentity',
    { StringEquals: { 'sts:SourceIdentity': 'ada' } },
    { SourceIdentity: 'ada' },
    { SourceIdentity: 'eve' },
  ],
  [
    'aws:RequestTag',
    { StringEquals: { 'aws:RequestTag/Team': 'red' } },
    tags({ team: 'red' }),
    tags({ team: 'blue' }),
  ],
  [
    'aws:TagKeys',
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team'] } },
    tags({ Team: 'red' }),
    tags({ Team: 'red', More: '' }),
  ],
  [
    'sts:TransitiveTagKeys',
    { 'ForAnyValue:StringEquals': { 'sts:TransitiveTagKeys': 'Team' } },
    { ...tags({ Team: 'red' }), ...list('TransitiveTagKeys', ['Team']) },
    tags({ Team: 'red' }),
  ],
  [
    'aws:PrincipalArn',
    { ArnEquals: { 'aws:PrincipalArn': `${arnPrefix}user/team/ada` } },
    {},
    { as: 'session' },
  ],
  ['aws:PrincipalTag', { StringEquals: { 'aws:PrincipalTag/Team': 'red' } }, {}, { as: 'plain' }],
  [
    'aws:MultiFactorAuthPresent',
    { Null: { 'aws:MultiFactorAuthPresent': 'true' } },
    {},
    { as: 'plain' },
  ],
  [
    'iam:ResourceTag',
    { StringEquals: { 'iam:ResourceTag/Kind': 'lock' } },
    {},
    { RoleArn: `${arnPrefix}role/deep/Worker` },
  ],
]

for (const [index, [name, condition, parameters, other]] of trustKeys.entries()) {
  test(`in a trust policy: ${name}`, async () => {
    const RoleName = `trust-${index}`
    await wire.newRole(RoleName, {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: condition,
        },
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: ['sts:TagSession', 'sts:SetSourceIdentity'],
        },
      ],
    })
    await wire.iam(wire.root, 'TagRole', { RoleName, ...tags({ Kind: 'lock' }) })
    const assume = async ({ as = 'user', ...input }: Parameters): Promise<number> => {
      const caller = callers[String(as)]
      assert.ok(caller)
      const base = { RoleArn: `${arnPrefix}role/${RoleName}`, RoleSessionName: 'work' }
      return (await wire.sts(caller, 'AssumeRole', { ...base, ...input })).status
    }
    assert.equal(await assume(parameters), 200)
    assert.equal(await assume(other), 403)
  })
}

for (const key of ['constructor', '__proto__']) {
  test(`${key} is a key that no request has`, async () => {
    const name = `asker-${key.replaceAll('_', '')}`
    const asker = await wire.newUser(name)
    const asks = async (condition: string): Promise<number> => {
      const statement = `{"Effect":"Allow","Action":"iam:ListUsers","Resource":"*","Condition":${condition}}`
      const PolicyDocument = `{"Version":"2012-10-17","Statement":[${statement}]}`
      const put = { UserName: name, PolicyName: 'own', PolicyDocument }
      assert.equal((await wire.iam(wire.root, 'PutUserPolicy', put)).summary, '200 OK')
      return (await wire.iam(asker, 'ListUsers')).status
    }
    assert.equal(await asks(`{"Null":{"${key}":"true"}}`), 200)
    assert.equal(await asks(`{"Null":{"${key}":"false"}}`), 403)
    assert.equal(await asks(`{"StringEquals":{"${key}":"x"}}`), 403)
    assert.equal(await asks(`{"StringNotEquals":{"${key}":"x"}}`), 200)
    assert.equal(await asks(`{"StringLike":{"aws:username":"\${${key}}"}}`), 403)
  })
}
