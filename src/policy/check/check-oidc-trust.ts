/**
 * Identity providers that everybody shares (GitHub, Google…) need a condition that names whose tokens count.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
import type { ConditionClause, Statement } from '../document.ts'
import { compileGlob, matchesGlob } from '../pattern/glob.ts'
import { refuse } from './check-grammar.ts'

const cognito = 'cognito-identity.amazonaws.com'
/** IAM takes every issuer that begins so for GitHub's, paths and longer host names included. */
const github = 'token.actions.githubusercontent.com'

/** The providers of IAM's early days, with the claims that narrow them. */
const builtIn: ReadonlyMap<string, readonly string[]> = new Map([
  ['accounts.google.com', ['aud', 'oaud', 'sub']],
  ['www.amazon.com', ['app_id', 'sub']],
  ['graph.facebook.com', ['app_id', 'sub']],
])

const sharedBySubject = [
  'agent.buildkite.com',
  'app.terraform.io',
  'gitlab.com',
  'oidc-configuration.audit-log.githubusercontent.com',
  'oidc.codefresh.io',
  'oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu',
  'oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb',
  'proidc.upbound.io',
  'rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7',
  'rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr',
  'rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg',
  'rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26',
  'scalr.io',
  'studio.datachain.ai/api',
  'tokens.cloud.shisho.dev',
  'vstoken.actions.githubusercontent.com',
]
const sharedByAudience = ['api.pulumi.com/oidc', cognito, 'oidc.vercel.com', 'sandboxes.cloud']

/** The condition key that narrows a shared provider, by its issuer. */
const sharedKeys: ReadonlyMap<string, string> = new Map([
  ...sharedBySubject.map((issuer) => [issuer, `${issuer}:sub`] as const),
  ...sharedByAudience.map((issuer) => [issuer, `${issuer}:aud`] as const),
  ['sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d', 'sts:RoleSessionName'],
])

/** Refuses an Allow of tokens that a shared provider issues to anybody. */
export function checkOidcTrust(statement: Statement): void {
  const { action, effect, principal, condition } = statement
  if (effect?.value !== 'Allow') return
  const webIdentity = action?.items.some(({ value }) =>
    matchesGlob(compileGlob(value.toLowerCase()), 'sts:assumerolewithwebidentity'),
  )
  if (webIdentity !== true) return
  // Gathered once: each of a long list of providers then costs no more than a look.
  const clauses = new Clauses(condition ?? [])
  const judged = new Map<string, string | undefined>()
  for (const { type, values } of principal?.entries ?? []) {
    if (type !== 'Federated') continue
    for (const text of values.items) {
      if (!judged.has(text.value)) {
        judged.set(text.value, faultOf(text.value, clauses, condition !== undefined))
      }
      const message = judged.get(text.value)
      if (message !== undefined) refuse('condition', message, text)
    }
  }
}

/** @returns AWS's text, or undefined for a provider that is narrowed or not shared */
function faultOf(principal: string, clauses: Clauses, hasCondition: boolean): string | undefined {
  const issuer = principal.split(':oidc-provider/').at(-1) ?? ''
  const claims = builtIn.get(issuer)
  if (claims !== undefined) {
    if (claims.some((claim) => clauses.compare(`${issuer}:${claim}`))) return undefined
    return `Policy trusting ${issuer} requires a StringEquals condition on an application id`
  }
  if (issuer === cognito && !hasCondition) {
    return 'A condition block must be present for the Cognito provider'
  }
  if (issuer.startsWith(github)) {
    const keys = [`${issuer}:sub`, `${issuer}:job_workflow_ref`]
    return clauses.narrow(keys, isGithubScope) ? undefined : unscoped(principal, keys)
  }
  const key = sharedKeys.get(issuer)
  if (key === undefined || clauses.narrow([key], isScope)) return undefined
  return unscoped(issuer, [key])
}

const unscoped = (provider: string, keys: readonly string[]): string =>
  `Trust policy with trusted principal ${provider} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${keys.join(' or ')} which is not scoped to all.`

const isScope = (value: string): boolean => value !== '*'
const isGithubScope = (value: string): boolean => value.trim() !== '' && !value.startsWith('*')

const equality = new Set(['string', 'string-ignore-case'])

/** The clauses of a statement that compare text and hold only when their key is there. */
class Clauses {
  readonly #byKey = new Map<string, ConditionClause[]>()
  /** Keys that are compared for equality, as written: of the built-in providers IAM takes no other spelling. */
  readonly #compared = new Set<string>()

  constructor(clauses: readonly ConditionClause[]) {
    for (const clause of clauses) {
      const { parsedOperator: operator, key } = clause
      if (operator === undefined || operator.negated || operator.ifExists) continue
      if (equality.has(operator.family)) this.#compared.add(key.value)
      else if (operator.family !== 'string-like') continue
      const folded = key.value.toLowerCase()
      const same = this.#byKey.get(folded)
      if (same === undefined) this.#byKey.set(folded, [clause])
      else same.push(clause)
    }
  }

  compare(key: string): boolean {
    return this.#compared.has(key)
  }

  /** Whether some operator has one of these keys with good values only; what other operators say does not count. */
  narrow(keys: readonly string[], isGood: (value: string) => boolean): boolean {
    const verdicts = new Map<string, boolean>()
    for (const key of keys) {
      for (const { operator, values } of this.#byKey.get(key.toLowerCase()) ?? []) {
        const good = values.every(({ value }) => isGood(value))
        verdicts.set(operator.value, good && verdicts.get(operator.value) !== false)
      }
    }
    return [...verdicts.values()].includes(true)
  }
}
