import { ApiError } from '../catalog/api-error.ts'
import { findDenial } from '../request/decision-log.ts'
import type { DenialRecord } from '../request/decision-record.ts'
import { openMessage } from '../request/encoded-message.ts'
import { readOperation } from '../request/operation.ts'

/**
 * What an encoded message stands for, to whoever may know: callers of the account whose request was refused, with
 * permission for this very operation.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
 */
export const decodeAuthorizationMessage = readOperation('DecodeAuthorizationMessage', {
  access: () => ({
    action: 'sts:DecodeAuthorizationMessage',
    resource: '*',
    denial: 'no-resource',
  }),
  async perform({ EncodedMessage }, { account, now, services }) {
    const content = openMessage(EncodedMessage, now, services)
    if (content?.account !== account) throw invalidMessage()
    const record = await findDenial(services.journal, content.requestId, account)
    if (!record) throw invalidMessage()
    return { DecodedMessage: JSON.stringify(decodedMessage(record)) }
  },
})

/** One text for forged, expired and foreign messages: the difference is nobody's business. */
const invalidMessage = (): ApiError =>
  new ApiError(
    'InvalidAuthorizationMessageException',
    'The authorization message is invalid or has expired.',
  )

/** The form in which AWS's services put an authorization message. */
function decodedMessage(record: DenialRecord): object {
  const { explanation, principal, callerArn, action, resource, statements } = record
  const explicitDeny = explanation.effect === 'explicit-deny'
  const denies = explicitDeny ? statements.filter((one) => isApplyingDeny(one, record)) : []
  return {
    allowed: false,
    explicitDeny,
    matchedStatements: items(denies.map(({ text }) => decodedStatement(text))),
    failures: items([]),
    context: {
      principal: { ...principal, arn: callerArn },
      action,
      resource,
      conditions: items(conditionsOf(record)),
    },
  }
}

const items = <T>(all: readonly T[]): { items: readonly T[] } => ({ items: all })

function isApplyingDeny(
  excerpt: DenialRecord['statements'][number],
  { explanation }: DenialRecord,
): boolean {
  const layer = explanation.layers.find(
    (one) => one.layer === excerpt.layer && one.level === excerpt.level,
  )
  return (layer?.policies ?? []).some(
    ({ name, statements }) =>
      name === excerpt.policy &&
      statements.some(
        (one) =>
          one.index === excerpt.index &&
          one.line === excerpt.line &&
          one.applies &&
          one.effect === 'Deny',
      ),
  )
}

type Json = string | number | boolean | Json[] | { [key: string]: Json }

function decodedStatement(text: string): object {
  const statement = readStatement(text)
  const principal = statement.Principal ?? statement.NotPrincipal
  const conditions = Object.values(objectOf(statement.Condition)).flatMap((keys) =>
    Object.entries(objectOf(keys)).map(([key, values]) => ({ key, values: valuesOf(values) })),
  )
  return {
    statementId: textOf(statement.Sid),
    effect: textOf(statement.Effect).toUpperCase(),
    principals: valuesOf(
      typeof principal === 'object' ? Object.values(principal).flat() : (principal ?? []),
    ),
    principalGroups: items([]),
    actions: valuesOf(statement.Action ?? statement.NotAction ?? []),
    resources: valuesOf(statement.Resource ?? statement.NotResource ?? []),
    conditions: items(conditions),
  }
}

/** A statement too long to be kept whole decodes to nothing but its place among the others. */
function readStatement(text: string): { [key: string]: Json } {
  try {
    return objectOf(JSON.parse(text) as Json)
  } catch {
    return {}
  }
}

const objectOf = (value: Json | undefined): { [key: string]: Json } =>
  typeof value === 'object' && !Array.isArray(value) ? value : {}

const textOf = (value: Json | undefined): string => (value === undefined ? '' : String(value))

const valuesOf = (value: Json): { items: readonly { value: string }[] } =>
  items((Array.isArray(value) ? value : [value]).map((one) => ({ value: String(one) })))

/** The condition keys that policies asked for and the request had. */
function conditionsOf({ explanation }: DenialRecord): object[] {
  const found = new Map<string, object>()
  for (const { policies } of explanation.layers) {
    for (const { statements } of policies) {
      for (const { conditions } of statements) {
        for (const { key, actual } of conditions) {
          if (actual === null) continue
          const values = valuesOf(typeof actual === 'string' ? actual : [...actual])
          found.set(key.toLowerCase(), { key, values })
        }
      }
    }
  }
  return [...found.values()]
}
