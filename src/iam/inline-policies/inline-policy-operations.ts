import { readOperation, writeOperation } from '../../request/operation.ts'
import { groupOwner, roleOwner, userOwner } from '../policy-owners.ts'
import { deleteInline, getInline, listInline, putInline } from './inline-policies.ts'

/** The same four operations on users, groups and roles. */
const putUserPolicy = writeOperation('PutUserPolicy', {
  access: ({ UserName }, scope) => userOwner.changeAccess(scope, 'iam:PutUserPolicy', UserName),
  perform: ({ UserName, ...policy }, scope) => putInline(userOwner, UserName, policy, scope),
})

const getUserPolicy = readOperation('GetUserPolicy', {
  access: ({ UserName }, scope) => userOwner.readAccess(scope, 'iam:GetUserPolicy', UserName),
  perform(input, scope) {
    const { name, ...policy } = getInline(userOwner, input.UserName, input.PolicyName, scope)
    return { UserName: name, ...policy }
  },
})

const deleteUserPolicy = writeOperation('DeleteUserPolicy', {
  access: ({ UserName }, scope) => userOwner.changeAccess(scope, 'iam:DeleteUserPolicy', UserName),
  perform: ({ UserName, PolicyName }, scope) =>
    deleteInline(userOwner, UserName, PolicyName, scope),
})

const listUserPolicies = readOperation('ListUserPolicies', {
  access: ({ UserName }, scope) => userOwner.readAccess(scope, 'iam:ListUserPolicies', UserName),
  perform: (input, scope) =>
    listInline(userOwner, 'ListUserPolicies', input.UserName, input, scope),
})

const putGroupPolicy = writeOperation('PutGroupPolicy', {
  access: ({ GroupName }, scope) => groupOwner.changeAccess(scope, 'iam:PutGroupPolicy', GroupName),
  perform: ({ GroupName, ...policy }, scope) => putInline(groupOwner, GroupName, policy, scope),
})

const getGroupPolicy = readOperation('GetGroupPolicy', {
  access: ({ GroupName }, scope) => groupOwner.readAccess(scope, 'iam:GetGroupPolicy', GroupName),
  perform(input, scope) {
    const { name, ...policy } = getInline(groupOwner, input.GroupName, input.PolicyName, scope)
    return { GroupName: name, ...policy }
  },
})

const deleteGroupPolicy = writeOperation('DeleteGroupPolicy', {
  access: ({ GroupName }, scope) =>
    groupOwner.changeAccess(scope, 'iam:DeleteGroupPolicy', GroupName),
  perform: ({ GroupName, PolicyName }, scope) =>
    deleteInline(groupOwner, GroupName, PolicyName, scope),
})

const listGroupPolicies = readOperation('ListGroupPolicies', {
  access: ({ GroupName }, scope) =>
    groupOwner.readAccess(scope, 'iam:ListGroupPolicies', GroupName),
  perform: (input, scope) =>
    listInline(groupOwner, 'ListGroupPolicies', input.GroupName, input, scope),
})

const putRolePolicy = writeOperation('PutRolePolicy', {
  access: ({ RoleName }, scope) => roleOwner.changeAccess(scope, 'iam:PutRolePolicy', RoleName),
  perform: ({ RoleName, ...policy }, scope) => putInline(roleOwner, RoleName, policy, scope),
})

const getRolePolicy = readOperation('GetRolePolicy', {
  access: ({ RoleName }, scope) => roleOwner.readAccess(scope, 'iam:GetRolePolicy', RoleName),
  perform(input, scope) {
    const { name, ...policy } = getInline(roleOwner, input.RoleName, input.PolicyName, scope)
    return { RoleName: name, ...policy }
  },
})

const deleteRolePolicy = writeOperation('DeleteRolePolicy', {
  access: ({ RoleName }, scope) => roleOwner.changeAccess(scope, 'iam:DeleteRolePolicy', RoleName),
  perform: ({ RoleName, PolicyName }, scope) =>
    deleteInline(roleOwner, RoleName, PolicyName, scope),
})

const listRolePolicies = readOperation('ListRolePolicies', {
  access: ({ RoleName }, scope) => roleOwner.readAccess(scope, 'iam:ListRolePolicies', RoleName),
  perform: (input, scope) =>
    listInline(roleOwner, 'ListRolePolicies', input.RoleName, input, scope),
})

export const inlinePolicyOperations = {
  PutUserPolicy: putUserPolicy,
  GetUserPolicy: getUserPolicy,
  DeleteUserPolicy: deleteUserPolicy,
  ListUserPolicies: listUserPolicies,
  PutGroupPolicy: putGroupPolicy,
  GetGroupPolicy: getGroupPolicy,
  DeleteGroupPolicy: deleteGroupPolicy,
  ListGroupPolicies: listGroupPolicies,
  PutRolePolicy: putRolePolicy,
  GetRolePolicy: getRolePolicy,
  DeleteRolePolicy: deleteRolePolicy,
  ListRolePolicies: listRolePolicies,
}
