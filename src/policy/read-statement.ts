import { parseOperator } from './condition/operator-names.ts'
import type {
  ConditionClause,
  ConditionValue,
  Fault,
  Located,
  PrincipalElement,
  PrincipalEntry,
  Statement,
} from './document.ts'
import type { JsonMember, JsonNode, JsonObject, Position } from './json.ts'
import { addFault, textListOf, textOf, unknownElement, wrongType } from './read-values.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** One object of `Statement`, with every fault of its grammar added to `faults`. */
export function readStatement(
  node: JsonObject,
  index: number,
  path: string,
  reportedStart: Position,
  faults: Fault[],
): Statement {
  const { start, end } = node
  const statement: Mutable<Statement> = {
    index,
    path,
    start,
    end,
    reportedStart,
    sid: undefined,
    effect: undefined,
    principal: undefined,
    notPrincipal: undefined,
    action: undefined,
    notAction: undefined,
    resource: undefined,
    notResource: undefined,
    condition: undefined,
  }
  for (const member of node.members) readElement(statement, member, faults)
  pair(faults, statement.principal, statement.notPrincipal, 'Principal')
  pair(faults, statement.action, statement.notAction, 'Action')
  pair(faults, statement.resource, statement.notResource, 'Resource')
  if (node.members.length === 0) {
    addFault(faults, 'empty-statement', node, path, 'Statement', 'The statement is empty')
  }
  if (!node.members.some((member) => member.key === 'Effect')) {
    addFault(faults, 'missing-effect', node, path, 'Effect', 'Effect is missing')
  }
  const effect = statement.effect
  if (effect !== undefined && !/^(?:allow|deny)$/i.test(effect.value)) {
    const message = 'Effect is Allow or Deny'
    addFault(faults, 'invalid-effect', effect, effect.path, effect.value, message)
  }
  return statement
}

function readElement(statement: Mutable<Statement>, member: JsonMember, faults: Fault[]): void {
  const { key, value } = member
  const path = `${statement.path}.${key}`
  switch (key) {
    case 'Sid':
      statement.sid = textOf(value, path, faults)
      return
    case 'Effect':
      statement.effect = textOf(value, path, faults)
      return
    case 'Principal':
      statement.principal = principalOf(value, path, faults)
      return
    case 'NotPrincipal':
      statement.notPrincipal = principalOf(value, path, faults)
      return
    case 'Action':
      statement.action = textListOf(value, path, faults)
      return
    case 'NotAction':
      statement.notAction = textListOf(value, path, faults)
      return
    case 'Resource':
      statement.resource = textListOf(value, path, faults)
      return
    case 'NotResource':
      statement.notResource = textListOf(value, path, faults)
      return
    case 'Condition':
      statement.condition = conditionOf(value, path, faults)
      return
    default:
      unknownElement(faults, member, path)
  }
}

function pair(
  faults: Fault[],
  one: Located | undefined,
  other: Located | undefined,
  name: string,
): void {
  if (one === undefined || other === undefined) return
  const message = `A statement has ${name} or Not${name}, not both`
  addFault(faults, 'both-elements', other, other.path, name, message)
}

function principalOf(node: JsonNode, path: string, faults: Fault[]): PrincipalElement {
  const { start, end } = node
  const entries: PrincipalEntry[] = []
  if (node.type === 'string') {
    return { bare: { value: node.value, path, start, end }, entries, path, start, end }
  }
  if (node.type !== 'object') wrongType(faults, node, path, 'Principal', 'a map or "*"')
  for (const member of node.type === 'object' ? node.members : []) {
    const inner = `${path}.${member.key}`
    const values = textListOf(member.value, inner, faults)
    entries.push({ type: member.key, values, path: inner, start: member.start, end: member.end })
  }
  return { bare: undefined, entries, path, start, end }
}

function conditionOf(node: JsonNode, path: string, faults: Fault[]): ConditionClause[] {
  const clauses: ConditionClause[] = []
  if (node.type !== 'object') {
    wrongType(faults, node, path, 'Condition', 'a map of operators')
    return clauses
  }
  for (const { key, start, keyEnd, value } of node.members) {
    const operatorPath = `${path}.${key}`
    if (value.type !== 'object') {
      wrongType(faults, value, operatorPath, key, 'a map of condition keys')
      continue
    }
    const operator = { value: key, path: operatorPath, start, end: keyEnd }
    const parsedOperator = parseOperator(key)
    // AWS stores an unknown operator over an empty map, and an empty map asks for nothing.
    if (parsedOperator === undefined && value.members.length > 0) {
      const message = `${key} is not a condition operator`
      addFault(faults, 'unknown-operator', operator, operatorPath, key, message)
    }
    for (const member of value.members) {
      const keyPath = `${operatorPath}[${JSON.stringify(member.key)}]`
      clauses.push({
        operator,
        parsedOperator,
        key: { value: member.key, path: keyPath, start: member.start, end: member.keyEnd },
        values: conditionValuesOf(member.value, keyPath, faults),
        isArray: member.value.type === 'array',
        path: keyPath,
        start: member.start,
        end: member.end,
      })
    }
  }
  return clauses
}

function conditionValuesOf(node: JsonNode, path: string, faults: Fault[]): ConditionValue[] {
  const values: ConditionValue[] = []
  const items = node.type === 'array' ? node.items : [node]
  for (const [index, item] of items.entries()) {
    const { start, end } = item
    const at = node.type === 'array' ? `${path}[${index}]` : path
    if (item.type === 'string') {
      values.push({ value: item.value, jsonType: 'string', path: at, start, end })
    } else if (item.type === 'number') {
      values.push({ value: item.text, jsonType: 'number', path: at, start, end })
    } else if (item.type === 'boolean') {
      values.push({ value: String(item.value), jsonType: 'boolean', path: at, start, end })
    } else wrongType(faults, item, at, 'Condition', 'a string, a number or a boolean')
  }
  return values
}
