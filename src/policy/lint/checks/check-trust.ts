import type { PrincipalEntry, Statement, Text } from '../../document.ts'
import { clausesOn, isLimitedBy, requiresKey } from '../clauses.ts'
import { isAllow, type LintContext, quoted, report } from '../context.ts'
import { entryFor } from '../matched-actions.ts'

/** Who gets in by a policy on a resource or a role. */
export function checkTrust(context: LintContext): void {
  if (context.kind !== 'trust' && context.kind !== 'resource') return
  for (const statement of context.document.statements) {
    if (!isAllow(statement)) continue
    checkEveryone(context, statement)
    for (const entry of statement.principal?.entries ?? []) {
      if (entry.type === 'Service') checkServices(context, statement, entry)
      if (context.kind !== 'trust') continue
      if (entry.type === 'AWS') checkAccounts(context, statement, entry)
      if (entry.type === 'Federated') checkFederated(context, statement, entry)
      checkCalls(context, statement, entry)
    }
  }
}

/** Allow with NotPrincipal, in whatever policy takes the element. */
export function checkNotPrincipal(context: LintContext): void {
  if (context.kind !== 'resource' && context.kind !== 'vpc-endpoint') return
  for (const statement of context.document.statements) {
    if (statement.notPrincipal === undefined || !isAllow(statement)) continue
    const message = 'Everybody but those listed is allowed, anonymous callers included.'
    report(context, 'allow-with-not-principal', statement.notPrincipal, message)
  }
}

/** Keys that hold everybody to somebody. */
const owners = [
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'aws:PrincipalServiceName',
  'aws:PrincipalServiceNamesList',
  'aws:SourceAccount',
  'aws:SourceArn',
  'aws:SourceIp',
  'aws:SourceOrgID',
  'aws:SourceOrgPaths',
  'aws:SourceOwner',
  'aws:SourceVpc',
  'aws:SourceVpcArn',
  'aws:SourceVpce',
  'aws:VpcSourceIp',
  'aws:VpceAccount',
  'aws:VpceOrgID',
  'aws:VpceOrgPaths',
  'aws:userid',
  'aws:CalledVia',
  'aws:ViaAWSService',
  'kms:CallerAccount',
  's3:DataAccessPointAccount',
  's3:DataAccessPointArn',
  'sts:ExternalId',
  'lambda:FunctionUrlAuthType',
] as const

function checkEveryone(context: LintContext, statement: Statement): void {
  const everyone = starOf(statement)
  if (everyone === undefined || isLimitedBy(statement, owners)) return
  const tagged = (statement.condition ?? []).some(
    (clause) => /^aws:PrincipalTag\//i.test(clause.key.value) && requiresKey(clause),
  )
  if (tagged && context.kind === 'resource') return
  if (context.kind === 'trust') {
    const message = 'Any principal of any AWS account can assume the role.'
    report(context, 'trust-of-all-principals', everyone, message)
  } else {
    const message = 'Everybody is allowed, anonymous callers included.'
    report(context, 'public-access', everyone, message)
  }
}

function starOf({ principal }: Statement): Text | undefined {
  if (principal?.bare?.value === '*') return principal.bare
  for (const { type, values } of principal?.entries ?? []) {
    const star = type === 'AWS' ? values.items.find(({ value }) => value === '*') : undefined
    if (star !== undefined) return star
  }
  return undefined
}

/**
 * Services that assume a role only for resources of the role's own account, because passing it to
 * them takes iam:PassRole there, and that send no source of the call.
 */
const boundByPassRole: ReadonlySet<string> = new Set(
  [
    'autoscaling',
    'batch',
    'codebuild',
    'codedeploy',
    'ec2',
    'ecs',
    'ecs-tasks',
    'edgelambda',
    'eks',
    'eks-fargate-pods',
    'eks-nodegroup',
    'elasticbeanstalk',
    'elasticmapreduce',
    'lambda',
    'opsworks',
    'pods.eks',
    'spotfleet',
    'vmie',
  ].flatMap((name) => [`${name}.amazonaws.com`, `${name}.amazonaws.com.cn`]),
)

const sources = [
  'aws:SourceAccount',
  'aws:SourceArn',
  'aws:SourceOrgID',
  'aws:SourceOrgPaths',
  'aws:SourceOwner',
  'aws:PrincipalOrgID',
  'aws:ResourceAccount',
  'sts:ExternalId',
  'kms:CallerAccount',
  'kms:ViaService',
] as const

function checkServices(context: LintContext, statement: Statement, entry: PrincipalEntry): void {
  if (isLimitedBy(statement, sources)) return
  for (const item of entry.values.items) {
    if (boundByPassRole.has(item.value) || /^AWSServiceRole/.test(item.value)) continue
    const message = `${quoted(item.value)} may act here for any of its customers; test aws:SourceArn or aws:SourceAccount.`
    report(context, 'restrict-access-to-service-principal', item, message)
  }
}

const accountPrincipal = /^(?:\d{12}|arn:aws[\w-]*:iam::\d{12}:root)$/

const trustLimits = [
  ...owners,
  'aws:MultiFactorAuthPresent',
  'aws:PrincipalType',
  'aws:SourceIdentity',
  'aws:username',
  'sts:RoleSessionName',
  'sts:SourceIdentity',
]

function checkAccounts(context: LintContext, statement: Statement, entry: PrincipalEntry): void {
  if (isLimitedBy(statement, trustLimits)) return
  if ((statement.condition ?? []).some(({ key }) => /^aws:PrincipalTag\//i.test(key.value))) return
  for (const item of entry.values.items) {
    if (!accountPrincipal.test(item.value)) continue
    const message = `If ${quoted(item.value)} is not your own account, ask for an sts:ExternalId.`
    report(context, 'missing-external-id', item, message)
  }
}

/** Issuers that anybody can get a token from: the subject has to be tested. */
const sharedIssuers: readonly (readonly [host: string, claims: readonly string[]])[] = [
  [
    'token.actions.githubusercontent.com',
    ['sub', 'job_workflow_ref', 'repository', 'repository_id', 'repository_owner_id'],
  ],
  ['gitlab.com', ['sub', 'namespace_id', 'project_id']],
  ['app.terraform.io', ['sub', 'aud']],
  ['agent.buildkite.com', ['sub', 'organization_id', 'organization_slug']],
]

function checkFederated(context: LintContext, statement: Statement, entry: PrincipalEntry): void {
  for (const item of entry.values.items) {
    const provider = providerOf(item.value)
    if (/:saml-provider\//.test(item.value)) checkSaml(context, statement, item)
    else if (provider !== undefined && entryFor(statement, 'sts:assumerolewithwebidentity')) {
      checkWebIdentity(context, statement, item, provider)
    }
  }
}

function providerOf(value: string): string | undefined {
  const arn = /^arn:[^:]*:iam::\d*:oidc-provider\/(.+)$/.exec(value)
  return arn?.[1] ?? (value.includes(':') ? undefined : value)
}

const anyClaims = ['aud', 'sub', 'oaud', 'azp', 'app_id', 'id', 'user_id', 'amr', 'email']

function checkWebIdentity(
  context: LintContext,
  statement: Statement,
  item: Text,
  provider: string,
): void {
  const lower = provider.toLowerCase()
  const shared = sharedIssuers.find(([host]) => lower === host || lower.startsWith(`${host}/`))
  const claims = shared?.[1] ?? anyClaims
  if (
    isLimitedBy(
      statement,
      claims.map((name) => `${provider}:${name}`),
    ) &&
    !isOpen(statement, provider)
  )
    return
  if (shared !== undefined) {
    const message = `Everybody can get a token of ${quoted(provider)}; test ${provider}:sub for your own.`
    report(context, 'missing-github-repo-condition-key', item, message)
    return
  }
  const message = `Every user of ${quoted(provider)} can assume the role; test ${provider}:aud or :sub.`
  report(context, 'missing-condition-key-for-oidc-principal', item, message)
}

/** `repo:*` names every repository there is. */
function isOpen(statement: Statement, provider: string): boolean {
  return clausesOn(statement, `${provider}:sub`).some(
    ({ parsedOperator, values }) =>
      parsedOperator?.family === 'string-like' &&
      !parsedOperator.negated &&
      values.some(({ value }) => /^(?:repo:|project_path:|organization:)?[*?]/.test(value)),
  )
}

function checkSaml(context: LintContext, statement: Statement, item: Text): void {
  if (!entryFor(statement, 'sts:assumerolewithsaml')) return
  if (isLimitedBy(statement, ['saml:aud', 'saml:iss', 'saml:sub'])) return
  const message = 'Test saml:aud, so that the role takes assertions made for this sign-in only.'
  report(context, 'missing-saml-audience', item, message)
}

/** Users and services call AssumeRole, token holders one of the two others. */
function checkCalls(context: LintContext, statement: Statement, entry: PrincipalEntry): void {
  const { action } = statement
  if (action === undefined || entry.values.items.length === 0) return
  if ((statement.principal?.entries.length ?? 0) > 1) return
  const own = callsOf(entry)
  if (own === undefined || own.some((call) => entryFor(statement, call) !== undefined)) return
  const foreign = action.items.find(({ value }) => /^sts:AssumeRole/i.test(value))
  if (foreign === undefined) return
  const message = `A principal under ${entry.type} of this form never calls ${foreign.value}.`
  report(context, 'principal-action-mismatch', foreign, message)
}

function callsOf({ type, values }: PrincipalEntry): readonly string[] | undefined {
  if (type === 'AWS' || type === 'Service') return ['sts:assumerole']
  if (type !== 'Federated') return undefined
  return values.items.map(({ value }) =>
    value.includes(':saml-provider/') ? 'sts:assumerolewithsaml' : 'sts:assumerolewithwebidentity',
  )
}
