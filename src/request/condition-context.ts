import type { Tag } from '../directory/records/tag.ts'
import type { RequestContext } from '../policy/engine.ts'
import { isoSeconds } from '../primitives/clock.ts'
import type { Permission } from './access.ts'
import type { Caller } from './caller.ts'
import { headerOf } from './header-of.ts'
import type { HttpRequest } from './http.ts'

/** What the request itself brings to conditions. */
export interface RequestFacts {
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly region: string
  /** Read only as far as a policy asks. */
  readonly request: Pick<HttpRequest, 'headers' | 'remoteAddress' | 'secure'>
}

/**
 * The condition keys of one request, computed when a policy asks for one: most decisions ask for none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function conditionContext(
  caller: Caller,
  permission: Permission,
  facts: RequestFacts,
): RequestContext {
  return {
    get(key) {
      const own = ownKey(permission, key)
      if (own !== undefined) return own
      const slash = key.indexOf('/')
      if (slash > 0) return taggedKey(key.slice(0, slash), key.slice(slash + 1), caller, permission)
      return globalKeys[key]?.(caller, permission, facts)
    },
  }
}

/** Policies may ask for any name, also for those that every object has. */
const ownKey = ({ context }: Permission, key: string): string | readonly string[] | undefined =>
  context !== undefined && Object.hasOwn(context, key) ? context[key] : undefined

type KeyReader = (
  caller: Caller,
  permission: Permission,
  facts: RequestFacts,
) => string | readonly string[] | undefined

/** By name in lower case. A key that is not here is absent from the request. */
const globalKeys: Readonly<Record<string, KeyReader | undefined>> = Object.assign(
  Object.create(null),
  {
    'aws:currenttime': (_c, _p, { now }) => new Date(now).toISOString(),
    'aws:epochtime': (_c, _p, { now }) => String(Math.floor(now / 1000)),
    'aws:securetransport': (_c, _p, { request }) => String(request.secure),
    'aws:requestedregion': (_c, _p, { region }) => region,
    'aws:useragent': (_c, _p, { request }) => textOf(request, 'user-agent'),
    'aws:referer': (_c, _p, { request }) => textOf(request, 'referer'),
    'aws:sourceip': (_c, _p, { request }) => request.remoteAddress,
    'aws:viaawsservice': () => 'false',
    'aws:principalisawsservice': () => 'false',
    'aws:principalaccount': ({ account }) => account.account,
    'aws:principalarn': ({ principal, arn }) =>
      principal.type === 'assumed-role' ? principal.roleArn : arn,
    'aws:principaltype': ({ type }) => principalTypes[type],
    'aws:userid': ({ userId }) => userId,
    'aws:username': (caller) => (caller.type === 'user' ? caller.user.name : undefined),
    'aws:tokenissuetime': ({ session }) => session && isoSeconds(session.issuedAt * 1000),
    'aws:multifactorauthpresent': ({ session }) =>
      session && session.type !== 'federated-user'
        ? String(session.mfaAt !== undefined)
        : undefined,
    'aws:multifactorauthage': ({ session }, _p, { now }) =>
      session?.mfaAt === undefined ? undefined : String(Math.floor(now / 1000) - session.mfaAt),
    'aws:sourceidentity': ({ session }) => session?.sourceIdentity,
    'aws:resourceaccount': ({ account }, permission) =>
      permission.resource.startsWith(ofAws)
        ? accountOfAws
        : (permission.account ?? account.account),
    'aws:tagkeys': (_c, permission) => tagKeysOf(permission),
  } satisfies Record<string, KeyReader>,
)

/**
 * Headers are the only texts of a request that can be tens of thousands of characters. A look for each of a user's
 * thousands of patterns in one would keep everybody else waiting for seconds.
 */
const mostOfHeader = 2048
const textOf = (request: RequestFacts['request'], name: string): string | undefined =>
  headerOf(request, name)?.slice(0, mostOfHeader)

/** Policies that AWS manages are of no customer's account; the number is what the key was seen to hold. */
const ofAws = 'arn:aws:iam::aws:'
const accountOfAws = '639982225848'

const principalTypes = {
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  'federated-user': 'FederatedUser',
} as const

function taggedKey(
  family: string,
  tagKey: string,
  caller: Caller,
  permission: Permission,
): string | undefined {
  switch (family) {
    case 'aws:principaltag':
      return principalTag(caller, tagKey)
    case 'aws:resourcetag':
      return lastTag(permission.resourceTags, tagKey)
    case 'iam:resourcetag':
      return hasIamTags.test(permission.resource)
        ? lastTag(permission.resourceTags, tagKey)
        : undefined
    case 'aws:requesttag':
      return lastTag(permission.requestTags, tagKey)
    default:
      return undefined
  }
}

/**
 * IAM's own key for tags is there for users and roles only.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
const hasIamTags = /^arn:aws:iam::\d+:(user|role)\//

/** A session tag beats the tag of the role or user behind it; keys match ignoring case. */
function principalTag(caller: Caller, key: string): string | undefined {
  const entity =
    caller.type === 'role' ? caller.role : caller.type === 'root' ? undefined : caller.user
  return lastTag(caller.session?.tags, key) ?? lastTag(entity?.tags, key)
}

/** Of a key that was sent twice the last value is what AWS's authorization sees. */
function lastTag(tags: readonly Tag[] | undefined, key: string): string | undefined {
  return tags?.findLast((tag) => tag.Key.toLowerCase() === key)?.Value
}

/** Absent when the request names no tag; distinct spellings are distinct members. */
function tagKeysOf({ requestTags, tagKeys }: Permission): readonly string[] | undefined {
  const keys = tagKeys ?? requestTags?.map(({ Key }) => Key)
  return keys && keys.length > 0 ? [...new Set(keys)] : undefined
}
