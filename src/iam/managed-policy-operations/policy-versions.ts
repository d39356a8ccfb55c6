import { ApiError } from '../../catalog/api-error.ts'
import { type ManagedPolicy, managedPolicies } from '../../directory/records/managed-policy.ts'
import { readOperation, type WriteScope, writeOperation } from '../../request/operation.ts'
import { noSuchPolicyVersion } from '../errors.ts'
import type { FoundPolicy } from '../find-policy.ts'
import { pagedShort, pageEnd } from '../paging.ts'
import { checkManagedPolicySize, checkPolicyDocument, encodeDocument } from '../policy-document.ts'
import { quotas } from '../quotas.ts'
import { changeablePolicy, existingPolicy, policyPermission } from './policy-access.ts'
import { versionView } from './policy-view.ts'

/**
 * Versions of managed policies: five at most, numbered for good, one of them in force. Of AWS's own policies only
 * the version in force is known here.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html
 */
export const createPolicyVersion = writeOperation('CreatePolicyVersion', {
  access: ({ PolicyArn }, scope) => policyPermission(scope, 'iam:CreatePolicyVersion', PolicyArn),
  perform({ PolicyArn, PolicyDocument: document, SetAsDefault = false }, scope) {
    const { tx, now } = scope
    const policy = changeablePolicy(scope, PolicyArn, 'create versions for policies')
    checkPolicyDocument(document, 'identity')
    checkManagedPolicySize(document)
    if (policy.versions.length >= quotas.VersionsPerPolicy) throw tooManyVersions()
    const number = policy.lastVersionNumber + 1
    const version = { id: `v${number}`, document, createdAt: now }
    const defaultVersionId = SetAsDefault ? version.id : policy.defaultVersionId
    tx.put(managedPolicies, {
      ...policy,
      versions: [...policy.versions, version],
      lastVersionNumber: number,
      defaultVersionId,
      updatedAt: now,
    })
    return { PolicyVersion: versionView(version, defaultVersionId) }
  },
})

export const getPolicyVersion = readOperation('GetPolicyVersion', {
  access: ({ PolicyArn }, scope) => policyPermission(scope, 'iam:GetPolicyVersion', PolicyArn),
  perform({ PolicyArn, VersionId }, scope) {
    const missing = (arn: string): ApiError => noSuchPolicyVersion(arn, VersionId)
    const policy = existingPolicy(scope, PolicyArn, missing)
    const version = versionsOf(policy).find(({ id }) => id === VersionId)
    if (!version) throw missing(PolicyArn)
    const Document = encodeDocument(version.document())
    return { PolicyVersion: { ...versionView(version, policy.defaultVersionId), Document } }
  },
})

/** Newest first. */
export const listPolicyVersions = readOperation('ListPolicyVersions', {
  access: ({ PolicyArn }, scope) => policyPermission(scope, 'iam:ListPolicyVersions', PolicyArn),
  perform(input, scope) {
    const policy = existingPolicy(scope, input.PolicyArn)
    const { page, ...end } = pagedShort(
      scope,
      'ListPolicyVersions',
      policy.arn,
      input,
      versionsOf(policy),
      newestFirst,
    )
    const Versions = page.map((version) => versionView(version, policy.defaultVersionId))
    return { Versions, ...pageEnd(end) }
  },
})

export const deletePolicyVersion = writeOperation('DeletePolicyVersion', {
  access: ({ PolicyArn }, scope) => policyPermission(scope, 'iam:DeletePolicyVersion', PolicyArn),
  perform({ PolicyArn, VersionId }, scope) {
    const policy = ownVersion(scope, PolicyArn, VersionId, 'delete policy versions for policies')
    if (VersionId === policy.defaultVersionId) {
      throw new ApiError('DeleteConflict', 'Cannot delete the default version of a policy.')
    }
    const versions = policy.versions.filter(({ id }) => id !== VersionId)
    scope.tx.put(managedPolicies, { ...policy, versions })
  },
})

export const setDefaultPolicyVersion = writeOperation('SetDefaultPolicyVersion', {
  access: ({ PolicyArn }, scope) =>
    policyPermission(scope, 'iam:SetDefaultPolicyVersion', PolicyArn),
  perform({ PolicyArn, VersionId }, scope) {
    const policy = ownVersion(scope, PolicyArn, VersionId, 'update policies')
    scope.tx.put(managedPolicies, { ...policy, defaultVersionId: VersionId })
  },
})

interface Version {
  readonly id: string
  readonly createdAt: number
  document(): string
}

function versionsOf(policy: FoundPolicy): readonly Version[] {
  if (!policy.record) {
    const { defaultVersionId: id, updatedAt: createdAt } = policy
    return [{ id, createdAt, document: () => policy.document() }]
  }
  return policy.record.versions.map(({ id, createdAt, document }) => ({
    ...{ id, createdAt },
    document: () => document,
  }))
}

/** A key that sorts `v10` before `v9`. */
const newestFirst = ({ id }: Version): string =>
  String(Number.MAX_SAFE_INTEGER - Number(id.slice(1)))

/** The account's own policy, when it has this version. */
function ownVersion(
  scope: WriteScope,
  arn: string,
  versionId: string,
  refusal: string,
): ManagedPolicy {
  const missing = (): ApiError => noSuchPolicyVersion(arn, versionId)
  const policy = changeablePolicy(scope, arn, refusal, missing)
  if (!policy.versions.some(({ id }) => id === versionId)) throw missing()
  return policy
}

const tooManyVersions = (): ApiError =>
  new ApiError(
    'LimitExceeded',
    `A managed policy can have up to ${quotas.VersionsPerPolicy} versions. Before you create a new version, you must delete an existing version.`,
  )
