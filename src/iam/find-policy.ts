import { ApiError } from '../catalog/api-error.ts'
import type { AwsManagedPolicyHeader } from '../directory/aws-managed-policies.ts'
import { foldName } from '../directory/records/entity.ts'
import {
  defaultVersion,
  type ManagedPolicy,
  managedPolicies,
} from '../directory/records/managed-policy.ts'
import type { Tag } from '../directory/records/tag.ts'
import { iamArn, isAccountId, parseArn } from '../primitives/arn.ts'
import type { WriteScope } from '../request/operation.ts'
import type { Scope } from '../request/scope.ts'
import { recordsOf } from './records-of.ts'

/** A managed policy, the account's own or one of AWS: one shape for whoever attaches, lists or shows it. */
export interface FoundPolicy {
  readonly arn: string
  readonly id: string
  readonly name: string
  readonly path: string
  readonly description?: string | undefined
  readonly defaultVersionId: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly tags: readonly Tag[]
  /** One of AWS's policies for service-linked roles or root sessions, which nobody else attaches. */
  readonly isReserved: boolean
  /** The record behind it; absent for a policy of AWS. */
  readonly record: ManagedPolicy | undefined
  /** The default version's. */
  document(): string
}

/** The account that owns AWS's own policies in their ARNs. */
const awsAccount = 'aws'

/** The paths of policies that AWS attaches and nobody else. */
const reservedPaths = ['/aws-service-role/', '/root-task/']

/** A managed policy's ARN in its parts. */
export interface PolicyArn {
  /** Twelve digits, or `aws`. */
  readonly account: string
  readonly path: string
  readonly name: string
}

/**
 * The policy that an ARN names exactly, case and path included; undefined when there is none, or it is another
 * account's. A write sees its own transaction.
 */
export function findPolicy(scope: Scope | WriteScope, arn: string): FoundPolicy | undefined {
  const parsed = policyArn(arn)
  if (!parsed) return undefined
  if (parsed.account === awsAccount) {
    const found = scope.services.awsPolicies.find(arn)
    return found && awsPolicy(scope, found)
  }
  if (parsed.account !== scope.account) return undefined
  const record = recordsOf(scope).get(managedPolicies, foldName(parsed.name))
  const found = record && ownPolicy(scope.account, record)
  return found?.arn === arn ? found : undefined
}

/** A policy of the account itself in the common shape. */
export function ownPolicy(account: string, record: ManagedPolicy): FoundPolicy {
  const { id, name, path, description, defaultVersionId, createdAt, updatedAt, tags } = record
  const arn = iamArn(account, 'policy', path, name)
  const document = (): string => defaultVersion(record).document
  return {
    ...{ arn, id, name, path, description, defaultVersionId, createdAt, updatedAt, tags },
    ...{ isReserved: false, record, document },
  }
}

/** The document is read only when asked for: most uses of a policy of AWS want its header. */
export function awsPolicy(scope: Scope, header: AwsManagedPolicyHeader): FoundPolicy {
  const { arn, id, name, path, defaultVersionId, createdAt, updatedAt } = header
  const description = header.description === '' ? undefined : header.description
  return {
    ...{ arn, id, name, path, description, defaultVersionId, createdAt, updatedAt, tags: [] },
    isReserved: reservedPaths.includes(path),
    record: undefined,
    document: () => {
      const found = scope.services.awsPolicies.find(arn)
      if (!found) throw new Error(`${arn} is listed but has no document.`)
      return found.document
    },
  }
}

/** The parts of a managed policy's ARN; undefined for any other text. */
export function policyArn(text: string): PolicyArn | undefined {
  const arn = parseArn(text)
  if (arn?.partition !== 'aws' || arn.service !== 'iam' || arn.region !== '') return undefined
  const { account, resource } = arn
  if (account !== awsAccount && !isAccountId(account)) return undefined
  const match = /^policy(\/(?:[A-Za-z0-9.,+@=_-]+\/)*)([\w+=,.@-]{1,128})$/.exec(resource)
  return match ? { account, path: match[1] ?? '', name: match[2] ?? '' } : undefined
}

/**
 * The parts of an ARN that a request says is a managed policy's.
 * @throws ApiError ValidationError for text that is none
 */
export function checkPolicyArn(text: string): PolicyArn {
  const arn = parseArn(text)
  if (!arn) throw new ApiError('ValidationError', 'Invalid ARN:  Could not be parsed!')
  if (arn.partition !== 'aws') throw new ApiError('ValidationError', 'Invalid ARN partition')
  const parsed = policyArn(text)
  if (!parsed) throw new ApiError('ValidationError', `ARN ${text} is not valid.`)
  return parsed
}

/**
 * The same of an ARN that is to be attached or detached, of which AWS says it in other words.
 * @throws ApiError ValidationError
 */
export function checkAttachedArn(text: string): void {
  if (!parseArn(text)) throw new ApiError('ValidationError', `ARN ${text} is not valid.`)
  checkPolicyArn(text)
}
