import type { OperationInputs } from '../../catalog/operations.ts'
import type { Records } from '../../directory/account-records.ts'
import { type Entity, foldName } from '../../directory/records/entity.ts'
import { groups } from '../../directory/records/group.ts'
import { roles } from '../../directory/records/role.ts'
import { users } from '../../directory/records/user.ts'
import { readOperation } from '../../request/operation.ts'
import { noSuchAttachablePolicy } from '../errors.ts'
import { pagedShort, pageEnd } from '../paging.ts'
import { existingPolicy, policyPermission } from './policy-access.ts'

/**
 * Who has a policy attached or as a boundary: groups, then roles, then users.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html
 */
export const listEntitiesForPolicy = readOperation('ListEntitiesForPolicy', {
  access: ({ PolicyArn }, scope) => policyPermission(scope, 'iam:ListEntitiesForPolicy', PolicyArn),
  perform(input, scope) {
    const { arn } = existingPolicy(scope, input.PolicyArn, noSuchAttachablePolicy)
    const { PathPrefix = '/', EntityFilter, PolicyUsageFilter } = input
    const selection = [arn, PathPrefix, EntityFilter ?? null, PolicyUsageFilter ?? null]
    const found = usesOf(scope.records, arn, input).filter(({ entity }) =>
      entity.path.startsWith(PathPrefix),
    )
    const { page, ...end } = pagedShort(
      scope,
      'ListEntitiesForPolicy',
      selection,
      input,
      found,
      ({ kind, entity }) => `${kind} ${foldName(entity.name)}`,
    )
    const of = (kind: Kind): Entity[] =>
      page.flatMap((use) => (use.kind === kind ? [use.entity] : []))
    return {
      PolicyGroups: of('group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: of('user').map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: of('role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...pageEnd(end),
    }
  },
})

type Kind = 'group' | 'role' | 'user'

interface Use {
  readonly kind: Kind
  readonly entity: Entity
}

/** Each entity once, also when the policy is both attached to it and its boundary. */
function usesOf(
  records: Records,
  arn: string,
  { EntityFilter, PolicyUsageFilter }: OperationInputs['ListEntitiesForPolicy'],
): Use[] {
  const attached = PolicyUsageFilter !== 'PermissionsBoundary'
  const bounded = PolicyUsageFilter !== 'PermissionsPolicy'
  const found = new Map<string, Use>()
  const add = (kind: Kind, entities: Iterable<Entity>): void => {
    for (const entity of entities) found.set(entity.id, { kind, entity })
  }
  // The other two values of the filter are of another operation and match nobody.
  if (isAsked('Group', EntityFilter) && attached) {
    add('group', records.find(groups, 'attachedPolicy', [arn]))
  }
  if (isAsked('Role', EntityFilter)) {
    if (attached) add('role', records.find(roles, 'attachedPolicy', [arn]))
    if (bounded) add('role', records.find(roles, 'boundary', [arn]))
  }
  if (isAsked('User', EntityFilter)) {
    if (attached) add('user', records.find(users, 'attachedPolicy', [arn]))
    if (bounded) add('user', records.find(users, 'boundary', [arn]))
  }
  return [...found.values()]
}

const isAsked = (kind: string, filter: string | undefined): boolean =>
  filter === undefined || filter === kind
