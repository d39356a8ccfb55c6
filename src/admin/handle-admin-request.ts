import { type BaseIssue, getDotPath, safeParse } from 'valibot'
import { ApiError } from '../catalog/api-error.ts'
import { accounts } from '../directory/records/account.ts'
import { notAuthorized } from '../request/access-denied.ts'
import { authenticate } from '../request/authenticate.ts'
import { authorize } from '../request/authorize.ts'
import type { HttpRequest, HttpResponse } from '../request/http.ts'
import type { Pipeline } from '../request/pipeline.ts'
import { adminOperations } from './operations.ts'

export const adminPath = '/_watchword/api/'

/** Answers one request of the administrative API: the same signatures and policies as AWS's APIs, in JSON. */
export async function handleAdminRequest(
  request: HttpRequest,
  pipeline: Pipeline,
): Promise<HttpResponse> {
  const requestId = pipeline.services.ids.uuid()
  try {
    return json(200, requestId, await answer(request, pipeline))
  } catch (error) {
    if (error instanceof ApiError) {
      return json(error.httpStatus, requestId, { Code: error.code, Message: error.message })
    }
    pipeline.log.error({ err: error, requestId }, 'an administrative request failed')
    return json(500, requestId, { Code: 'InternalFailure', Message: 'The request failed.' })
  }
}

async function answer(request: HttpRequest, pipeline: Pipeline): Promise<object> {
  const { services, clock, rules, policiesOf } = pipeline
  const now = clock.now()
  const { caller, region } = await authenticate(request, 'watchword', now, rules, services)
  const name = request.path.slice(adminPath.length)
  const operation = adminOperations.get(name)
  if (!operation || request.method !== 'POST') {
    throw new ApiError(
      'InvalidAction',
      `There is no operation ${name}; it is POST ${adminPath}<Operation>.`,
    )
  }
  const action = `watchword:${operation.name}`
  const own = services.directory.global.records.get(accounts, caller.account.account)
  if (own?.management !== true) throw notAuthorized(caller.arn, action, '*')
  const permission = { action, resource: '*' }
  const denial = authorize(permission, caller, { now, region, request }, policiesOf)
  if (denial) throw denial.error
  const input = safeParse(operation.input, readBody(request.body))
  if (!input.success) {
    throw new ApiError('ValidationError', input.issues.map(problem).join(' '))
  }
  // The schema has just made this the operation's own input.
  return operation.perform(input.output as never, { caller, now, services })
}

/** Messages of our own complete the member's name; the schema library's are sentences. */
function problem(issue: BaseIssue<unknown>): string {
  const { message } = issue
  const member = getDotPath(issue) ?? 'the input'
  return message.startsWith('must ') ? `${member} ${message}.` : `${member}: ${message}.`
}

function readBody(body: Uint8Array): unknown {
  if (body.length === 0) return {}
  try {
    return JSON.parse(Buffer.from(body).toString())
  } catch (error) {
    throw new ApiError('MalformedInput', 'The body must be JSON.', { cause: error })
  }
}

const json = (status: number, requestId: string, body: object): HttpResponse => ({
  status,
  headers: { 'Content-Type': 'application/json', 'x-amzn-RequestId': requestId },
  body: JSON.stringify(body),
})
