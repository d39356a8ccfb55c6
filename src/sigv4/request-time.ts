import { formatAmzDate, parseBasicDate, parseHeaderDate } from './amz-date.ts'
import { type AuthenticationFields, missingQueryFields } from './authentication-fields.ts'
import { type QueryPairs, queryValue } from './canonical-query.ts'
import { SignatureError } from './signature-error.ts'

/**
 * The request's own time in epoch milliseconds.
 *
 * @throws SignatureError `IncompleteSignature` when it is no date; a query takes the basic form alone
 */
export function readRequestTime({ date, form }: AuthenticationFields): number {
  const time = form === 'query' ? parseBasicDate(date) : parseHeaderDate(date)
  if (time !== undefined) return time
  throw new SignatureError(
    'IncompleteSignature',
    `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  )
}

/**
 * Holds the request time against the server's, to the second; both ends of the window are inside it.
 *
 * @param pastSeconds - how old a request may be; longer or shorter than the window for honoured expiry
 * @throws SignatureError `SignatureDoesNotMatch` with both times in its text
 */
export function checkWindow(
  requestTime: number,
  now: number,
  pastSeconds: number,
  futureSeconds: number,
): void {
  const server = Math.floor(now / 1000) * 1000
  const earliest = server - pastSeconds * 1000
  const latest = server + futureSeconds * 1000
  // Written so that a time that is no number is refused.
  if (requestTime >= earliest && requestTime <= latest) return
  const [sent, here] = [formatAmzDate(requestTime), formatAmzDate(server)]
  throw new SignatureError(
    'SignatureDoesNotMatch',
    requestTime > latest
      ? `Signature not yet current: ${sent} is still later than ${formatAmzDate(latest)} (${here} + ${span(futureSeconds)}.)`
      : `Signature expired: ${sent} is now earlier than ${formatAmzDate(earliest)} (${here} - ${span(pastSeconds)}.)`,
  )
}

const span = (seconds: number): string =>
  seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} sec`

const weekSeconds = 604_800

/**
 * The lifetime a presigned request asks for, in S3's wording where it is out of range.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function readExpires(pairs: QueryPairs): number {
  const text = queryValue(pairs, 'X-Amz-Expires')
  if (text === undefined) throw missingQueryFields(pairs, ['X-Amz-Expires'])
  if (!/^-?\d{1,9}$/.test(text)) throw expiresError('X-Amz-Expires should be a number')
  const seconds = Number(text)
  if (seconds < 0) throw expiresError('X-Amz-Expires must be non-negative')
  if (seconds > weekSeconds) {
    throw expiresError(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    )
  }
  return seconds
}

const expiresError = (message: string): SignatureError =>
  new SignatureError('AuthorizationQueryParametersError', message)
