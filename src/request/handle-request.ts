import { ApiError } from '../catalog/api-error.ts'
import type { OperationModel } from '../catalog/model.ts'
import { validate } from '../catalog/validate.ts'
import { StoreUnavailable } from '../store/store-errors.ts'
import { dispatch } from '../wire/dispatch.ts'
import type { Form } from '../wire/form.ts'
import { readQueryInput } from '../wire/read-query-input.ts'
import { writeJsonOutput } from '../wire/write-json-output.ts'
import { writeJsonError, writeQueryError } from '../wire/write-query-error.ts'
import { writeQueryOutput } from '../wire/write-query-output.ts'
import { type AuthenticatedRequest, authenticate, hasSoundTarget } from './authenticate.ts'
import { authorize, type Denial } from './authorize.ts'
import type { Caller } from './caller.ts'
import { recordDenial } from './decision-log.ts'
import { encodedMessageHeader, encodeMessage } from './encoded-message.ts'
import { giveOut } from './give-out.ts'
import { headerOf } from './header-of.ts'
import type { HttpRequest, HttpResponse } from './http.ts'
import { badRequest, noOperation } from './no-operation.ts'
import { notBuilt, type Operation, type OperationName, type WriteOperation } from './operation.ts'
import type { Pipeline } from './pipeline.ts'
import { lintHeader, lintHeaderValue, lintStored } from './policy-lint.ts'
import { requestForm } from './request-form.ts'
import type { Scope } from './scope.ts'
import { checkSessionLimits } from './session-limits.ts'
import { signedService } from './signed-service.ts'
import { isPending, whenReady } from './when-ready.ts'

/**
 * The life of one API request, in AWS's order: which operation, who is asking, is the input well formed, may they, then
 * do it. The only place that catches what an operation throws or rejects with; the clock is read once. What waits for
 * nothing is answered without a promise.
 */
export function handleRequest(
  request: HttpRequest,
  pipeline: Pipeline,
): HttpResponse | Promise<HttpResponse> {
  const exchange: Exchange = {
    request,
    pipeline,
    now: pipeline.clock.now(),
    startedAt: performance.now(),
    requestId: pipeline.services.ids.uuid(),
  }
  let response: HttpResponse | Promise<HttpResponse>
  try {
    response = answer(exchange)
  } catch (error) {
    response = refuse(error, exchange)
  }
  if (!isPending(response)) return finish(response, exchange)
  return response.then(
    (later) => finish(later, exchange),
    (error: unknown) => finish(refuse(error, exchange), exchange),
  )
}

/** A request and what is known of it so far: for its error, its log line and its metrics. */
interface Exchange {
  readonly request: HttpRequest
  readonly pipeline: Pipeline
  /** Milliseconds since the epoch. */
  readonly now: number
  /** As `performance` tells it. */
  readonly startedAt: number
  readonly requestId: string
  operation?: OperationModel
  caller?: Caller
  code?: string
  /** What the answer carries beside its usual headers. */
  headers?: Readonly<Record<string, string>>
}

function answer(exchange: Exchange): HttpResponse | Promise<HttpResponse> {
  const { request, requestId, now } = exchange
  const { rules, services } = exchange.pipeline
  if (!hasSoundTarget(request)) return badRequest
  const form = requestForm(request)
  const operation = form && dispatch(form, signedService(request))
  if (!operation) return noOperation(request, requestId)
  exchange.operation = operation
  // Unsigned operations prove their caller by their input, and none of them is built yet.
  if (operation.unsigned) throw notImplemented(operation)
  const authenticated = authenticate(request, operation.service.name, now, rules, services)
  return whenReady(authenticated, (found) => answerSigned(exchange, operation, form, found))
}

function answerSigned(
  exchange: Exchange,
  operation: OperationModel,
  form: Form,
  { caller, region }: AuthenticatedRequest,
): HttpResponse | Promise<HttpResponse> {
  exchange.caller = caller
  const { request, pipeline, requestId, now } = exchange
  const { service, name } = operation
  checkSessionLimits(caller, service.name, name)
  const built = pipeline.operations[service.name][name]
  if (built === undefined || built === notBuilt) throw notImplemented(operation)

  const input = readQueryInput(operation, form) as never
  const invalid = validate(operation, input)
  if (invalid) throw invalid

  const { account } = caller
  const scope: Scope = {
    caller,
    account: account.account,
    records: account.records,
    now,
    requestId,
    region,
    services: pipeline.services,
  }
  return whenReady(built.access(input, scope), (access) => {
    const denial = authorize(access, caller, { now, region, request }, pipeline.policiesOf)
    if (denial) {
      keepDenial(denial, scope, exchange)
      throw denial.error
    }
    return perform(built, input, scope, operation, exchange)
  })
}

function perform(
  built: Operation,
  input: never,
  scope: Scope,
  operation: OperationModel,
  exchange: Exchange,
): HttpResponse | Promise<HttpResponse> {
  const { services, observer } = exchange.pipeline
  const answerOf = (output: unknown): HttpResponse => succeed(output, operation, exchange)
  switch (built.kind) {
    case 'read':
      return whenReady(built.perform(input, scope), answerOf)
    case 'write':
      return performWrite(built, input, scope, exchange).then(answerOf)
    case 'issue':
      return whenReady(built.perform(input, scope), (issued) =>
        giveOut(issued, answerOf, services, observer),
      )
  }
}

async function performWrite(
  operation: WriteOperation,
  input: never,
  scope: Scope,
  exchange: Exchange,
): Promise<unknown> {
  const output = await scope.caller.account.write((tx) =>
    operation.perform(input, { ...scope, records: tx, tx }),
  )
  await noteFindings(operation.name, input, exchange)
  return output
}

const notImplemented = ({ service, name }: OperationModel): ApiError =>
  new ApiError(
    'NotImplemented',
    `Watchword does not have the ${service.name} operation ${name} yet.`,
  )

function refuse(error: unknown, exchange: Exchange): HttpResponse {
  const { request, pipeline, requestId, operation } = exchange
  const shown = asApiError(error)
  exchange.code = shown.code
  if (shown !== error) {
    pipeline.log.error({ err: error, requestId, operation: operation?.name }, 'failed')
  }
  const json = wantsJson(request)
  const text = json
    ? writeJsonError(shown, requestId)
    : writeQueryError(operation?.service, shown, requestId)
  return respond(shown.httpStatus, json, text, exchange)
}

/** What is no error of the API is a bug or a lost store: the caller learns no more than that. */
function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof StoreUnavailable) {
    return new ApiError('ServiceUnavailable', 'The request could not be recorded. Try again.')
  }
  return new ApiError(
    'InternalFailure',
    'The request processing has failed because of an unknown error.',
  )
}

const wantsJson = (request: HttpRequest): boolean =>
  headerOf(request, 'accept')?.startsWith('application/json') === true

function succeed(output: unknown, operation: OperationModel, exchange: Exchange): HttpResponse {
  const { request, requestId } = exchange
  const json = wantsJson(request)
  const write = json ? writeJsonOutput : writeQueryOutput
  return respond(200, json, write(operation, output, requestId), exchange)
}

function respond(
  status: number,
  json: boolean,
  body: string,
  { requestId, headers: more }: Exchange,
): HttpResponse {
  const type = json ? 'application/json' : 'text/xml'
  const headers = { 'x-amzn-RequestId': requestId, 'Content-Type': type }
  const bodyBytes = Buffer.byteLength(body)
  return { status, headers: more ? { ...headers, ...more } : headers, body, bodyBytes }
}

/** The refusal is put on record, and its caller gets an opaque message that stands for the record. */
function keepDenial(denial: Denial, { account, caller }: Scope, exchange: Exchange): void {
  const { requestId, now } = exchange
  const { services, log } = exchange.pipeline
  recordDenial(services.journal, { requestId, at: now, caller, denial }, (error) =>
    log.error({ err: error, requestId }, 'a refusal could not be recorded'),
  )
  const message = encodeMessage({ requestId, account }, now, services)
  exchange.headers = { [encodedMessageHeader]: message }
}

/** Tells what the linter found in a policy that was just stored. It is stored whatever becomes of this. */
async function noteFindings(
  operation: OperationName,
  input: Readonly<Record<string, unknown>>,
  exchange: Exchange,
): Promise<void> {
  const { requestId } = exchange
  const { log } = exchange.pipeline
  try {
    const findings = await lintStored(operation, input)
    if (!findings || findings.length === 0) return
    exchange.headers = { [lintHeader]: lintHeaderValue(findings) }
    const codes = findings.map(({ code, severity, line }) => ({ code, severity, line }))
    log.info({ requestId, operation, findings: codes }, 'a policy was stored with findings')
  } catch (error) {
    log.error({ err: error, requestId, operation }, 'a stored policy could not be linted')
  }
}

function finish(
  response: HttpResponse,
  { pipeline, startedAt, requestId, operation, caller, code }: Exchange,
): HttpResponse {
  pipeline.observer.requestFinished({
    requestId,
    service: operation?.service.name ?? 'unknown',
    operation: operation?.name ?? 'unknown',
    status: response.status,
    code,
    caller: caller?.arn,
    seconds: (performance.now() - startedAt) / 1000,
  })
  return response
}
