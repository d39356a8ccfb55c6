import type { Explanation, LayerExplanation, StatementExplanation } from '../policy/engine.ts'

/** A decision as the service's own API gives it. */
export interface DecisionView {
  readonly requestId?: string
  /** Milliseconds since the epoch. */
  readonly at?: number
  readonly message?: string
  readonly callerArn: string
  readonly action: string
  readonly resource: string
  readonly explanation: Explanation
  readonly statements: readonly {
    readonly layer: string
    readonly level: number | null
    readonly policy: string
    readonly index: number
    readonly line: number
    readonly column: number
    readonly text: string
  }[]
  readonly smallestChange?: { readonly text: string; readonly statement: object | null }
}

const effects = {
  allow: 'ALLOWED',
  'explicit-deny': 'DENIED by a Deny',
  'implicit-deny': 'DENIED: nothing allows it',
} as const
const said = { allow: 'allows', 'explicit-deny': 'denies', 'implicit-deny': 'silent' } as const

const layerNames: Readonly<Record<string, string>> = {
  identity: 'identity-based policies',
  boundary: 'permissions boundary',
  session: 'session policies',
  resource: 'resource-based policy',
  trust: 'role trust policy',
  scp: 'service control policies',
  rcp: 'resource control policies',
  'vpc-endpoint': 'VPC endpoint policy',
}

/** A decision for people: a tree of what each layer said, the statement that decided, and what would change it. */
export function decisionText(decision: DecisionView): string {
  const { callerArn, action, resource, explanation, requestId, at } = decision
  const lines: string[] = [effects[explanation.effect]]
  if (requestId !== undefined) lines.push(`  request   ${requestId}`)
  if (at !== undefined) lines.push(`  at        ${new Date(at).toISOString()}`)
  lines.push(`  caller    ${callerArn}`, `  action    ${action}`, `  resource  ${resource}`, '')
  for (const layer of explanation.layers) lines.push(...layerLines(layer))
  if (explanation.layers.length === 0) lines.push('no policy applies')
  lines.push(...deciding(decision), ...rootsOwn(explanation))
  lines.push(...missing(explanation), ...change(decision))
  return `${lines.map(printable).join('\n')}\n`
}

/** Policies and requests are others' text: no control character of theirs reaches the terminal. */
const printable = (line: string): string =>
  line.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

function layerLines({ layer, level, effect, policies }: LayerExplanation): string[] {
  const at = level === null ? '' : ` (level ${level + 1})`
  const lines = [`${layerNames[layer] ?? layer}${at}: ${said[effect]}`]
  if (policies.length === 0) lines.push('└─ none attached')
  for (const [index, { name, statements }] of policies.entries()) {
    const last = index === policies.length - 1
    lines.push(`${last ? '└─' : '├─'} ${name}`)
    const indent = last ? '   ' : '│  '
    for (const [at, statement] of statements.entries()) {
      const branch = at === statements.length - 1 ? '└─' : '├─'
      lines.push(`${indent}${branch} ${statementLine(statement)}`)
      const deeper = at === statements.length - 1 ? '   ' : '│  '
      lines.push(...conditionLines(statement).map((line) => `${indent}${deeper}${line}`))
    }
  }
  return [...lines, '']
}

function statementLine({
  sid,
  index,
  effect,
  line,
  applies,
  failed,
}: StatementExplanation): string {
  const name = sid === null ? `statement ${index + 1}` : `statement ${index + 1} "${sid}"`
  const outcome = applies ? 'applies' : `does not apply: other ${failed.join(', ')}`
  return `${effect} ${name} (line ${line}) ${outcome}`
}

/** Conditions matter where the statement is otherwise about this request. */
function conditionLines({ applies, failed, conditions }: StatementExplanation): string[] {
  if (!applies && failed.some((element) => element !== 'condition')) return []
  return conditions.map(({ operator, key, wanted, actual, holds }) => {
    const values = wanted.map((value) => JSON.stringify(value)).join(' or ')
    const has = actual === null ? 'the request has no such key' : `is ${JSON.stringify(actual)}`
    return `${holds ? '✓' : '✗'} ${operator} ${key} ${values}: ${has}`
  })
}

function deciding({ explanation, statements }: DecisionView): string[] {
  const { decidedBy, layer } = explanation
  if (decidedBy === null) return []
  const excerpt = statements.find(
    (one) =>
      one.layer === layer &&
      one.policy === decidedBy.policy &&
      one.index === decidedBy.index &&
      one.line === decidedBy.line,
  )
  const lines = [`decided by ${decidedBy.policy}, line ${decidedBy.line}:`]
  if (!excerpt) return [...lines, '']
  const source = `${' '.repeat(excerpt.column - 1)}${excerpt.text}`.split(/\r\n|\r|\n/)
  const width = String(excerpt.line + source.length - 1).length
  const quoted = source.map(
    (text, index) => `  ${String(excerpt.line + index).padStart(width)} │ ${text}`,
  )
  return [...lines, ...quoted, '']
}

/** An Allow that no statement decided is root's own. */
function rootsOwn({ effect, decidedBy }: Explanation): string[] {
  return effect === 'allow' && decidedBy === null
    ? ['the root user needs no policy for what none denies']
    : []
}

const missing = ({ missingContextKeys }: Explanation): string[] =>
  missingContextKeys.length === 0
    ? []
    : [`keys that policies ask for and the request lacks: ${missingContextKeys.join(', ')}`, '']

function change({ smallestChange }: DecisionView): string[] {
  if (!smallestChange) return []
  const { text, statement } = smallestChange
  const lines = ['smallest change that would have allowed it:', `  ${text}`]
  if (statement === null) return lines
  return [...lines, ...JSON.stringify(statement, undefined, 2).replace(/^/gm, '  ').split('\n')]
}
