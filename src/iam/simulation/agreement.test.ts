import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { policyFinder } from '../../directory/attached-policies.ts'
import { users } from '../../directory/records/user.ts'
import { decide } from '../../policy/engine.ts'
import { userCaller } from '../../request/caller.ts'
import { callerPolicyFinder } from '../../request/policy-sources.ts'
import { roleTrustPolicies } from '../../request/role-trust.ts'
import { testAccount, testIam } from '../iam.fixture.ts'
import { iamOperations } from '../operations.ts'

const ada = `arn:aws:iam::${testAccount}:user/ada`
const role = `arn:aws:iam::${testAccount}:role/r`
const decisions = {
  allow: 'allowed',
  'explicit-deny': 'explicitDeny',
  'implicit-deny': 'implicitDeny',
} as const

const action = fc.constantFrom('s3:GetObject', 's3:PutObject', 'sts:AssumeRole', 'sts:TagSession')
const resource = fc.constantFrom('arn:aws:s3:::b/k', 'arn:aws:s3:::b/l', role)
const condition = fc.constantFrom(
  {},
  { StringEquals: { 'aws:username': 'ada' } },
  { StringNotEquals: { 'x:k': 'v' } },
  { StringLike: { 'x:k': '${aws:username}*' } },
  { 'ForAnyValue:StringEquals': { 'x:list': ['1', '2'] } },
  { Null: { 'x:k': 'true' } },
)
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  Action: fc.constantFrom('*', 's3:*', 's3:Get*', 'sts:AssumeRole', 'sts:*'),
  Resource: fc.constantFrom('*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/k', role),
  Condition: condition,
})
const document = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((Statement) => JSON.stringify({ Version: '2012-10-17', Statement }))
const trust = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Principal: fc.constantFrom({ AWS: ada }, { AWS: testAccount }, { AWS: '*' }),
    Action: fc.constantFrom('sts:AssumeRole', ['sts:AssumeRole', 'sts:TagSession']),
    Condition: condition,
  })
  .map((Statement) => JSON.stringify({ Version: '2012-10-17', Statement }))
const context = fc.record({
  'x:k': fc.option(fc.constantFrom('v', 'ada1', '')),
  'x:list': fc.option(fc.constantFrom(['1'], ['3', '2'])),
})

test('the simulator answers as the enforcer decides', async () => {
  const { call, services } = await testIam(iamOperations)
  await call('CreateUser', { UserName: 'ada' })
  const AssumeRolePolicyDocument = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"${ada}"},"Action":"sts:AssumeRole"}}`
  await call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument })
  await call('CreatePolicy', {
    PolicyName: 'limit',
    PolicyDocument: AssumeRolePolicyDocument.replace(/"Principal":\{[^}]*\},/, '"Resource":"*",'),
  })
  const limit = `arn:aws:iam::${testAccount}:policy/limit`
  const account = await services.directory.account(testAccount)
  assert.ok(account)
  const policiesOf = callerPolicyFinder(policyFinder(services.policies, services.awsPolicies))
  await fc.assert(
    fc.asyncProperty(
      ...([document, trust, fc.boolean(), action, resource, context] as const),
      async (PolicyDocument, trusted, bounded, ActionName, ResourceArn, given) => {
        await call('PutUserPolicy', { UserName: 'ada', PolicyName: 'p', PolicyDocument })
        await call('UpdateAssumeRolePolicy', { RoleName: 'r', PolicyDocument: trusted })
        const UserName = 'ada'
        await call('PutUserPermissionsBoundary', { UserName, PermissionsBoundary: limit })
        if (!bounded) await call('DeleteUserPermissionsBoundary', { UserName })
        // What cannot be done on such a resource is never asked of the enforcer.
        fc.pre(ActionName.startsWith('s3') === ResourceArn.startsWith('arn:aws:s3'))
        const supplied = Object.entries(given).flatMap(([key, value]) =>
          value === null ? [] : [[key, value] as const],
        )
        const { EvaluationResults } = await call('SimulatePrincipalPolicy', {
          PolicySourceArn: ada,
          ActionNames: [ActionName],
          ResourceArns: [ResourceArn],
          ContextEntries: supplied.map(([ContextKeyName, value]) => ({
            ContextKeyName,
            ContextKeyType: typeof value === 'string' ? 'string' : 'stringList',
            ContextKeyValues: [value].flat(),
          })),
        })
        const user = account.records.get(users, 'ada')
        assert.ok(user)
        const caller = userCaller(account, 'AKIAUSERUSERUSERUSER', user)
        const trustPolicy = (await roleTrustPolicies([ResourceArn], services)).get(ResourceArn)
        const keys = new Map<string, string | readonly string[]>([
          ['aws:username', 'ada'],
          ...supplied,
        ])
        const decision = decide(
          {
            principal: caller.principal,
            action: ActionName,
            resource: ResourceArn,
            resourceAccount: testAccount,
            context: keys,
            multivaluedKeys: new Set(['x:list']),
          },
          { ...policiesOf(caller), resource: trustPolicy?.policy },
        )
        assert.equal(EvaluationResults?.[0]?.EvalDecision, decisions[decision.effect])
      },
    ),
    { numRuns: 300 },
  )
})
