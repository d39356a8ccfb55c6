import type { OperationModel, ServiceModel, Shape } from '../catalog/model.ts'
import { escapeXml } from './xml.ts'

/** Text of a value between its tags. */
type Writer = (value: never) => string

/**
 * An operation's answer in the envelope of the query protocol. What is undefined is left out.
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function writeQueryOutput(
  operation: OperationModel,
  output: unknown,
  requestId: string,
): string {
  const { open, close, write } = envelopeOf(operation)
  return `${open}${write(output as never)}${close[0]}${requestId}${close[1]}`
}

interface Envelope {
  readonly open: string
  readonly close: readonly [string, string]
  readonly write: Writer
}

const envelopes = new WeakMap<OperationModel, Envelope>()

function envelopeOf(operation: OperationModel): Envelope {
  const known = envelopes.get(operation)
  if (known) return known
  const { service, name, output, resultWrapper } = operation
  const wrapper = output ? (resultWrapper ?? `${name}Result`) : undefined
  const envelope: Envelope = {
    open: `<${name}Response xmlns="${service.namespace}">${wrapper ? `<${wrapper}>` : ''}`,
    close: [
      `${wrapper ? `</${wrapper}>` : ''}<ResponseMetadata><RequestId>`,
      `</RequestId></ResponseMetadata></${name}Response>`,
    ],
    write: output ? outputWriter(operation, output) : () => '',
  }
  envelopes.set(operation, envelope)
  return envelope
}

/** AWS prints whole seconds everywhere but here, where it was seen to print milliseconds. */
const outputWriter = ({ service, name }: OperationModel, output: Shape): Writer =>
  name === 'GetWebIdentityToken'
    ? structureWriter(service, output, (shape) =>
        shape.type === 'timestamp' ? isoMilliseconds : writerOf(service, shape),
      )
    : writerOf(service, output)

const writers = new WeakMap<Shape, Writer>()

function writerOf(service: ServiceModel, shape: Shape): Writer {
  const known = writers.get(shape)
  if (known) return known
  const writer = newWriter(service, shape)
  writers.set(shape, writer)
  return writer
}

function newWriter(service: ServiceModel, shape: Shape): Writer {
  switch (shape.type) {
    case 'structure':
      return structureWriter(service, shape)
    case 'list':
      return listWriter(service, service.shape(shape.member ?? ''))
    case 'map':
      return mapWriter(service, shape)
    case 'string':
      return escapeXml
    case 'timestamp':
      return isoSeconds
    case 'blob':
      return (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
    case 'integer':
    case 'boolean':
      return (value: number | boolean) => String(value)
    default:
      return shape.type satisfies never
  }
}

function structureWriter(
  service: ServiceModel,
  shape: Shape,
  memberWriter = (member: Shape): Writer => writerOf(service, member),
): Writer {
  // Resolved at the first use: shapes refer to each other.
  let members: readonly Member[] | undefined
  return (value: Readonly<Record<string, unknown>>) => {
    members ??= Object.entries(shape.members ?? {}).map(([name, member]) => ({
      name,
      open: `<${name}>`,
      close: `</${name}>`,
      empty: `<${name}/>`,
      write: memberWriter(service.shape(member)),
    }))
    let text = ''
    for (const { name, open, close, empty, write } of members) {
      const member = value[name]
      if (member === undefined) continue
      const content = write(member as never)
      text += content === '' ? empty : open + content + close
    }
    return text
  }
}

interface Member {
  readonly name: string
  readonly open: string
  readonly close: string
  readonly empty: string
  readonly write: Writer
}

function listWriter(service: ServiceModel, memberShape: Shape): Writer {
  return (list: readonly unknown[]) => {
    const write = writerOf(service, memberShape)
    let text = ''
    for (const item of list) text += `<member>${write(item as never)}</member>`
    return text
  }
}

function mapWriter(service: ServiceModel, shape: Shape): Writer {
  return (map: Readonly<Record<string, unknown>>) => {
    const write = writerOf(service, service.shape(shape.value ?? ''))
    let text = ''
    for (const [key, value] of Object.entries(map)) {
      text += `<entry><key>${escapeXml(key)}</key><value>${write(value as never)}</value></entry>`
    }
    return text
  }
}

const isoMilliseconds = (milliseconds: number): string => new Date(milliseconds).toISOString()

// Formatting a time costs more than the rest of a small answer, and the same few seconds come again: credentials issued
// in one second expire in one second, and a role was created when it was.
const knownSeconds = new Map<number, string>()
const mostKnown = 1024

/** UTC with whole seconds, as these services print every time. */
function isoSeconds(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000)
  const known = knownSeconds.get(second)
  if (known !== undefined) return known
  const text = `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
  if (knownSeconds.size >= mostKnown) knownSeconds.clear()
  knownSeconds.set(second, text)
  return text
}
