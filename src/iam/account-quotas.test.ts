import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Collection } from '../directory/collection.ts'
import { type InstanceProfile, instanceProfiles } from '../directory/records/instance-profile.ts'
import { type ManagedPolicy, managedPolicies } from '../directory/records/managed-policy.ts'
import { type Role, roles } from '../directory/records/role.ts'
import { type TestIam, testAccount, testIam } from './iam.fixture.ts'
import { instanceProfileOperations } from './instance-profiles/instance-profile-operations.ts'
import { managedPolicyOperations } from './managed-policy-operations/managed-policy-operations.ts'
import { roleOperations } from './roles/role-operations.ts'

const named = (index: number) => ({
  ...{ id: `id${index}`, name: `n${index}`, path: '/', createdAt: 0, tags: [] },
  ...{ inlinePolicies: [], attachedPolicies: [] },
})
const role = (index: number): Role => ({
  ...named(index),
  ...{ maxSessionSeconds: 3600, trustPolicy: '{}', trustedIds: {} },
})
const policy = (index: number): ManagedPolicy => ({
  ...named(index),
  ...{ updatedAt: 0, defaultVersionId: 'v1', versions: [], lastVersionNumber: 1 },
})
const profile = (index: number): InstanceProfile => named(index)

/** One below the quota is filled in; then one fits, and the next does not, whatever its name. */
async function fill<T>(
  collection: Collection<T>,
  make: (index: number) => T,
  quota: string,
  limit: number,
  create: (iam: TestIam, name: string) => Promise<unknown>,
): Promise<void> {
  const iam = await testIam({
    ...roleOperations,
    ...managedPolicyOperations,
    ...instanceProfileOperations,
  })
  const account = await iam.services.directory.account(testAccount)
  await account?.write((tx) => {
    for (let index = 1; index < limit; index++) tx.put(collection, make(index))
  })
  await create(iam, 'last')
  for (const name of ['more', 'LAST']) {
    await assert.rejects(create(iam, name), {
      code: 'LimitExceeded',
      message: `Cannot exceed quota for ${quota}: ${limit}`,
    })
  }
}

const trust =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}'
const allow = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'

test('an account has a thousand roles', () =>
  fill(roles, role, 'RolesPerAccount', 1000, ({ call }, RoleName) =>
    call('CreateRole', { RoleName, AssumeRolePolicyDocument: trust }),
  ))

test('an account has fifteen hundred managed policies', () =>
  fill(managedPolicies, policy, 'PoliciesPerAccount', 1500, ({ call }, PolicyName) =>
    call('CreatePolicy', { PolicyName, PolicyDocument: allow }),
  ))

test('an account has a thousand instance profiles', () =>
  fill(instanceProfiles, profile, 'InstanceProfilesPerAccount', 1000, ({ call }, name) =>
    call('CreateInstanceProfile', { InstanceProfileName: name }),
  ))
