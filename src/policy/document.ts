/**
 * A policy document as typed parts that know their place. Reading is tolerant: what breaks the grammar becomes a
 * `Fault` in a list and the rest is still read, so that one pass can report everything. `parsePolicy` refuses a
 * document with any fault; what a kind of policy forbids beyond the grammar is in `check/`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

import type { Operator } from './condition/operator-names.ts'
import {
  defaultJsonLimits,
  type JsonMember,
  type JsonNode,
  type Position,
  readJson,
  type Span,
} from './json.ts'
import { readStatement } from './read-statement.ts'
import { addFault, textOf, unknownElement, wrongType } from './read-values.ts'

export type PolicyVersion = '2012-10-17' | '2008-10-17'

/** A place with its way from the document's root, as `Statement[0].Action[1]`. */
export interface Located extends Span {
  readonly path: string
}

/** A string with its place. */
export interface Text extends Located {
  readonly value: string
}

/** One string or a list of them: most elements take both. */
export interface TextList extends Located {
  readonly items: readonly Text[]
  /** False when the value stood alone, without brackets. */
  readonly isArray: boolean
}

/** One key of a principal's map. */
export interface PrincipalEntry extends Located {
  /** The map's key as written, `AWS`, `Service`, `Federated`, `CanonicalUser`. */
  readonly type: string
  readonly values: TextList
}

/** Principal or NotPrincipal. */
export interface PrincipalElement extends Located {
  /** The element is a bare string (`"*"`) and not a map; it is then no `entries`. */
  readonly bare: Text | undefined
  readonly entries: readonly PrincipalEntry[]
}

/** A value as text, whatever type it was written in. */
export interface ConditionValue extends Text {
  readonly jsonType: 'string' | 'number' | 'boolean'
}

/** One key under one operator: the clauses of a statement are joined by AND. */
export interface ConditionClause extends Located {
  readonly operator: Text
  /** Undefined for a name that is no operator; that is also a fault. */
  readonly parsedOperator: Operator | undefined
  readonly key: Text
  readonly values: readonly ConditionValue[]
  readonly isArray: boolean
}

/** One statement as written; of an element and its Not form at most one is there in a sound one. */
export interface Statement extends Located {
  readonly index: number
  /** Where AWS's simulator says the statement begins: the comma before it, or inside a sole brace. */
  readonly reportedStart: Position
  readonly sid: Text | undefined
  readonly effect: Text | undefined
  readonly principal: PrincipalElement | undefined
  readonly notPrincipal: PrincipalElement | undefined
  readonly action: TextList | undefined
  readonly notAction: TextList | undefined
  readonly resource: TextList | undefined
  readonly notResource: TextList | undefined
  readonly condition: readonly ConditionClause[] | undefined
}

export type FaultCode =
  | 'both-elements'
  | 'empty-statement'
  | 'invalid-effect'
  | 'missing-effect'
  | 'missing-statement'
  | 'not-an-object'
  | 'unknown-element'
  | 'unknown-operator'
  | 'unknown-version'
  | 'wrong-type'

/** A break of the grammar common to all kinds of policy. */
export interface Fault extends Located {
  readonly code: FaultCode
  readonly message: string
  /** The element, operator or value the fault is about. */
  readonly subject: string
}

/** A whole document as written. */
export interface PolicyDocument extends Located {
  readonly text: string
  readonly version: Text | undefined
  readonly id: Text | undefined
  readonly statements: readonly Statement[]
  /** False when `Statement` was a sole object. */
  readonly statementIsArray: boolean
  readonly faults: readonly Fault[]
}

/**
 * Reads a document of any kind.
 * @throws JsonError when the text is no JSON, has a key twice, or is too large or deep
 */
export function readDocument(text: string, limits = defaultJsonLimits): PolicyDocument {
  const root = readJson(text, limits)
  const faults: Fault[] = []
  if (root.type !== 'object') {
    addFault(faults, 'not-an-object', root, '', '', 'A policy document is a JSON object')
  }
  const members = root.type === 'object' ? root.members : []
  let version: Text | undefined
  let id: Text | undefined
  let statement: JsonMember | undefined
  for (const member of members) {
    if (member.key === 'Version') version = textOf(member.value, 'Version', faults)
    else if (member.key === 'Id') id = textOf(member.value, 'Id', faults)
    else if (member.key === 'Statement') statement = member
    else unknownElement(faults, member, member.key)
  }
  if (version !== undefined && !isVersion(version.value)) {
    const message = 'Version is 2012-10-17 or 2008-10-17'
    addFault(faults, 'unknown-version', version, 'Version', version.value, message)
  }
  if (statement === undefined && root.type === 'object') {
    addFault(faults, 'missing-statement', root, '', 'Statement', 'Statement is missing')
  }
  const node = statement?.value
  return {
    text,
    version,
    id,
    statements: node === undefined ? [] : statementsOf(node, faults),
    statementIsArray: node?.type === 'array',
    faults,
    path: '',
    start: root.start,
    end: root.end,
  }
}

function isVersion(text: string): text is PolicyVersion {
  return text === '2012-10-17' || text === '2008-10-17'
}

function statementsOf(node: JsonNode, faults: Fault[]): Statement[] {
  if (node.type === 'object') {
    const { start } = node
    const inside = { ...start, offset: start.offset + 1, column: start.column + 1 }
    return [readStatement(node, 0, 'Statement', inside, faults)]
  }
  if (node.type !== 'array') {
    wrongType(faults, node, 'Statement', 'Statement', 'an object or an array of objects')
    return []
  }
  if (node.items.length === 0) {
    addFault(faults, 'empty-statement', node, 'Statement', 'Statement', 'Statement is empty')
  }
  const statements: Statement[] = []
  for (const [index, item] of node.items.entries()) {
    const path = `Statement[${index}]`
    if (item.type !== 'object') wrongType(faults, item, path, 'Statement', 'an object')
    else {
      const start = index === 0 ? item.start : (node.commas[index - 1] ?? item.start)
      statements.push(readStatement(item, index, path, start, faults))
    }
  }
  return statements
}
