import { ApiError } from '../catalog/api-error.ts'

/**
 * The refusals that several IAM operations share, in AWS's words. Names are echoed as they were asked for.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 */
export type OwnerKind = 'user' | 'group' | 'role'

export const noSuchEntity = (message: string): ApiError => new ApiError('NoSuchEntity', message)
export const invalidInput = (message: string, options?: ErrorOptions): ApiError =>
  new ApiError('InvalidInput', message, options)
const alreadyExists = (message: string): ApiError => new ApiError('EntityAlreadyExists', message)
const deleteConflict = (must: string): ApiError =>
  new ApiError('DeleteConflict', `Cannot delete entity, must ${must} first.`)

export const noSuchUser = (name: string): ApiError =>
  noSuchEntity(`The user with name ${name} cannot be found.`)
export const noSuchGroup = (name: string): ApiError =>
  noSuchEntity(`The group with name ${name} cannot be found.`)
export const noSuchRole = (name: string): ApiError =>
  noSuchEntity(`The role with name ${name} cannot be found.`)
export const noSuchInlinePolicy = (owner: OwnerKind, policyName: string): ApiError =>
  noSuchEntity(`The ${owner} policy with name ${policyName} cannot be found.`)
export const noSuchInstanceProfile = (name: string): ApiError =>
  noSuchEntity(`Instance Profile ${name} cannot be found.`)
export const noSuchAccessKey = (id: string): ApiError =>
  noSuchEntity(`The Access Key with id ${id} cannot be found.`)
export const noSuchAccountAlias = (alias: string): ApiError =>
  noSuchEntity(`The account alias ${alias} cannot be found.`)
/** Reading, deleting or detaching. */
export const noSuchPolicy = (arn: string): ApiError => noSuchEntity(`Policy ${arn} was not found.`)
/** Attaching, or asking who has it attached. */
export const noSuchAttachablePolicy = (arn: string): ApiError =>
  noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)
export const noSuchPolicyVersion = (arn: string, version: string): ApiError =>
  noSuchEntity(`Policy ${arn} version ${version} does not exist or is not attachable.`)

export const userExists = (name: string): ApiError =>
  alreadyExists(`User with name ${name} already exists.`)
export const groupExists = (name: string): ApiError =>
  alreadyExists(`Group with name ${name} already exists.`)
export const roleExists = (name: string): ApiError =>
  alreadyExists(`Role with name ${name} already exists.`)
export const instanceProfileExists = (name: string): ApiError =>
  alreadyExists(`Instance Profile ${name} already exists.`)
export const policyExists = (name: string): ApiError =>
  alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`)
export const accountAliasExists = (alias: string): ApiError =>
  alreadyExists(`The account alias ${alias} already exists.`)

export const hasAttachedPolicies = (): ApiError => deleteConflict('detach all policies')
export const hasInlinePolicies = (): ApiError => deleteConflict('delete policies')
export const hasAccessKeys = (): ApiError => deleteConflict('delete access keys')
/** Said of a user in groups and of a group with members alike. */
export const hasMembership = (): ApiError => deleteConflict('remove users from group')
export const isInInstanceProfile = (): ApiError =>
  deleteConflict('remove roles from instance profile')

export const protectedRole = (name: string): ApiError =>
  new ApiError(
    'UnmodifiableEntity',
    `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
  )

/** A policy of AWS that only AWS itself attaches, be it to have or as a boundary. */
export const reservedPolicy = (kind: OwnerKind): ApiError =>
  new ApiError('PolicyNotAttachable', `Cannot attach AWS reserved policy to an IAM ${kind}.`)

/** For the statuses of keys, certificates and credentials that only AWS itself may set. */
export const unsupportedStatus = (status: string): ApiError =>
  invalidInput(`Operation does not support status ${status}`)

/** `name` is the quota as AWS prints it, such as `AccessKeysPerUser`. */
export const limitExceeded = (name: string, limit: number): ApiError =>
  new ApiError('LimitExceeded', `Cannot exceed quota for ${name}: ${limit}`)

export const callerIsNoUser = (): ApiError =>
  new ApiError('ValidationError', 'Must specify userName when calling with non-User credentials')
