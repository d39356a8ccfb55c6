import type { Condition } from './condition/condition.ts'
import type { PolicyDocument, PolicyVersion } from './document.ts'
import type { Position } from './json.ts'
import type { TextPattern } from './pattern/text-pattern.ts'
import type { PrincipalMatcher } from './principal.ts'
import type { StatementIndex } from './statement-index.ts'

/**
 * What a document is used as: kinds differ in what they may say and in the texts of refusal.
 * `trust` is a role's, `resource` any other policy on a resource.
 */
export const policyKinds = [
  'identity',
  'boundary',
  'session',
  'trust',
  'resource',
  'scp',
  'rcp',
  'vpc-endpoint',
] as const

/** One of `policyKinds`. */
export type PolicyKind = (typeof policyKinds)[number]

/** A document made ready for decisions. Immutable; it may be shared by everything that uses it. */
export interface Policy {
  readonly kind: PolicyKind
  /** A document without Version is of 2008-10-17. */
  readonly version: PolicyVersion
  readonly document: PolicyDocument
  readonly statements: readonly PolicyStatement[]
  /** The engine's own: finds statements by action. */
  readonly index: StatementIndex
}

/** One statement, made ready; `Decision.statement` is one of these. */
export interface PolicyStatement {
  readonly index: number
  readonly sid: string | undefined
  readonly effect: 'Allow' | 'Deny'
  readonly start: Position
  readonly end: Position
  /** Where AWS's simulator says the statement begins. */
  readonly reportedStart: Position
  /** Lower-case patterns. */
  readonly actions: readonly TextPattern[]
  readonly notAction: boolean
  /** Undefined where the policy's kind has no Resource: the resource is what it is attached to. */
  readonly resources: readonly TextPattern[] | undefined
  readonly notResource: boolean
  readonly principal: PrincipalMatcher | undefined
  readonly notPrincipal: boolean
  readonly conditions: readonly Condition[]
}
