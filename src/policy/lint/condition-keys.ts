/**
 * Condition keys by name: AWS's global ones, those of services, and the claims of identity
 * providers. Names ignore case, and a key with a name after its slash (`aws:RequestTag/team`) is
 * found under its pattern.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { type ConditionKey, type KeyType, serviceOf } from './service-data.ts'

const key = (name: string, type: KeyType = 'string', multivalued = false): ConditionKey => ({
  name,
  type,
  multivalued,
})
const many = (name: string): ConditionKey => key(name, 'string', true)

const globals: readonly ConditionKey[] = [
  ...['CurrentTime', 'EpochTime', 'TokenIssueTime'].map((name) => key(`aws:${name}`, 'date')),
  ...[
    'AssumedRoot',
    'IsMcpServiceAction',
    'MultiFactorAuthPresent',
    'PrincipalIsAWSService',
    'SecureTransport',
    'ViaAWSMCPService',
    'ViaAWSService',
  ].map((name) => key(`aws:${name}`, 'bool')),
  ...['ChatbotSourceArn', 'PrincipalArn', 'SignInSessionArn', 'SourceArn', 'SourceVpcArn'].map(
    (name) => key(`aws:${name}`, 'arn'),
  ),
  ...['Ec2InstanceSourcePrivateIPv4', 'SourceIp', 'VpcSourceIp'].map((name) =>
    key(`aws:${name}`, 'ip'),
  ),
  ...[
    'CalledVia',
    'PrincipalOrgPaths',
    'PrincipalServiceNamesList',
    'ResourceOrgPaths',
    'SourceOrgPaths',
    'TagKeys',
    'VpceOrgPaths',
  ].map((name) => many(`aws:${name}`)),
  ...[
    'CalledViaAWSMCP',
    'CalledViaFirst',
    'CalledViaLast',
    'Ec2InstanceSourceVpc',
    'FederatedProvider',
    'PrincipalAccount',
    'PrincipalOrgID',
    'PrincipalOrgMasterAccountId',
    'PrincipalServiceName',
    'PrincipalType',
    'Referer',
    'RequestedRegion',
    'ResourceAccount',
    'ResourceOrgID',
    'SourceAccount',
    'SourceIdentity',
    'SourceOrgID',
    'SourceOwner',
    'SourceVpc',
    'SourceVpce',
    'UserAgent',
    'VpceAccount',
    'VpceOrgID',
    'userid',
    'username',
  ].map((name) => key(`aws:${name}`)),
  key('aws:MultiFactorAuthAge', 'numeric'),
  key('ec2:RoleDelivery', 'numeric'),
  key('ec2:SourceInstanceArn', 'arn'),
  key('lambda:SourceFunctionArn', 'arn'),
  key('ssm:SourceInstanceArn', 'arn'),
  key('glue:RoleAssumedBy'),
  key('glue:CredentialIssuingService'),
  key('codebuild:BuildArn', 'arn'),
  key('codebuild:ProjectArn', 'arn'),
  key('identitystore:UserId'),
]

const globalByName = new Map(globals.map((known) => [known.name.toLowerCase(), known]))

const globalKeyNames: readonly string[] = globals.map(({ name }) => name)

/** `aws:PrincipalTag/team`: the name of a tag follows, and values are the user's own text. */
export const tagKeys = ['aws:PrincipalTag', 'aws:RequestTag', 'aws:ResourceTag'] as const

const providerClaims = ['aud', 'azp', 'amr', 'email', 'oaud', 'sub']

const facebookOrAmazon: Readonly<Record<string, readonly string[]>> = {
  'www.amazon.com': ['app_id', 'user_id', 'sub'],
  'graph.facebook.com': ['app_id', 'id', 'sub'],
}

export type FoundKey =
  | { readonly found: 'global' | 'service' | 'claim'; readonly key: ConditionKey }
  | { readonly found: 'tag'; readonly key: ConditionKey }
  | { readonly found: 'unknown-claim'; readonly key: ConditionKey }
  | { readonly found: 'no-name'; readonly pattern: string }
  | { readonly found: 'format' | 'global-unknown' | 'service-unknown' | 'prefix-unknown' }

/** Prefixes of keys that are not those of their service. */
const keyOwners: Readonly<Record<string, string>> = {
  catalog: 'aws-marketplace',
  identitycenter: 'sso',
  saml: 'sts',
}

/** @param name - as written, in any case */
export function findKey(name: string): FoundKey {
  const lower = name.toLowerCase()
  const colon = lower.indexOf(':')
  if (colon <= 0 || colon === lower.length - 1) return { found: 'format' }
  const known = globalByName.get(lower)
  if (known !== undefined) return { found: 'global', key: known }
  const prefix = lower.slice(0, colon)
  if (prefix === 'aws') return tagKey(lower)
  const service = serviceOf(keyOwners[prefix] ?? prefix)
  if (service !== undefined) {
    const own = service.keys.find((one) => fitsName(one.name, lower))
    if (own !== undefined) return { found: 'service', key: own }
    const pattern = service.keys.find((one) => one.name.toLowerCase() === `${lower}/*`)
    if (pattern !== undefined) return { found: 'no-name', pattern: pattern.name }
    return { found: 'service-unknown' }
  }
  if (!prefix.includes('.')) {
    const byProvider = serviceOf('sts')?.keys.find((one) => fitsName(one.name, lower))
    if (byProvider !== undefined) return { found: 'claim', key: byProvider }
    return { found: 'prefix-unknown' }
  }
  return claim(name, lower)
}

function tagKey(lower: string): FoundKey {
  for (const pattern of tagKeys) {
    const start = pattern.toLowerCase()
    if (lower === start || lower === `${start}/`)
      return { found: 'no-name', pattern: `${pattern}/` }
    if (lower.startsWith(`${start}/`)) return { found: 'tag', key: key(`${pattern}/`) }
  }
  return { found: 'global-unknown' }
}

/** `<provider>:<claim>`; the provider may hold a port or a path, so the last colon divides. */
function claim(name: string, lower: string): FoundKey {
  const documented = serviceOf('sts')?.keys.find((one) => fitsName(one.name, lower))
  const last = lower.slice(lower.lastIndexOf(':') + 1)
  // `amr` is a list in the token, and the only claim of several values that every provider has.
  if (documented !== undefined && last !== 'amr') return { found: 'claim', key: documented }
  const provider = lower.slice(0, lower.lastIndexOf(':'))
  const claims = facebookOrAmazon[provider] ?? providerClaims
  const read = key(name, 'string', last === 'amr')
  return claims.includes(last)
    ? { found: 'claim', key: read }
    : { found: 'unknown-claim', key: read }
}

/** A `*` of a key's pattern stands for at least one character; both sides of it are fixed. */
function fitsName(pattern: string, lower: string): boolean {
  const fixed = pattern.toLowerCase()
  const star = fixed.indexOf('*')
  if (star === -1) return fixed === lower
  return (
    lower.length >= fixed.length &&
    lower.startsWith(fixed.slice(0, star)) &&
    lower.endsWith(fixed.slice(fixed.lastIndexOf('*') + 1))
  )
}

/** The names a misspelt key of this prefix may have meant. */
export function keyCandidates(prefix: string): readonly string[] {
  const lower = prefix.toLowerCase()
  if (lower === 'aws') return [...globalKeyNames, ...tagKeys]
  const service = serviceOf(keyOwners[lower] ?? lower)
  return service?.keys.map(({ name }) => name) ?? []
}

/** Keys that name one account, organization or network: a wildcard in them has no use. */
export const sensitiveKeys: ReadonlySet<string> = new Set(
  [
    'aws:PrincipalAccount',
    'aws:PrincipalOrgID',
    'aws:ResourceAccount',
    'aws:ResourceOrgID',
    'aws:SourceAccount',
    'aws:SourceOrgID',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:VpceAccount',
    'aws:VpceOrgID',
  ].map((name) => name.toLowerCase()),
)
