import type { OperationInputs } from '../../catalog/operations.ts'
import { foldName } from '../../directory/records/entity.ts'
import { managedPolicies } from '../../directory/records/managed-policy.ts'
import { readOperation } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { awsPolicy, type FoundPolicy, ownPolicy } from '../find-policy.ts'
import { paged, pageEnd } from '../paging.ts'
import { pathPermission } from '../path-permission.ts'
import { isAttached, isBoundary } from './policy-use.ts'
import { listedPolicyView } from './policy-view.ts'

/**
 * The account's own policies, then those of AWS, each by name.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html
 */
export const listPolicies = readOperation('ListPolicies', {
  access: pathPermission('iam:ListPolicies', 'policy'),
  perform(input, scope) {
    const selection = selectionOf(input)
    const { page, ...end } = paged(
      scope,
      'ListPolicies',
      selection,
      input,
      (after) => selected(selection, scope, after),
      keyOf,
    )
    return { Policies: page.map((policy) => listedPolicyView(policy, scope)), ...pageEnd(end) }
  },
})

interface Selection {
  readonly scope: 'All' | 'AWS' | 'Local'
  readonly pathPrefix: string
  /** Undefined when attachment does not matter. */
  readonly use: 'any' | 'PermissionsPolicy' | 'PermissionsBoundary' | undefined
}

/** The usage filter counts only together with OnlyAttached. */
function selectionOf(input: OperationInputs['ListPolicies']): Selection {
  const { Scope: scope = 'All', OnlyAttached = false, PathPrefix: pathPrefix = '/' } = input
  return { scope, pathPrefix, use: OnlyAttached ? (input.PolicyUsageFilter ?? 'any') : undefined }
}

/** `0` puts the account's own before AWS's. */
const keyOf = ({ record, name }: FoundPolicy): string => `${record ? 0 : 1}${foldName(name)}`

function* selected(
  selection: Selection,
  scope: Scope,
  after: string | undefined,
): Iterable<FoundPolicy> {
  for (const policy of candidates(selection, scope, after)) {
    const { path, arn } = policy
    if (path.startsWith(selection.pathPrefix) && isUsed(arn, selection, scope)) yield policy
  }
}

function* candidates(
  selection: Selection,
  scope: Scope,
  after: string | undefined,
): Iterable<FoundPolicy> {
  if (selection.scope !== 'AWS' && after?.startsWith('1') !== true) {
    for (const record of scope.records.list(managedPolicies, after?.slice(1))) {
      yield ownPolicy(scope.account, record)
    }
  }
  if (selection.scope === 'Local') return
  const afterName = after?.startsWith('1') ? after.slice(1) : undefined
  for (const header of scope.services.awsPolicies.list()) {
    if (afterName === undefined || foldName(header.name) > afterName) {
      yield awsPolicy(scope, header)
    }
  }
}

function isUsed(arn: string, { use }: Selection, { records }: Scope): boolean {
  switch (use) {
    case undefined:
      return true
    case 'PermissionsPolicy':
      return isAttached(records, arn)
    case 'PermissionsBoundary':
      return isBoundary(records, arn)
    case 'any':
      return isAttached(records, arn) || isBoundary(records, arn)
  }
}
