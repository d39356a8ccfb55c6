import { ApiError } from '../../catalog/api-error.ts'
import { deletionTasks } from '../../directory/records/deletion-task.ts'
import { foldName } from '../../directory/records/entity.ts'
import { type Role, roles } from '../../directory/records/role.ts'
import { iamArn } from '../../primitives/arn.ts'
import { readOperation, type WriteScope, writeOperation } from '../../request/operation.ts'
import { invalidInput, limitExceeded, noSuchEntity, noSuchRole } from '../errors.ts'
import { encodeDocument } from '../policy-document.ts'
import { quotas } from '../quotas.ts'
import { defaultMaxSessionSeconds } from '../roles/create-role.ts'
import { isServiceLinked } from '../roles/protected-role.ts'
import { rolePermission } from '../roles/role-access.ts'
import { createdRoleView } from '../roles/role-view.ts'
import { type LinkedService, linkedService } from './linked-services.ts'

/**
 * Makes the role by which a service acts in the account. Name, trust and policy are the service's.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html
 */
const createServiceLinkedRole = writeOperation('CreateServiceLinkedRole', {
  access({ AWSServiceName: service, CustomSuffix }, { account }) {
    const linked = linkedService(service)
    const name = linked ? nameOf(linked, CustomSuffix) : 'AWSServiceRoleFor'
    return {
      action: 'iam:CreateServiceLinkedRole',
      resource: iamArn(account, 'role', pathOf(service), name),
      context: { 'iam:awsservicename': service },
    }
  },

  perform({ AWSServiceName, CustomSuffix, Description }, scope) {
    const { tx, account, now, services } = scope
    const linked = linkedService(AWSServiceName)
    if (!linked) throw noTemplate(AWSServiceName)
    if (CustomSuffix !== undefined && !linked.takesSuffix) {
      throw invalidInput(`Custom suffix is not allowed for ${AWSServiceName}`)
    }
    if (tx.count(roles) >= quotas.RolesPerAccount) {
      throw limitExceeded('RolesPerAccount', quotas.RolesPerAccount)
    }
    const { service, policyArn } = linked
    const name = nameOf(linked, CustomSuffix)
    if (name.length > longestRoleName) throw nameTooLong()
    const role: Role = {
      id: services.ids.unique('AROA', account),
      ...{ name, path: pathOf(service), createdAt: now, description: Description, tags: [] },
      maxSessionSeconds: defaultMaxSessionSeconds,
      inlinePolicies: [],
      attachedPolicies: services.awsPolicies.find(policyArn) ? [policyArn] : [],
      trustPolicy: trustOf(service),
      trustedIds: {},
    }
    if (!tx.insert(roles, role)) {
      throw invalidInput(
        `Service role name ${name} has been taken in this account, please try a different suffix.`,
      )
    }
    const AssumeRolePolicyDocument = encodeDocument(answeredTrustOf(service))
    return { Role: { ...createdRoleView(role, scope), AssumeRolePolicyDocument } }
  },
})

/**
 * Deletes at once: no service of AWS holds on to the role here. Asked again, it names the same task.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html
 */
const deleteServiceLinkedRole = writeOperation('DeleteServiceLinkedRole', {
  access: ({ RoleName }, scope) => rolePermission(scope, 'iam:DeleteServiceLinkedRole', RoleName),
  perform({ RoleName }, scope) {
    const role = scope.tx.get(roles, foldName(RoleName))
    return { DeletionTaskId: role ? deleteRole(role, scope) : earlierTask(RoleName, scope) }
  },
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html */
const getServiceLinkedRoleDeletionStatus = readOperation('GetServiceLinkedRoleDeletionStatus', {
  access({ DeletionTaskId }, { account }) {
    const action = 'iam:GetServiceLinkedRoleDeletionStatus'
    const task = taskId.exec(DeletionTaskId)
    if (!task) return { action, resource: '*' }
    const [, service = '', name = ''] = task
    return { action, resource: iamArn(account, 'role', pathOf(service), name) }
  },
  perform({ DeletionTaskId }, { records }) {
    const task = taskId.exec(DeletionTaskId)
    if (!task) throw invalidInput('Invalid task id')
    const known = records.get(deletionTasks, foldName(task[2] ?? ''))
    if (known?.id !== DeletionTaskId) {
      throw noSuchEntity('Cannot find deletion status for given id.')
    }
    return { Status: 'SUCCEEDED' }
  },
})

const taskId =
  /^task\/aws-service-role\/([^/]+)\/([^/]+)\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function deleteRole(role: Role, { tx, services, now }: WriteScope): string {
  if (!isServiceLinked(role)) {
    throw noSuchEntity(`${role.name} exists but is not a service role.`)
  }
  const id = `task${role.path}${role.name}/${services.ids.uuid()}`
  tx.delete(roles, role)
  tx.put(deletionTasks, { id, roleName: role.name, createdAt: now })
  return id
}

function earlierTask(roleName: string, { tx }: WriteScope): string {
  const task = tx.get(deletionTasks, foldName(roleName))
  if (!task) throw noSuchRole(roleName)
  return task.id
}

/** A role with a longer name could neither be shown nor deleted: no operation takes its name. */
const longestRoleName = 64

const nameTooLong = (): ApiError =>
  new ApiError(
    'ValidationError',
    `1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must have length less than or equal to ${longestRoleName}`,
  )

/** AWS refuses it so although the caller may do all the same. */
const noTemplate = (service: string): ApiError =>
  new ApiError('AccessDenied', `Cannot find Service Linked Role template for ${service}`)

const pathOf = (service: string): string => `/aws-service-role/${service}/`

const nameOf = ({ roleName }: LinkedService, suffix: string | undefined): string =>
  suffix === undefined ? roleName : `${roleName}_${suffix}`

const trustOf = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  })

/** The answer to the creation spells the same policy with arrays. */
const answeredTrustOf = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } }],
  })

export const serviceLinkedRoleOperations = {
  CreateServiceLinkedRole: createServiceLinkedRole,
  DeleteServiceLinkedRole: deleteServiceLinkedRole,
  GetServiceLinkedRoleDeletionStatus: getServiceLinkedRoleDeletionStatus,
}
