import type { OperationOutputs } from '../../catalog/operations.ts'
import type { Group } from '../../directory/records/group.ts'
import type { Scope } from '../../request/scope.ts'
import { groupArn } from './group-access.ts'

export type GroupView = OperationOutputs['GetGroup']['Group']

export const groupView = (group: Group, scope: Scope): GroupView => ({
  Path: group.path,
  GroupName: group.name,
  GroupId: group.id,
  Arn: groupArn(scope, group),
  CreateDate: group.createdAt,
})
