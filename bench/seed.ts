import { Directory } from '../src/directory/directory.ts'
import { roles } from '../src/directory/records/role.ts'
import { ids } from '../src/primitives/ids.ts'
import { systemRandom } from '../src/primitives/random.ts'
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts'

const batch = 10_000

/** Fills an initialised data directory with roles `role-0` and on, each with a trust and an inline policy. */
export async function seedRoles(
  directory: string,
  account: string,
  trusted: { readonly arn: string; readonly id: string },
  count: number,
): Promise<void> {
  await using store = openSqliteStore(directory)
  const target = await (await Directory.open(store.records)).account(account)
  const make = ids(systemRandom)
  const trustPolicy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: trusted.arn }, Action: 'sts:AssumeRole' }],
  })
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['iam:GetRole', 'iam:List*'], Resource: '*' }],
  })
  for (let from = 0; from < count; from += batch) {
    await target?.write((tx) => {
      for (let at = from; at < Math.min(count, from + batch); at++) {
        tx.put(roles, {
          id: make.unique('AROA', account),
          name: `role-${at}`,
          path: '/',
          createdAt: 1_700_000_000_000,
          maxSessionSeconds: 3600,
          trustPolicy,
          trustedIds: { [trusted.arn]: trusted.id },
          tags: [],
          inlinePolicies: [{ name: 'inline', document }],
          attachedPolicies: [],
        })
      }
    })
  }
}
