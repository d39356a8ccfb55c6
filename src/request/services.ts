import type { AwsManagedPolicies } from '../directory/aws-managed-policies.ts'
import type { Directory } from '../directory/directory.ts'
import type { LastUseLog } from '../directory/last-use-log.ts'
import type { PolicyCache } from '../directory/policy-cache.ts'
import type { SessionTokens } from '../directory/session/session-tokens.ts'
import type { Ids } from '../primitives/ids.ts'
import type { Keyring } from '../primitives/keyring.ts'
import type { MasterKeys } from '../primitives/master-keys.ts'
import type { Random } from '../primitives/random.ts'
import type { Journal } from '../store/journal.ts'

/** The long-lived parts that operations use; made once, in the composition root. */
export interface Services {
  readonly directory: Directory
  readonly journal: Journal
  /** The keyring as it is now: keys rotate while the service runs. */
  readonly keyring: () => Keyring
  readonly masterKeys: MasterKeys
  readonly sessionTokens: SessionTokens
  readonly ids: Ids
  readonly random: Random
  readonly lastUses: LastUseLog
  readonly awsPolicies: AwsManagedPolicies
  readonly policies: PolicyCache
  /** Told of each session issued, for the metrics; seconds since the epoch. */
  readonly sessionIssued: (expiresAt: number) => void
}
