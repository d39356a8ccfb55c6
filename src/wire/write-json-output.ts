import type { OperationModel, ServiceModel, Shape } from '../catalog/model.ts'

/**
 * The same answer in JSON, which AWS gives to `Accept: application/json`. Times are seconds since the epoch, and what
 * XML leaves out is null.
 */
export function writeJsonOutput(
  operation: OperationModel,
  output: unknown,
  requestId: string,
): string {
  const { service, name } = operation
  const result = operation.output
    ? { [operation.resultWrapper ?? `${name}Result`]: jsonOf(service, operation.output, output) }
    : {}
  return JSON.stringify({
    [`${name}Response`]: { ...result, ResponseMetadata: { RequestId: requestId } },
  })
}

function jsonOf(service: ServiceModel, shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'structure': {
      const given = value as Readonly<Record<string, unknown>>
      return Object.fromEntries(
        Object.entries(shape.members ?? {}).map(([name, member]) => [
          name,
          given[name] === undefined ? null : jsonOf(service, service.shape(member), given[name]),
        ]),
      )
    }
    case 'list': {
      const element = service.shape(shape.member ?? '')
      return (value as readonly unknown[]).map((item) => jsonOf(service, element, item))
    }
    case 'timestamp':
      return Math.floor((value as number) / 1000)
    case 'blob':
      return Buffer.from(value as Uint8Array).toString('base64')
    default:
      return value
  }
}
