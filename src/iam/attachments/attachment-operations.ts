import { readOperation, writeOperation } from '../../request/operation.ts'
import { groupOwner, roleOwner, userOwner } from '../policy-owners.ts'
import { attach, detach, listAttached, policyArnContext } from './attachments.ts'

/** The same three operations on users, groups and roles. */
const attachUserPolicy = writeOperation('AttachUserPolicy', {
  access: ({ UserName, PolicyArn }, scope) =>
    userOwner.changeAccess(scope, 'iam:AttachUserPolicy', UserName, policyArnContext(PolicyArn)),
  perform: ({ UserName, PolicyArn }, scope) => attach(userOwner, UserName, PolicyArn, scope),
})

const detachUserPolicy = writeOperation('DetachUserPolicy', {
  access: ({ UserName, PolicyArn }, scope) =>
    userOwner.changeAccess(scope, 'iam:DetachUserPolicy', UserName, policyArnContext(PolicyArn)),
  perform: ({ UserName, PolicyArn }, scope) => detach(userOwner, UserName, PolicyArn, scope),
})

const listAttachedUserPolicies = readOperation('ListAttachedUserPolicies', {
  access: ({ UserName }, scope) =>
    userOwner.readAccess(scope, 'iam:ListAttachedUserPolicies', UserName),
  perform: (input, scope) =>
    listAttached(userOwner, 'ListAttachedUserPolicies', input.UserName, input, scope),
})

const attachGroupPolicy = writeOperation('AttachGroupPolicy', {
  access: ({ GroupName, PolicyArn }, scope) =>
    groupOwner.changeAccess(scope, 'iam:AttachGroupPolicy', GroupName, policyArnContext(PolicyArn)),
  perform: ({ GroupName, PolicyArn }, scope) => attach(groupOwner, GroupName, PolicyArn, scope),
})

const detachGroupPolicy = writeOperation('DetachGroupPolicy', {
  access: ({ GroupName, PolicyArn }, scope) =>
    groupOwner.changeAccess(scope, 'iam:DetachGroupPolicy', GroupName, policyArnContext(PolicyArn)),
  perform: ({ GroupName, PolicyArn }, scope) => detach(groupOwner, GroupName, PolicyArn, scope),
})

const listAttachedGroupPolicies = readOperation('ListAttachedGroupPolicies', {
  access: ({ GroupName }, scope) =>
    groupOwner.readAccess(scope, 'iam:ListAttachedGroupPolicies', GroupName),
  perform: (input, scope) =>
    listAttached(groupOwner, 'ListAttachedGroupPolicies', input.GroupName, input, scope),
})

const attachRolePolicy = writeOperation('AttachRolePolicy', {
  access: ({ RoleName, PolicyArn }, scope) =>
    roleOwner.changeAccess(scope, 'iam:AttachRolePolicy', RoleName, policyArnContext(PolicyArn)),
  perform: ({ RoleName, PolicyArn }, scope) => attach(roleOwner, RoleName, PolicyArn, scope),
})

const detachRolePolicy = writeOperation('DetachRolePolicy', {
  access: ({ RoleName, PolicyArn }, scope) =>
    roleOwner.changeAccess(scope, 'iam:DetachRolePolicy', RoleName, policyArnContext(PolicyArn)),
  perform: ({ RoleName, PolicyArn }, scope) => detach(roleOwner, RoleName, PolicyArn, scope),
})

const listAttachedRolePolicies = readOperation('ListAttachedRolePolicies', {
  access: ({ RoleName }, scope) =>
    roleOwner.readAccess(scope, 'iam:ListAttachedRolePolicies', RoleName),
  perform: (input, scope) =>
    listAttached(roleOwner, 'ListAttachedRolePolicies', input.RoleName, input, scope),
})

export const attachmentOperations = {
  AttachUserPolicy: attachUserPolicy,
  DetachUserPolicy: detachUserPolicy,
  ListAttachedUserPolicies: listAttachedUserPolicies,
  AttachGroupPolicy: attachGroupPolicy,
  DetachGroupPolicy: detachGroupPolicy,
  ListAttachedGroupPolicies: listAttachedGroupPolicies,
  AttachRolePolicy: attachRolePolicy,
  DetachRolePolicy: detachRolePolicy,
  ListAttachedRolePolicies: listAttachedRolePolicies,
}
