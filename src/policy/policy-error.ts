import type { Position } from './json.ts'

/** Why a document was refused: a fault of the grammar, of JSON, or of what its kind may say. */
export type PolicyFault =
  | 'json'
  | 'grammar'
  | 'version'
  | 'effect'
  | 'sid'
  | 'principal'
  | 'action'
  | 'resource'
  | 'condition'
  | 'literal'

/** A policy that is not accepted. `message` is AWS's text of MalformedPolicyDocument. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
  readonly fault: PolicyFault
  readonly line: number
  readonly column: number
  readonly offset: number
  /** From the document's root, as `Statement[0].Action`; empty for the whole document. */
  readonly path: string
  constructor(
    fault: PolicyFault,
    message: string,
    at: { readonly start: Position; readonly path: string },
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.fault = fault
    this.line = at.start.line
    this.column = at.start.column
    this.offset = at.start.offset
    this.path = at.path
  }
}
