import {
  type AccessRequest,
  type Explanation,
  explain,
  type PolicySources,
} from '../policy/engine.ts'
import type { Caller } from './caller.ts'
import { type StatementExcerpt, statementExcerpts } from './statement-excerpts.ts'

/** A decision with all that led to it. Plain data: it is kept as JSON and read back by administrators. */
export interface DecisionRecord {
  readonly callerArn: string
  readonly principal: { readonly id: string; readonly name: string }
  readonly action: string
  readonly resource: string
  readonly explanation: Explanation
  readonly statements: readonly StatementExcerpt[]
}

/** What is kept of a refused request. */
export interface DenialRecord extends DecisionRecord {
  readonly requestId: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /** What the caller was told. */
  readonly message: string
}

/** Decides once more, with the whole explanation: for what is looked at afterwards. */
export function decisionRecord(
  caller: Caller,
  request: AccessRequest,
  sources: PolicySources,
): DecisionRecord {
  const explanation = explain(request, sources)
  return {
    callerArn: caller.arn,
    principal: { id: caller.userId, name: caller.arn.slice(caller.arn.lastIndexOf('/') + 1) },
    action: request.action,
    resource: request.resource,
    explanation,
    statements: statementExcerpts(sources, explanation),
  }
}
