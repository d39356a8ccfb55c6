import type { Journal, JournalFilter } from '../store/journal.ts'
import type { Denial } from './authorize.ts'
import type { Caller } from './caller.ts'
import { type DenialRecord, decisionRecord } from './decision-record.ts'

/** A refused request, for whoever asks why: read back by request id. */
export interface DeniedRequest {
  readonly requestId: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly caller: Caller
  readonly denial: Denial
}

/**
 * Records refusals with their whole explanation. The caller's answer does not wait for it, and a journal that
 * cannot write does not turn a refusal into anything else: it is only reported.
 */
export function recordDenial(
  journal: Journal,
  { requestId, at, caller, denial }: DeniedRequest,
  onFailure: (error: unknown) => void,
): void {
  const { arn, accessKeyId, account } = caller
  const { request, sources, error } = denial
  const record: DenialRecord = {
    requestId,
    at,
    message: error.message,
    ...decisionRecord(caller, request, sources),
  }
  const entry = {
    stream: 'audit',
    account: account.account,
    at,
    id: requestId,
    keys: [accessKeyId, arn],
    body: JSON.stringify(record),
  } as const
  journal.append([entry]).catch(onFailure)
}

/**
 * The record of a refused request, or undefined when there is none (any more).
 * @param account - only of this account's callers; of anyone's when left out
 */
export function findDenial(
  journal: Journal,
  requestId: string,
  account?: string,
): Promise<DenialRecord | undefined> {
  return newestDenial(journal, { id: requestId, account })
}

/** @param which - `key` is the caller's ARN or access key id; of anyone's when left out */
export async function newestDenial(
  journal: Journal,
  which: Pick<JournalFilter, 'id' | 'key' | 'account'>,
): Promise<DenialRecord | undefined> {
  const { entries } = await journal.query({ ...which, stream: 'audit' }, { limit: 1 })
  const [entry] = entries
  return entry && (JSON.parse(entry.body) as DenialRecord)
}
