/** The parts of a service model that the catalogue is made of. */
export interface ServiceModel {
  readonly metadata: {
    readonly apiVersion: string
    readonly xmlNamespace?: string
    readonly endpointPrefix: string
  }
  readonly operations: Readonly<Record<string, ModelOperation>>
  readonly shapes: Readonly<Record<string, ModelShape>>
}

export interface ModelOperation {
  readonly name: string
  readonly input?: { readonly shape: string }
  readonly output?: { readonly shape: string; readonly resultWrapper?: string }
  readonly authtype?: string
}

export interface ModelShape {
  readonly type: string
  readonly members?: Readonly<Record<string, { readonly shape: string }>>
  readonly required?: readonly string[]
  readonly member?: { readonly shape: string }
  readonly key?: { readonly shape: string }
  readonly value?: { readonly shape: string }
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly sensitive?: boolean
  readonly exception?: boolean
  readonly error?: { readonly code: string; readonly httpStatusCode: number }
}

/** IAM's model carries no XML namespace of its own; both follow the same rule. */
const namespaceOf = ({ metadata }: ServiceModel): string =>
  `https://${metadata.endpointPrefix}.amazonaws.com/doc/${metadata.apiVersion}/`

/** A service as the product reads it: only shapes that some operation reaches, only what the codecs need. */
export function catalogOf(model: ServiceModel): object {
  const reached = new Set<string>()
  const reach = (name: string): void => {
    if (reached.has(name)) return
    reached.add(name)
    const { members = {}, member, key, value } = shapeOf(model, name)
    for (const next of [...Object.values(members), member, key, value]) if (next) reach(next.shape)
  }
  const operations: Record<string, object> = {}
  for (const [name, { input, output, authtype }] of Object.entries(model.operations)) {
    if (input) reach(input.shape)
    if (output) reach(output.shape)
    operations[name] = {
      input: input?.shape,
      output: output?.shape,
      resultWrapper: output?.resultWrapper,
      unsigned: authtype === 'none' ? true : undefined,
    }
  }
  const shapes: Record<string, object> = {}
  for (const name of [...reached].sort()) {
    shapes[name] = compactShape({ ...shapeOf(model, name), ...toldInProse[name] })
  }
  return { version: model.metadata.apiVersion, namespace: namespaceOf(model), operations, shapes }
}

/**
 * Constraints that AWS enforces and documents, but not in its models.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
const toldInProse: Readonly<Record<string, Partial<ModelShape>>> = {
  policyDescriptorListType: { max: 10 },
}

export function shapeOf(model: ServiceModel, name: string): ModelShape {
  const shape = model.shapes[name]
  if (!shape) throw new Error(`The model has no shape ${name}.`)
  return shape
}

function compactShape(shape: ModelShape): object {
  const { type, members, required, member, key, value, min, max, pattern, sensitive } = shape
  return {
    type,
    members: members && Object.fromEntries(Object.entries(members).map(([n, m]) => [n, m.shape])),
    required: required && required.length > 0 ? required : undefined,
    member: member?.shape,
    key: key?.shape,
    value: value?.shape,
    min,
    max,
    pattern,
    enum: shape.enum,
    sensitive,
  }
}
