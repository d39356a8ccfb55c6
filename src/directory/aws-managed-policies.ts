/** A policy that AWS publishes: the same in every account, data of the product rather than a record. */
export interface AwsManagedPolicy extends AwsManagedPolicyHeader {
  readonly document: string
}

export interface AwsManagedPolicyHeader {
  readonly arn: string
  readonly id: string
  readonly name: string
  readonly path: string
  readonly description: string
  readonly defaultVersionId: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

export interface AwsManagedPolicies {
  find(arn: string): AwsManagedPolicy | undefined
  /** In the order of their names. */
  list(): readonly AwsManagedPolicyHeader[]
}
