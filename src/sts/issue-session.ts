import type { OperationOutputs } from '../catalog/operations.ts'
import type { Session } from '../directory/session/session.ts'
import { jsonString } from '../primitives/json-string.ts'
import type { Caller } from '../request/caller.ts'
import type { Issued } from '../request/operation.ts'
import type { Scope } from '../request/scope.ts'

type Credentials = NonNullable<OperationOutputs['AssumeRole']['Credentials']>

/** A session before it has a key and a time. */
export type NewSession<S extends Session = Session> = S extends Session
  ? Omit<S, 'accessKeyId' | 'issuedAt' | 'expiresAt' | 'ancestors'>
  : never

interface IssuedSession extends Omit<Issued, 'output'> {
  readonly credentials: Credentials
}

/** Seals a session and says what is to be on record of it. Shared by every operation that issues credentials. */
export function issueSession(
  scope: Scope,
  facts: NewSession,
  arn: string,
  durationSeconds: number,
): IssuedSession {
  const { caller, now, services, requestId } = scope
  const issuedAt = Math.floor(now / 1000)
  const session = {
    ...facts,
    accessKeyId: services.ids.sessionKey(facts.account),
    issuedAt,
    expiresAt: issuedAt + durationSeconds,
    ancestors: ancestorsOf(caller.session),
  } as Session
  const { secretAccessKey, sessionToken } = services.sessionTokens.seal(session)
  return {
    credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: session.expiresAt * 1000,
    },
    record: {
      stream: 'session',
      account: session.account,
      at: now,
      // The key id is unique only together with its token, so the request names the entry.
      id: requestId,
      keys: [session.accessKeyId, principalId(session), ...session.ancestors],
      body: journalBody(session, arn, caller),
    },
    expiresAt: session.expiresAt,
  }
}

/** What is known of an issued session to whoever looks back. By hand: it is written for every session. */
function journalBody(session: Session, arn: string, caller: Caller): string {
  const { accessKeyId, issuedAt, expiresAt, sourceIdentity, ancestors } = session
  const identity =
    sourceIdentity === undefined ? '' : `"sourceIdentity":${jsonString(sourceIdentity)},`
  return (
    `{"arn":${jsonString(arn)},"accessKeyId":${jsonString(accessKeyId)},` +
    `"issuedAt":${issuedAt},"expiresAt":${expiresAt},` +
    `"issuedTo":${jsonString(caller.arn)},"issuedToKey":${jsonString(caller.accessKeyId)},` +
    `${identity}"ancestors":[${ancestors.map(jsonString).join()}]}`
  )
}

const mostAncestors = 32

/**
 * The sessions that led here. A role may assume itself without end: of a long chain the first link and the newest are
 * kept, so that neither tokens nor the journal grow with each hop.
 */
function ancestorsOf(session: Session | undefined): readonly string[] {
  if (!session) return []
  const [first = session.accessKeyId, ...others] = [...session.ancestors, session.accessKeyId]
  return [first, ...others.slice(1 - mostAncestors)]
}

const principalId = (session: Session): string =>
  session.type === 'role' ? session.roleId : session.userId
