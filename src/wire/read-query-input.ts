import type { OperationModel, ServiceModel, Shape } from '../catalog/model.ts'
import type { Form } from './form.ts'
import { type ParameterNode, parameterTree } from './parameter-tree.ts'
import { readListItems } from './read-list-items.ts'
import { malformed, readBlob, readBoolean, readInteger, readTimestamp } from './read-scalars.ts'

/** A value of a shape from the parameters below a name; undefined when it was not sent. */
type Reader = (node: ParameterNode) => unknown

/**
 * Reads an operation's input from its form. Unknown parameters and members are ignored; what cannot be read at all is
 * refused here, what breaks a constraint by `validate`.
 *
 * @throws ApiError MalformedInput
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function readQueryInput(
  operation: OperationModel,
  form: Form,
): Readonly<Record<string, unknown>> {
  if (!operation.input) return {}
  return readerOf(operation.service, operation.input)(parameterTree(form)) as Record<
    string,
    unknown
  >
}

const readers = new WeakMap<Shape, Reader>()

function readerOf(service: ServiceModel, shape: Shape): Reader {
  const known = readers.get(shape)
  if (known) return known
  const reader = newReader(service, shape)
  readers.set(shape, reader)
  return reader
}

function newReader(service: ServiceModel, shape: Shape): Reader {
  switch (shape.type) {
    case 'structure':
      return structureReader(service, shape)
    case 'list':
      return listReader(service, shape)
    case 'map':
      return mapReader(service, shape)
    case 'integer':
      return scalar(readInteger)
    case 'boolean':
      return scalar(readBoolean)
    case 'timestamp':
      return scalar(readTimestamp)
    case 'blob':
      return scalar(readBlob)
    case 'string':
      return scalar((text) => text)
    default:
      return shape.type satisfies never
  }
}

/** A text that came in parts is refused: a session policy that was dropped would leave a session with too much. */
const scalar =
  (read: (text: string) => unknown): Reader =>
  ({ value, children }) => {
    if (value !== undefined) return read(value)
    const [part = ''] = children.keys()
    throw malformed(
      /^\d+$/.test(part)
        ? 'Start of list found where not expected'
        : 'Start of structure or map found where not expected.',
    )
  }

function structureReader(service: ServiceModel, shape: Shape): Reader {
  // Resolved at the first use: shapes refer to each other.
  let members: readonly (readonly [string, Reader])[] | undefined
  return (node) => {
    members ??= Object.entries(shape.members ?? {}).map(
      ([name, member]) => [name, readerOf(service, service.shape(member))] as const,
    )
    const value: Record<string, unknown> = {}
    for (const [name, read] of members) {
      const child = node.children.get(name)
      if (!child) continue
      const found = read(child)
      if (found !== undefined) value[name] = found
    }
    return value
  }
}

function listReader(service: ServiceModel, shape: Shape): Reader {
  const element = service.shape(shape.member ?? '')
  const ofStructures = element.type === 'structure'
  return (node) => {
    const read = readerOf(service, element)
    const members = node.children.get('member')
    if (!members || members.children.size === 0) return emptyList(members ?? node)
    return readListItems(members, ofStructures).map((item) => {
      if (!item) return ofStructures ? {} : null
      refuseIndexOfIndex(item, ofStructures)
      return read(item) ?? null
    })
  }
}

/**
 * `Name=` is how the protocol writes an empty list. Anything else without elements is refused: a dropped list of
 * session policies would leave a session with more than its caller asked for.
 */
function emptyList(node: ParameterNode): readonly never[] {
  if (node.value === '') return []
  throw malformed(
    node.value === undefined
      ? 'Start of list found where not expected'
      : 'Unexpected list element termination',
  )
}

function refuseIndexOfIndex(item: ParameterNode, isStructure: boolean): void {
  for (const name of item.children.keys()) {
    if (!isStructure || /^\d+$/.test(name)) {
      throw malformed('Two index elements may not occur back to back')
    }
  }
}

function mapReader(service: ServiceModel, shape: Shape): Reader {
  return (node) => {
    const entries = node.children.get('entry')
    if (!entries) return node.value === '' ? {} : undefined
    const readKey = readerOf(service, service.shape(shape.key ?? ''))
    const readValue = readerOf(service, service.shape(shape.value ?? ''))
    const map: Record<string, unknown> = Object.create(null)
    for (const item of readListItems(entries, true)) {
      const key = item?.children.get('key')
      const value = item?.children.get('value')
      if (key && value) map[String(readKey(key))] = readValue(value)
    }
    return map
  }
}
