import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policyFinder } from '../directory/attached-policies.ts'
import { roles } from '../directory/records/role.ts'
import type { RoleSession } from '../directory/session/session.ts'
import { testAccount, testIam } from '../iam/iam.fixture.ts'
import { iamOperations } from '../iam/operations.ts'
import { roleCaller } from './caller.ts'
import { callerPolicyFinder } from './policy-sources.ts'

test('the policies of a session are remembered with it, unless its own policy is a heavy one', async () => {
  const { call, services } = await testIam(iamOperations)
  const AssumeRolePolicyDocument = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"${testAccount}"},"Action":"sts:AssumeRole"}}`
  await call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument })
  const account = await services.directory.account(testAccount)
  const role = account?.records.get(roles, 'r')
  assert.ok(account && role)
  const policiesOf = callerPolicyFinder(policyFinder(services.policies, services.awsPolicies))
  const sessionWith = (Resource: string | readonly string[]) => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: '*', Resource },
    })
    const session: RoleSession = {
      type: 'role',
      account: testAccount,
      accessKeyId: 'ASIAEXAMPLE',
      roleName: 'r',
      roleId: role.id,
      sessionName: 's',
      issuedAt: 1,
      expiresAt: 901,
      tags: [],
      transitiveTagKeys: [],
      policy,
      ancestors: [],
    }
    return roleCaller(account, role, session)
  }
  const usual = sessionWith('*')
  assert.equal(policiesOf(usual), policiesOf(usual))
  const heavy = sessionWith(Array<string>(480).fill('*'))
  const once = policiesOf(heavy)
  assert.notEqual(once, policiesOf(heavy))
  assert.equal(once.session?.[0]?.policy, policiesOf(heavy).session?.[0]?.policy)
})
