import { type OperationModel, type Shape, serviceModels } from '../catalog/model.ts'

export const everyOperation: readonly OperationModel[] = Object.values(serviceModels).flatMap(
  (service) => [...service.operations.values()],
)

export function operationNamed(name: string): OperationModel {
  const found = everyOperation.find((operation) => operation.name === name)
  assertFound(found, name)
  return found
}

function assertFound<T>(found: T | undefined, name: string): asserts found is T {
  if (found === undefined) throw new Error(`No operation ${name}`)
}

/** A value with every member of the shape, one element a list; constraints are not looked at. */
export function sampleOf(operation: OperationModel, shape: Shape): unknown {
  const { service } = operation
  const under = (name: string | undefined): unknown =>
    sampleOf(operation, service.shape(name ?? ''))
  switch (shape.type) {
    case 'structure':
      return Object.fromEntries(
        Object.entries(shape.members ?? {}).map(([name, member]) => [name, under(member)]),
      )
    case 'list':
      return [under(shape.member)]
    case 'map':
      return { [String(under(shape.key))]: under(shape.value) }
    case 'string':
      return shape.enum?.[0] ?? 'a+b & <é𐀀>'
    case 'integer':
      return 42
    case 'boolean':
      return false
    case 'timestamp':
      return Date.UTC(2026, 8, 11, 19, 58, 24)
    case 'blob':
      return Buffer.from('a blob')
    default:
      return shape.type satisfies never
  }
}

/** The query protocol from a client's side: what an SDK sends for a value. */
export function encodeForm(value: unknown, name = ''): string {
  const pairs: string[] = []
  const add = (at: string, item: unknown): void => {
    if (item === undefined) return
    if (Array.isArray(item)) {
      if (item.length === 0) pairs.push(`${at}=`)
      item.forEach((element, index) => {
        add(`${at}.member.${index + 1}`, element)
      })
    } else if (item instanceof Uint8Array) {
      add(at, Buffer.from(item).toString('base64'))
    } else if (typeof item === 'object' && item !== null) {
      for (const [member, inner] of Object.entries(item))
        add(at === '' ? member : `${at}.${member}`, inner)
    } else {
      pairs.push(
        `${encodeURIComponent(at)}=${encodeURIComponent(String(item)).replaceAll('%20', '+')}`,
      )
    }
  }
  add(name, value)
  return pairs.join('&')
}
