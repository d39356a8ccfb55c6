import { collection } from '../collection.ts'
import { foldName } from './entity.ts'

/** The newest deletion of a service-linked role: asked for again, it is told again. */
export interface DeletionTask {
  /** `task/aws-service-role/<service>/<role>/<uuid>`. */
  readonly id: string
  readonly roleName: string
  readonly createdAt: number
}

/** By the name of the role, so that what is kept of the past does not grow with every deletion. */
export const deletionTasks = collection('deletion-task', {
  key: (task: DeletionTask) => [foldName(task.roleName)],
})
