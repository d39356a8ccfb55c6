import { type Logger, symbols } from 'pino'
import { systemClock } from '../primitives/clock.ts'
import { jsonString } from '../primitives/json-string.ts'
import type { FinishedRequest, RequestObserver } from '../request/pipeline.ts'
import { timestamps } from './log.ts'
import type { Metrics } from './metrics.ts'

/** About so many requests, or so long, may wait until they are counted and written. */
const mostPutOff = 64
const putOffMilliseconds = 10

/**
 * Counts every finished request and writes its line to the log: a little later, in a moment in which there is nothing
 * else to do, or many at a time. The line is made here: it is always of the same few facts, and the logger's general way
 * costs three times as much.
 */
export function requestObserver(
  metrics: Pick<Metrics, 'requestFinished'>,
  log: Logger,
): RequestObserver {
  const time = timestamps(systemClock)
  const stream = log[symbols.streamSym as never] as { write(line: string): void }
  let putOff: PutOff[] = []
  let timer: NodeJS.Timeout | undefined

  function tell({ request, time }: PutOff): void {
    const { service, operation, status, code, seconds } = request
    metrics.requestFinished(service, operation, code ?? outcome(status), seconds)
    if (log.isLevelEnabled('info')) stream.write(requestLine(request, time))
  }

  function catchUp(): void {
    clearTimeout(timer)
    timer = undefined
    const requests = putOff
    putOff = []
    for (const request of requests) tell(request)
  }

  return {
    requestFinished(request) {
      putOff.push({ request, time: time() })
      // Not here: answers of this turn are still to be sent.
      if (putOff.length === mostPutOff) setImmediate(catchUp)
      else timer ??= setTimeout(catchUp, putOffMilliseconds).unref()
    },
    catchUp,
  }
}

interface PutOff {
  readonly request: FinishedRequest
  /** When it was finished, as a line has it. */
  readonly time: string
}

/** Metrics that tell of every request finished so far. */
export function currentMetrics(
  { contentType, text }: Pick<Metrics, 'contentType' | 'text'>,
  observer: Pick<RequestObserver, 'catchUp'>,
): Pick<Metrics, 'contentType' | 'text'> {
  return {
    contentType,
    text() {
      observer.catchUp()
      return text()
    },
  }
}

/** What names no operation has no error code: it is counted by its status. */
const outcome = (status: number): string => (status < 300 ? 'OK' : String(status))

/** As the logger would write it. Ids, codes and names of operations need no escapes; an ARN may. */
function requestLine(request: FinishedRequest, time: string): string {
  const { requestId, service, operation, status, code, caller } = request
  const failed = code === undefined ? '' : `,"code":"${code}"`
  const signed = caller === undefined ? '' : `,"caller":${jsonString(caller)}`
  return `{"level":"info"${time},"requestId":"${requestId}","service":"${service}","operation":"${operation}","status":${status}${failed}${signed},"msg":"request"}\n`
}
