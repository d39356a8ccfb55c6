/** The small readings that all elements of a document share: each notes what is wrong and goes on. */
import type { Fault, FaultCode, Text, TextList } from './document.ts'
import type { JsonMember, JsonNode, Span } from './json.ts'

export function textOf(node: JsonNode, path: string, faults: Fault[]): Text | undefined {
  const { start, end } = node
  if (node.type === 'string') return { value: node.value, path, start, end }
  wrongType(faults, node, path, path, 'a string')
  return undefined
}

export function unknownElement(faults: Fault[], member: JsonMember, path: string): void {
  const span = { start: member.start, end: member.keyEnd }
  addFault(faults, 'unknown-element', span, path, member.key, `${member.key} is no policy element`)
}

export function wrongType(
  faults: Fault[],
  at: Span,
  path: string,
  subject: string,
  want: string,
): void {
  addFault(faults, 'wrong-type', at, path, subject, `${path} must be ${want}`)
}

export function addFault(
  faults: Fault[],
  code: FaultCode,
  { start, end }: Span,
  path: string,
  subject: string,
  message: string,
): void {
  faults.push({ code, path, subject, message, start, end })
}

export function textListOf(node: JsonNode, path: string, faults: Fault[]): TextList {
  const { start, end } = node
  if (node.type !== 'array') {
    const text = textOf(node, path, faults)
    return { items: text === undefined ? [] : [text], isArray: false, path, start, end }
  }
  const items: Text[] = []
  for (const [index, item] of node.items.entries()) {
    const text = textOf(item, `${path}[${index}]`, faults)
    if (text !== undefined) items.push(text)
  }
  return { items, isArray: true, path, start, end }
}
