/** A policy that AWS publishes: the same in every account, data of the product rather than a record. */
export interface AwsManagedPolicy extends AwsManagedPolicyHeader {
  /** JSON text without insignificant white space. */
  readonly document: string
}

/** What is known of such a policy without its document. */
export interface AwsManagedPolicyHeader {
  readonly arn: string
  readonly id: string
  readonly name: string
  readonly path: string
  /** Empty where it is not known. */
  readonly description: string
  /** The only version that is known. */
  readonly defaultVersionId: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** When the default version was made, likewise. */
  readonly updatedAt: number
}

/** The policies that AWS publishes, for whoever decides by them or shows them. */
export interface AwsManagedPolicies {
  find(arn: string): AwsManagedPolicy | undefined
  /** In the order of their names. */
  list(): readonly AwsManagedPolicyHeader[]
}
