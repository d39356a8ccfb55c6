import type { Policy } from './policy.ts'

/** Who asks. `account` is the principal's own account. */
export type Principal =
  | RootPrincipal
  | UserPrincipal
  | AssumedRolePrincipal
  | FederatedUserPrincipal
  | ServicePrincipal
  | IdentityProviderPrincipal
  | AnonymousPrincipal

/** The root user, or an AssumeRoot session. */
export interface RootPrincipal {
  readonly type: 'root'
  readonly account: string
  /** `arn:aws:iam::111122223333:root` */
  readonly arn: string
}

/** An IAM user, by its own key or by a GetSessionToken session. */
export interface UserPrincipal {
  readonly type: 'user'
  readonly account: string
  readonly arn: string
  /** The unique id, `AIDA…`. */
  readonly id: string
}

/** A role session, by AssumeRole or its kin. */
export interface AssumedRolePrincipal {
  readonly type: 'assumed-role'
  readonly account: string
  /** The session: `arn:aws:sts::111122223333:assumed-role/Role/session`. */
  readonly arn: string
  /** The role, with its path. */
  readonly roleArn: string
  /** The role's unique id, `AROA…`, without the session name. */
  readonly id: string
  /** Sessions of service-linked roles are outside SCPs and RCPs. */
  readonly serviceLinked?: boolean
}

/** A GetFederationToken session. */
export interface FederatedUserPrincipal {
  readonly type: 'federated-user'
  readonly account: string
  /** `arn:aws:sts::111122223333:federated-user/name` */
  readonly arn: string
  /** Whose key made the session; its identity policies are the session's. */
  readonly issuer: RootPrincipal | UserPrincipal
}

/** An AWS service acting for itself, as `ec2.amazonaws.com`. */
export interface ServicePrincipal {
  readonly type: 'service'
  readonly service: string
}

/** The holder of a token or assertion, while a role is being assumed with it. */
export interface IdentityProviderPrincipal {
  readonly type: 'web-identity' | 'saml'
  /** The provider's account; for providers known by host name, the role's. */
  readonly account: string
  /** The provider's ARN, or its host name for the providers IAM knows by itself. */
  readonly provider: string
}

/** A caller that did not sign. */
export interface AnonymousPrincipal {
  readonly type: 'anonymous'
}

/** Condition keys in lower case to their texts; a `Map` satisfies it. Absent is not the same as ''. */
export interface RequestContext {
  get(lowerCaseKey: string): string | readonly string[] | undefined
}

/** Who would do what on which resource, and under which circumstances. */
export interface AccessRequest {
  readonly principal: Principal
  /** `service:Name`, in any case. */
  readonly action: string
  /** An ARN, or `*` for an action that has no resource types. */
  readonly resource: string
  /** Who owns the resource; by default the account in its ARN, or else the principal's. */
  readonly resourceAccount?: string | undefined
  /** All condition keys; none is filled in, not even the time. */
  readonly context: RequestContext
  /** Lower-case keys that hold several values, beyond those AWS documents as multivalued. */
  readonly multivaluedKeys?: ReadonlySet<string> | undefined
}

/** A policy that applies to the request, with what explanations call it. */
export interface AttachedPolicy {
  readonly policy: Policy
  /** The policy's name or ARN, for explanations. */
  readonly name: string
  /** Where it is attached, for explanations: `user`, `group`, `role`… */
  readonly sourceType?: string | undefined
}

/** A policy on the resource itself: a bucket policy, a role's trust policy. */
export interface ResourcePolicy extends AttachedPolicy {
  /**
   * Principal ARNs that were bound to unique ids when the policy was stored: such an ARN matches
   * only the caller with that id, so an entity recreated under the same name is a stranger.
   */
  readonly principalIds?: ReadonlyMap<string, string> | undefined
  /**
   * The policy must itself allow or delegate, whatever identity policies say. Always so for trust
   * policies; set it for KMS keys.
   */
  readonly required?: boolean | undefined
}

/** Every policy that applies to a request, by layer. A layer that does not apply is left out. */
export interface PolicySources {
  /** The user's own, its groups' and managed policies; or the role's. */
  readonly identity: readonly AttachedPolicy[]
  readonly boundary?: AttachedPolicy | undefined
  /**
   * Undefined when the session was made without any: a role session is then not limited, a
   * federated user may do nothing. An empty list allows nothing.
   */
  readonly session?: readonly AttachedPolicy[] | undefined
  readonly resource?: ResourcePolicy | undefined
  /** One list per level, root first. Undefined outside organizations and for management accounts. */
  readonly scps?: readonly (readonly AttachedPolicy[])[] | undefined
  /** Of the organization that owns the resource, one list per level. */
  readonly rcps?: readonly (readonly AttachedPolicy[])[] | undefined
  readonly vpcEndpoint?: AttachedPolicy | undefined
}
