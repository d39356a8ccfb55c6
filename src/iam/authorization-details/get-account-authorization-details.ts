import { ApiError } from '../../catalog/api-error.ts'
import { foldName } from '../../directory/records/entity.ts'
import { type Group, groups } from '../../directory/records/group.ts'
import { managedPolicies } from '../../directory/records/managed-policy.ts'
import { type Role, roles } from '../../directory/records/role.ts'
import { type User, users } from '../../directory/records/user.ts'
import { readOperation } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { awsPolicy, type FoundPolicy, ownPolicy } from '../find-policy.ts'
import { policiesInUse } from '../managed-policy-operations/policy-use.ts'
import { paged, pageEnd } from '../paging.ts'
import { loadTrusted } from '../roles/shown-trust-policy.ts'
import { groupDetail, policyDetail, roleDetail, userDetail } from './details.ts'

/**
 * Everything about an account in one paged list: users, roles, groups, then the account's own managed policies and
 * those of AWS that are in use, in this order whatever the filter says.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export const getAccountAuthorizationDetails = readOperation('GetAccountAuthorizationDetails', {
  access: () => ({ action: 'iam:GetAccountAuthorizationDetails', resource: '*' }),
  async perform(input, scope) {
    const shown = sections.filter(
      ({ filter }) => !input.Filter?.length || input.Filter.includes(filter),
    )
    const { page, ...end } = paged(
      scope,
      'GetAccountAuthorizationDetails',
      shown.map(({ filter }) => filter),
      input,
      (after) => itemsOf(scope, shown, after),
      ({ section, key }) => `${section}${key}`,
      () => new ApiError('ValidationError', 'Marker and Filter do not match'),
    )
    await loadTrusted(
      page.flatMap(({ role }) => (role ? [role] : [])),
      scope,
    )
    return {
      UserDetailList: page.flatMap(({ user }) => (user ? [userDetail(user, scope)] : [])),
      GroupDetailList: page.flatMap(({ group }) => (group ? [groupDetail(group, scope)] : [])),
      RoleDetailList: page.flatMap(({ role }) => (role ? [roleDetail(role, scope)] : [])),
      Policies: page.flatMap(({ policy }) => (policy ? [policyDetail(policy, scope)] : [])),
      ...pageEnd(end),
    }
  },
})

interface Item {
  /** One character: the place of the item's section. */
  readonly section: string
  readonly key: string
  readonly user?: User
  readonly role?: Role
  readonly group?: Group
  readonly policy?: FoundPolicy
}

interface Section {
  readonly filter: 'User' | 'Role' | 'Group' | 'LocalManagedPolicy' | 'AWSManagedPolicy'
  /** In the order of their keys, those after a key only. */
  readonly items: (scope: Scope, after: string | undefined) => Iterable<Omit<Item, 'section'>>
}

const sections: readonly Section[] = [
  {
    filter: 'User',
    items: ({ records }, after) =>
      Iterator.from(records.list(users, after)).map((user) => ({ key: foldName(user.name), user })),
  },
  {
    filter: 'Role',
    items: ({ records }, after) =>
      Iterator.from(records.list(roles, after)).map((role) => ({ key: foldName(role.name), role })),
  },
  {
    filter: 'Group',
    items: ({ records }, after) =>
      Iterator.from(records.list(groups, after)).map((group) => ({
        key: foldName(group.name),
        group,
      })),
  },
  {
    filter: 'LocalManagedPolicy',
    items: ({ records, account }, after) =>
      Iterator.from(records.list(managedPolicies, after)).map((record) => ({
        key: foldName(record.name),
        policy: ownPolicy(account, record),
      })),
  },
  {
    filter: 'AWSManagedPolicy',
    items: (scope, after) =>
      usedAwsPolicies(scope)
        .map((policy) => ({ key: foldName(policy.name), policy }))
        .filter(({ key }) => after === undefined || key > after)
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
  },
]

function* itemsOf(
  scope: Scope,
  shown: readonly Section[],
  after: string | undefined,
): Iterable<Item> {
  for (const each of shown) {
    const section = String(sections.indexOf(each))
    if (after !== undefined && section < after.charAt(0)) continue
    const isCut = after?.charAt(0) === section
    for (const item of each.items(scope, isCut ? after.slice(1) : undefined)) {
      yield { section, ...item }
    }
  }
}

/** Those of AWS's policies that someone has attached or that limit someone. */
function usedAwsPolicies(scope: Scope): FoundPolicy[] {
  return [...policiesInUse(scope.records)].flatMap((arn) => {
    const found = scope.services.awsPolicies.find(arn)
    return found ? [awsPolicy(scope, found)] : []
  })
}
