import type { ParameterNode } from './parameter-tree.ts'
import { malformed } from './read-scalars.ts'

/** How far an index may lie beyond the one before it; what lies between is filled with nothing. */
const furthestJump = 10

/**
 * The elements of a list in the order of their indexes, holes included. `01` and `1` are one element.
 *
 * @throws ApiError MalformedInput with AWS's text for what is no index and for lists with too many holes
 */
export function readListItems(
  list: ParameterNode,
  ofStructures: boolean,
): (ParameterNode | undefined)[] {
  const items = new Map<number, ParameterNode>()
  for (const [text, node] of list.children) {
    const index = readIndex(text, ofStructures)
    const known = items.get(index ?? 1)
    const item = index === undefined ? nothing : node
    items.set(index ?? 1, known ? merged(known, item) : item)
  }
  const indexes = [...items.keys()].sort((a, b) => a - b)
  const found: (ParameterNode | undefined)[] = []
  // AWS counts from position 1, not from before it.
  let previous = 1
  for (const index of indexes) {
    const jump = index - previous
    if (jump > furthestJump) {
      throw malformed(`Excessively sparse input would skip ${jump} list elements`)
    }
    while (found.length < index - 1) found.push(undefined)
    found.push(items.get(index))
    previous = index
  }
  return found
}

const nothing: ParameterNode = { value: undefined, children: new Map() }

/** Undefined for text that is no index in a list of structures: AWS sees an element there that lacks everything. */
function readIndex(text: string, ofStructures: boolean): number | undefined {
  if (/^\d{1,9}$/.test(text)) {
    const index = Number(text)
    if (index === 0) throw malformed('0 is not a valid index')
    return index
  }
  if (text.startsWith('-')) throw malformed(`Key ${text} may not have a leading '-'`)
  if (ofStructures) return undefined
  throw malformed('Start of list found where not expected')
}

function merged(first: ParameterNode, second: ParameterNode): ParameterNode {
  const children = new Map(first.children)
  for (const [name, node] of second.children) if (!children.has(name)) children.set(name, node)
  return { value: first.value ?? second.value, children }
}
