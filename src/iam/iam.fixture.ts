import type { OperationInputs, OperationOutputs } from '../catalog/operations.ts'
import type { AccountDirectory } from '../directory/account-directory.ts'
import { Directory } from '../directory/directory.ts'
import { LastUseLog } from '../directory/last-use-log.ts'
import { PolicyCache } from '../directory/policy-cache.ts'
import { accounts } from '../directory/records/account.ts'
import { foldName } from '../directory/records/entity.ts'
import { users } from '../directory/records/user.ts'
import { sessionTokens } from '../directory/session/session-tokens.ts'
import { clockAt, type MovableClock } from '../primitives/clock.ts'
import { ids } from '../primitives/ids.ts'
import { newMasterKey } from '../primitives/keyring.ts'
import { masterKeys } from '../primitives/master-keys.ts'
import { systemRandom } from '../primitives/random.ts'
import { type Access, noPermissionNeeded, type Permission } from '../request/access.ts'
import { type Caller, rootCaller, userCaller } from '../request/caller.ts'
import type { Operation, OperationName } from '../request/operation.ts'
import type { Scope } from '../request/scope.ts'
import type { Services } from '../request/services.ts'
import { openMemoryStore } from '../store/memory/open-memory-store.ts'
import type { Store } from '../store/store.ts'
import { awsManagedPolicies } from './managed-policies/aws-managed-policies.ts'

export const testAccount = '111122223333'
export const otherAccount = '444455556666'
export const testTime = '2026-01-01T00:00:00Z'

/** Who calls: root of the test account unless said otherwise. */
export interface TestCaller {
  readonly account?: string
  /** A user of that account, by name. */
  readonly user?: string
  /** Any caller, ready made. */
  readonly as?: (account: AccountDirectory) => Caller
}

/**
 * Runs IAM's operations on real records in a memory store, `access` before `perform` as a request does, but
 * without a decision in between.
 */
export interface TestIam {
  readonly clock: MovableClock
  readonly store: Store
  readonly services: Services
  call<Name extends OperationName>(
    name: Name,
    input: OperationInputs[Name],
    caller?: TestCaller,
  ): Promise<OperationOutputs[Name]>
  /** What the operation asks the decision for. */
  access<Name extends OperationName>(
    name: Name,
    input: OperationInputs[Name],
    caller?: TestCaller,
  ): Promise<readonly Permission[]>
}

/**
 * @param operations - the families under test, by name
 * @param store - of another: what that one would find after a restart
 */
export async function testIam(
  operations: Readonly<Record<string, Operation | string>>,
  store: Store = openMemoryStore(),
): Promise<TestIam> {
  const clock = clockAt(testTime)
  const services = await testServices(clock, store)
  const scopeOf = async ({ account = testAccount, user, as }: TestCaller): Promise<Scope> => {
    const directory = await services.directory.account(account)
    if (!directory) throw new Error(`There is no account ${account}.`)
    const { records } = directory
    const caller = as?.(directory) ?? callerOf(directory, user)
    const now = clock.now()
    return { caller, account, records, now, requestId: 'test', region: 'us-east-1', services }
  }
  const named = (name: string): Operation => {
    const operation = operations[name]
    if (operation === undefined || typeof operation === 'string') throw new Error(`No ${name}.`)
    return operation
  }
  return {
    clock,
    store,
    services,
    async call(name, input, caller = {}) {
      const operation = named(name)
      const scope = await scopeOf(caller)
      await operation.access(input as never, scope)
      const output =
        operation.kind === 'read'
          ? await operation.perform(input as never, scope)
          : await scope.caller.account.write((tx) =>
              operation.perform(input as never, { ...scope, tx }),
            )
      return output as OperationOutputs[typeof name]
    },
    async access(name, input, caller = {}) {
      return permissionsOf(await named(name).access(input as never, await scopeOf(caller)))
    },
  }
}

function permissionsOf(access: Access): readonly Permission[] {
  if (access === noPermissionNeeded) return []
  return Array.isArray(access) ? access : [access as Permission]
}

function callerOf(account: AccountDirectory, userName: string | undefined): Caller {
  if (userName === undefined) return rootCaller(account, 'AKIAROOTROOTROOTROOT')
  const user = account.records.get(users, foldName(userName))
  if (!user) throw new Error(`There is no user ${userName}.`)
  return userCaller(account, 'AKIAUSERUSERUSERUSER', user)
}

async function testServices(clock: MovableClock, store: Store): Promise<Services> {
  const directory = await Directory.open(store.records)
  await directory.global.write((tx) => {
    for (const id of [testAccount, otherAccount]) tx.put(accounts, { id, createdAt: clock.now() })
  })
  const key = newMasterKey(systemRandom, clock.now(), [])
  const keys = masterKeys([key], systemRandom, async () => {})
  return {
    directory,
    journal: store.journal,
    keyring: keys.current,
    masterKeys: keys,
    sessionTokens: sessionTokens(keys.current),
    ids: ids(systemRandom),
    random: systemRandom,
    lastUses: new LastUseLog(),
    awsPolicies: awsManagedPolicies,
    policies: new PolicyCache(),
    sessionIssued: () => {},
  }
}
