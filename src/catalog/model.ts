import catalog from './generated/catalog.json' with { type: 'json' }

/** A type of the service models with its constraints; names refer to other shapes of the same service. */
export interface Shape {
  readonly type:
    | 'structure'
    | 'list'
    | 'map'
    | 'string'
    | 'integer'
    | 'boolean'
    | 'timestamp'
    | 'blob'
  /** Member names in the model's order, with their shapes. */
  readonly members?: Readonly<Record<string, string>>
  readonly required?: readonly string[]
  readonly member?: string
  readonly key?: string
  readonly value?: string
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly sensitive?: boolean
}

/** One operation of a service as its model describes it. */
export interface OperationModel {
  readonly service: ServiceModel
  readonly name: string
  readonly input: Shape | undefined
  readonly output: Shape | undefined
  readonly resultWrapper: string | undefined
  /** Needs no signature: the caller proves who it is by a token or assertion in the input. */
  readonly unsigned: boolean
}

export type ServiceName = keyof typeof catalog

/** A service with its operations; built from the generated catalogue once. */
export interface ServiceModel {
  /** Also the signing name. */
  readonly name: ServiceName
  /** The `Version` of requests. */
  readonly version: string
  readonly namespace: string
  readonly operations: ReadonlyMap<string, OperationModel>
  readonly shape: (name: string) => Shape
}

export const serviceModels: Readonly<Record<ServiceName, ServiceModel>> = {
  sts: serviceModel('sts'),
  iam: serviceModel('iam'),
}

function serviceModel(name: ServiceName): ServiceModel {
  const { version, namespace, operations, shapes } = catalog[name] as CatalogService
  const shape = (shapeName: string): Shape => {
    const found = shapes[shapeName]
    if (!found) throw new Error(`The catalogue of ${name} has no shape ${shapeName}.`)
    return found
  }
  const byName = new Map<string, OperationModel>()
  const service = { name, version, namespace, operations: byName, shape }
  for (const [operation, { input, output, resultWrapper, unsigned }] of Object.entries(
    operations,
  )) {
    byName.set(operation, {
      service,
      name: operation,
      input: input === undefined ? undefined : shape(input),
      output: output === undefined ? undefined : shape(output),
      resultWrapper,
      unsigned: unsigned === true,
    })
  }
  return service
}

/** The generated file as the generator writes it. */
interface CatalogService {
  readonly version: string
  readonly namespace: string
  readonly operations: Readonly<
    Record<
      string,
      {
        readonly input?: string
        readonly output?: string
        readonly resultWrapper?: string
        readonly unsigned?: boolean
      }
    >
  >
  readonly shapes: Readonly<Record<string, Shape>>
}
