import type { HttpResponse } from './http.ts'
import type { Issued } from './operation.ts'
import type { RequestObserver } from './pipeline.ts'
import type { Services } from './services.ts'

/**
 * Gives credentials out: the answer leaves when their session is on record. It is made while the disk is at it, and so
 * is what the observer has put off: until then there is nothing else to do.
 *
 * @throws StoreUnavailable when the session cannot be recorded: then nobody gets the answer
 */
export function giveOut(
  { output, record, expiresAt }: Issued,
  answerOf: (output: unknown) => HttpResponse,
  { journal, sessionIssued }: Pick<Services, 'journal' | 'sessionIssued'>,
  observer: Pick<RequestObserver, 'catchUp'>,
): Promise<HttpResponse> {
  let answer: HttpResponse | undefined
  function meanwhile(): void {
    try {
      answer = answerOf(output)
    } catch {
      // Told below, where the answer is made again.
    }
    observer.catchUp()
  }
  return journal.append([record], meanwhile).then(() => {
    sessionIssued(expiresAt)
    return answer ?? answerOf(output)
  })
}
