import type { Decision, Layer } from './decision.ts'

/** Why a request was decided as it was. Plain data: it crosses to JSON unchanged. */
export interface Explanation {
  readonly effect: Decision['effect']
  readonly layer: Layer
  /** The statement that decided; null for implicit denials and root's own access. */
  readonly decidedBy: StatementReference | null
  /** Every layer that applied, in the order they are asked. */
  readonly layers: readonly LayerExplanation[]
  /** Keys, as the policies write them, whose absence alone or with others kept statements out. */
  readonly missingContextKeys: readonly string[]
}

/** Where a statement stands. Lines and columns count from 1. */
export interface StatementReference {
  /** The policy's name, as `AttachedPolicy` gave it. */
  readonly policy: string
  readonly sourceType: string | null
  readonly sid: string | null
  /** Counted from 0. */
  readonly index: number
  readonly line: number
  readonly column: number
}

/** One kind of policy, or one level of SCPs or RCPs, and what it said. */
export interface LayerExplanation {
  readonly layer: Layer
  /** Of SCPs and RCPs: 0 is the organization's root. */
  readonly level: number | null
  /** What this layer says by itself. */
  readonly effect: Decision['effect']
  readonly policies: readonly PolicyExplanation[]
}

/** One policy of a layer, with all its statements in the order of the text. */
export interface PolicyExplanation {
  readonly name: string
  readonly sourceType: string | null
  readonly statements: readonly StatementExplanation[]
}

/** The parts of a statement that a request must match; Not… elements go by the plain name. */
export type StatementElement = 'principal' | 'action' | 'resource' | 'condition'

/** How closely the statement names the caller; `none` in policies without principals. */
export type NamedAs = 'itself' | 'role-or-issuer' | 'account' | 'nobody' | 'none'

/** Whether a statement applies to the request, and if not, why. */
export interface StatementExplanation {
  readonly sid: string | null
  /** Counted from 0. */
  readonly index: number
  readonly effect: 'Allow' | 'Deny'
  readonly line: number
  readonly column: number
  /** As AWS's simulator reports them. */
  readonly startPosition: { readonly line: number; readonly column: number }
  readonly endPosition: { readonly line: number; readonly column: number }
  readonly applies: boolean
  /** The elements that did not match, all of them. */
  readonly failed: readonly StatementElement[]
  readonly namedAs: NamedAs
  /** Variables of Resource or NotResource that have no value. */
  readonly unresolvedVariables: readonly string[]
  readonly conditions: readonly ConditionExplanation[]
}

/** One key of a Condition under one operator. */
export interface ConditionExplanation {
  readonly operator: string
  readonly key: string
  /** The policy's values, variables replaced where they have a value. */
  readonly wanted: readonly string[]
  /** The request's; null when the key is absent. */
  readonly actual: string | readonly string[] | null
  readonly holds: boolean
}
