import type { PolicyStatement } from './policy.ts'
import type { AttachedPolicy } from './request.ts'

/** The kinds of policy that a request is asked of; `trust` is a role's, `resource` any other on a resource. */
export type Layer =
  | 'identity'
  | 'boundary'
  | 'session'
  | 'resource'
  | 'trust'
  | 'scp'
  | 'rcp'
  | 'vpc-endpoint'

/** What became of a request. `implicit-deny`: nothing allowed it, and nothing denied it either. */
export interface Decision {
  readonly effect: 'allow' | 'explicit-deny' | 'implicit-deny'
  /** The layer that allowed or denied; for an implicit deny, the one that had no Allow. */
  readonly layer: Layer
  /** Absent from implicit denials and from what root may do by itself. */
  readonly policy: AttachedPolicy | undefined
  /** The deciding statement of `policy`. */
  readonly statement: PolicyStatement | undefined
}

const implicit = (layer: Layer): Decision =>
  Object.freeze({ effect: 'implicit-deny', layer, policy: undefined, statement: undefined })

/** Made once: most requests that are denied are denied without a statement. */
const implicitDenials: Readonly<Record<Layer, Decision>> = {
  identity: implicit('identity'),
  boundary: implicit('boundary'),
  session: implicit('session'),
  resource: implicit('resource'),
  trust: implicit('trust'),
  scp: implicit('scp'),
  rcp: implicit('rcp'),
  'vpc-endpoint': implicit('vpc-endpoint'),
}

export function implicitDenial(layer: Layer): Decision {
  return implicitDenials[layer]
}

export function denial(layer: Layer, policy: AttachedPolicy, statement: PolicyStatement): Decision {
  return { effect: 'explicit-deny', layer, policy, statement }
}

export function grant(
  layer: Layer,
  policy: AttachedPolicy | undefined,
  statement: PolicyStatement | undefined,
): Decision {
  return { effect: 'allow', layer, policy, statement }
}
