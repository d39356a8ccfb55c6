import type { FinishedRequest, RequestObserver } from '../request/pipeline.ts'
import type { Metrics } from './metrics.ts'
import { turnBatch } from './turn-batch.ts'

/** Counts every finished request and writes its line to the log, after the answers of the turn are on their way. */
export function requestObserver(
  metrics: Pick<Metrics, 'requestFinished'>,
  log: { info(facts: object, message: string): void },
): RequestObserver {
  const requestFinished = turnBatch(
    ({ requestId, service, operation, status, code, caller, seconds }: FinishedRequest) => {
      metrics.requestFinished(service, operation, code ?? 'OK', seconds)
      log.info({ requestId, service, operation, status, code, caller }, 'request')
    },
  )
  return { requestFinished }
}
