import type { FederatedUserSession, RoleSession, Session, UserSession } from './session.ts'

/**
 * A session as the text that its token seals: without names, and with what few sessions have left out where it is not
 * there, because a token travels with every request.
 */
export function writeSession(session: Session): string {
  const { account, accessKeyId, issuedAt, expiresAt } = session
  return JSON.stringify([
    session.type,
    account,
    accessKeyId,
    issuedAt,
    expiresAt,
    whoOf(session),
    rareOf(session),
  ] satisfies SessionText)
}

/** What `writeSession` wrote, which needs no checks; undefined for a kind of session that only a later version knows. */
export function readSession(text: string): Session | undefined {
  const [type, account, accessKeyId, issuedAt, expiresAt, who, rare] = JSON.parse(
    text,
  ) as SessionText
  const [first, second, third] = who
  const { mfaAt, sourceIdentity, policy, policyArns } = rare
  const { tags = [], ancestors = [], transitiveTagKeys = [] } = rare
  const facts = { account, accessKeyId, issuedAt, expiresAt, mfaAt, sourceIdentity, tags, policy }
  const common = { ...facts, policyArns, ancestors }
  const textOf = (value: string | null | undefined): string => value ?? ''
  switch (type) {
    case 'role':
      return {
        type,
        ...common,
        roleName: textOf(first),
        roleId: textOf(second),
        sessionName: textOf(third),
        transitiveTagKeys,
      }
    case 'user':
      return { type, ...common, userId: textOf(first), userName: second ?? undefined }
    case 'federated-user':
      return {
        type,
        ...common,
        name: textOf(first),
        userId: textOf(second),
        userName: third ?? undefined,
      }
    default:
      return unknownKind(type)
  }
}

const unknownKind = (_type: never): undefined => undefined

type SessionText = [
  type: Session['type'],
  account: string,
  accessKeyId: string,
  issuedAt: number,
  expiresAt: number,
  who: readonly (string | null | undefined)[],
  rare: Rare,
]

type RareFact =
  | 'mfaAt'
  | 'sourceIdentity'
  | 'tags'
  | 'policy'
  | 'policyArns'
  | 'ancestors'
  | 'transitiveTagKeys'

type Rare = { readonly [Fact in RareFact]?: RoleSession[Fact] | undefined }

function whoOf(session: Session): SessionText[5] {
  switch (session.type) {
    case 'role':
      return [session.roleName, session.roleId, session.sessionName]
    case 'user':
      return [session.userId, session.userName]
    case 'federated-user':
      return [session.name, session.userId, session.userName]
  }
}

const nothing: Rare = {}

function rareOf(session: RoleSession | UserSession | FederatedUserSession): Rare {
  const { mfaAt, sourceIdentity, tags, policy, policyArns, ancestors } = session
  const transitiveTagKeys = session.type === 'role' ? session.transitiveTagKeys : []
  const isPlain =
    mfaAt === undefined &&
    sourceIdentity === undefined &&
    policy === undefined &&
    tags.length + ancestors.length + transitiveTagKeys.length + (policyArns?.length ?? 0) === 0
  if (isPlain) return nothing
  return {
    mfaAt,
    sourceIdentity,
    policy,
    tags: filled(tags),
    policyArns: filled(policyArns),
    ancestors: filled(ancestors),
    transitiveTagKeys: filled(transitiveTagKeys),
  }
}

/** An empty list is as good as none. */
const filled = <T>(list: readonly T[] | undefined): readonly T[] | undefined =>
  list?.length ? list : undefined
