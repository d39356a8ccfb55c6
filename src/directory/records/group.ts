import { collection } from '../collection.ts'
import { byAttachedPolicy, type Entity, foldName } from './entity.ts'

export type Group = Entity

export const groups = collection('group', {
  key: (group: Group) => [foldName(group.name)],
  indexes: { id: (group) => [[group.id]], attachedPolicy: byAttachedPolicy },
})
