import { explain } from '../policy/engine.ts'
import type { Journal } from '../store/journal.ts'
import type { Denial } from './authorize.ts'

/** What is kept of a refused request for whoever asks why: read back by request id. */
export interface DeniedRequest {
  readonly requestId: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly account: string
  readonly callerArn: string
  readonly accessKeyId: string
  readonly denial: Denial
}

/**
 * Records refusals with their whole explanation. The caller's answer does not wait for it, and a journal that
 * cannot write does not turn a refusal into anything else: it is only reported.
 */
export function recordDenial(
  journal: Journal,
  denied: DeniedRequest,
  onFailure: (error: unknown) => void,
): void {
  const { requestId, at, account, callerArn, accessKeyId, denial } = denied
  const { action, resource } = denial.request
  const body = JSON.stringify({
    requestId,
    at,
    callerArn,
    action,
    resource,
    message: denial.error.message,
    explanation: explain(denial.request, denial.sources),
  })
  journal
    .append([{ stream: 'audit', account, at, id: requestId, keys: [accessKeyId, callerArn], body }])
    .catch(onFailure)
}
