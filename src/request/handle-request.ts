import { ApiError } from '../catalog/api-error.ts'
import type { OperationModel, ServiceModel } from '../catalog/model.ts'
import { validate } from '../catalog/validate.ts'
import { StoreUnavailable } from '../store/store-errors.ts'
import { dispatch } from '../wire/dispatch.ts'
import { readQueryInput } from '../wire/read-query-input.ts'
import { writeJsonOutput } from '../wire/write-json-output.ts'
import { writeJsonError, writeQueryError } from '../wire/write-query-error.ts'
import { writeQueryOutput } from '../wire/write-query-output.ts'
import { authenticate, hasSoundTarget } from './authenticate.ts'
import { authorize, type Denial } from './authorize.ts'
import type { Caller } from './caller.ts'
import { recordDenial } from './decision-log.ts'
import { encodedMessageHeader, encodeMessage } from './encoded-message.ts'
import { headerOf } from './header-of.ts'
import type { HttpRequest, HttpResponse } from './http.ts'
import { badRequest, noOperation } from './no-operation.ts'
import { notBuilt, type Operation } from './operation.ts'
import type { Pipeline } from './pipeline.ts'
import { lintHeader, lintHeaderValue, lintStored } from './policy-lint.ts'
import { requestForm } from './request-form.ts'
import type { Scope } from './scope.ts'
import { checkSessionLimits } from './session-limits.ts'
import { signedService } from './signed-service.ts'
import { isPending } from './when-ready.ts'

/**
 * The life of one API request, in AWS's order: which operation, who is asking, is the input well formed, may they, then
 * do it. The only place that catches what an operation throws; the clock is read once.
 */
export async function handleRequest(
  request: HttpRequest,
  pipeline: Pipeline,
): Promise<HttpResponse> {
  const now = pipeline.clock.now()
  const startedAt = performance.now()
  const progress: Progress = { requestId: pipeline.services.ids.uuid() }
  let response: HttpResponse
  try {
    response = await answer(request, pipeline, now, progress)
  } catch (error) {
    response = refuse(error, request, pipeline, progress)
  }
  finish(response, pipeline, startedAt, progress)
  return response
}

/** What is known of a request so far: for its error, its log line and its metrics. */
interface Progress {
  readonly requestId: string
  operation?: OperationModel
  caller?: Caller
  code?: string
  /** What the answer carries beside its usual headers. */
  headers?: Readonly<Record<string, string>>
}

async function answer(
  request: HttpRequest,
  pipeline: Pipeline,
  now: number,
  progress: Progress,
): Promise<HttpResponse> {
  const { services, rules, policiesOf } = pipeline
  if (!hasSoundTarget(request)) return badRequest
  const form = requestForm(request)
  const operation = form && dispatch(form, signedService(request))
  if (!operation) return noOperation(request, progress.requestId)
  progress.operation = operation
  const { service, name } = operation
  const built = pipeline.operations[service.name][name]
  // Unsigned operations prove their caller by their input, and none of them is built yet.
  if (operation.unsigned) throw notImplemented(operation)

  const authenticated = authenticate(request, service.name, now, rules, services)
  const { caller, region } = isPending(authenticated) ? await authenticated : authenticated
  progress.caller = caller
  checkSessionLimits(caller, service.name, name)
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
    requestId: progress.requestId,
    region,
    services,
  }
  const needed = built.access(input, scope)
  const access = isPending(needed) ? await needed : needed
  const denial = authorize(access, caller, { now, region, request }, policiesOf)
  if (denial) {
    keepDenial(denial, pipeline, scope, progress)
    throw denial.error
  }
  const result = perform(built, input, scope)
  const output = isPending(result) ? await result : result
  if (built.kind === 'write') await noteFindings(built, input, pipeline, progress)
  const json = wantsJson(request)
  const write = json ? writeJsonOutput : writeQueryOutput
  return respond(200, json, write(operation, output, progress.requestId), progress)
}

function perform(operation: Operation, input: never, scope: Scope): unknown {
  if (operation.kind === 'read') return operation.perform(input, scope)
  return scope.caller.account.write((tx) => operation.perform(input, { ...scope, records: tx, tx }))
}

const notImplemented = ({ service, name }: OperationModel): ApiError =>
  new ApiError(
    'NotImplemented',
    `Watchword does not have the ${service.name} operation ${name} yet.`,
  )

function refuse(
  error: unknown,
  request: HttpRequest,
  { log }: Pipeline,
  progress: Progress,
): HttpResponse {
  const { requestId, operation } = progress
  const shown = asApiError(error)
  progress.code = shown.code
  if (shown !== error) log.error({ err: error, requestId, operation: operation?.name }, 'failed')
  const json = wantsJson(request)
  const text = json
    ? writeJsonError(shown, requestId)
    : writeQueryError(serviceOf(operation), shown, requestId)
  return respond(shown.httpStatus, json, text, progress)
}

const serviceOf = (operation: OperationModel | undefined): ServiceModel | undefined =>
  operation?.service

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

function respond(
  status: number,
  json: boolean,
  body: string,
  { requestId, headers: more }: Progress,
): HttpResponse {
  const type = json ? 'application/json' : 'text/xml'
  const headers = { 'x-amzn-RequestId': requestId, 'Content-Type': type }
  return { status, headers: more ? { ...headers, ...more } : headers, body }
}

/** The refusal is put on record, and its caller gets an opaque message that stands for the record. */
function keepDenial(
  denial: Denial,
  { services, log }: Pipeline,
  { requestId, now, account, caller }: Scope,
  progress: Progress,
): void {
  recordDenial(services.journal, { requestId, at: now, caller, denial }, (error) =>
    log.error({ err: error, requestId }, 'a refusal could not be recorded'),
  )
  const message = encodeMessage({ requestId, account }, now, services)
  progress.headers = { [encodedMessageHeader]: message }
}

/** Tells what the linter found in a policy that was just stored. It is stored whatever becomes of this. */
async function noteFindings(
  { name }: Operation,
  input: Readonly<Record<string, unknown>>,
  { log }: Pipeline,
  progress: Progress,
): Promise<void> {
  const { requestId } = progress
  try {
    const findings = await lintStored(name, input)
    if (!findings || findings.length === 0) return
    progress.headers = { [lintHeader]: lintHeaderValue(findings) }
    const codes = findings.map(({ code, severity, line }) => ({ code, severity, line }))
    log.info({ requestId, operation: name, findings: codes }, 'a policy was stored with findings')
  } catch (error) {
    log.error({ err: error, requestId, operation: name }, 'a stored policy could not be linted')
  }
}

function finish(
  { status }: HttpResponse,
  { observer }: Pipeline,
  startedAt: number,
  { requestId, operation, caller, code }: Progress,
): void {
  observer.requestFinished({
    requestId,
    service: operation?.service.name ?? 'unknown',
    operation: operation?.name ?? 'unknown',
    status,
    code,
    caller: caller?.arn,
    seconds: (performance.now() - startedAt) / 1000,
  })
}
