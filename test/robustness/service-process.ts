import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { readRootKey } from '../../src/config/root-key-file.ts'
import { type Credentials, signRequest } from '../../src/sigv4/index.ts'
import { formOf, type RawAnswer, send } from '../wire/send.ts'
import { type Parameters, versions } from '../wire/wire-service.ts'

/** The service in a process of its own, to be killed, starved and restarted. */
export interface ServiceProcess {
  readonly endpoint: string
  readonly root: Credentials
  readonly child: ChildProcess
  /** All that it wrote on standard error: warnings and crashes. */
  complaints(): string
  /** SIGKILL; done when the process is gone. */
  kill(): Promise<void>
  call: ProcessCall
}

export type ProcessCall = (
  as: Credentials,
  service: 'iam' | 'sts',
  action: string,
  parameters?: Parameters,
  headers?: readonly string[],
) => Promise<RawAnswer>

const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')

/** A directory for one test, removed with it. */
export function dataDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'watchword-robustness-'))
  t.after(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** What a process that could not start said, and its exit status. */
export interface FailedStart {
  readonly status: number | null
  readonly said: string
}

const serve = (data: string): string[] => [
  main,
  'serve',
  '--dev',
  '--port',
  '0',
  '--data',
  data,
  '--log-level',
  'silent',
]

/**
 * Starts the service on any free port.
 * @param shell - run before it in the same process, such as a limit
 */
export async function startProcess(
  t: TestContext,
  data: string,
  shell = '',
): Promise<ServiceProcess> {
  const child =
    shell === ''
      ? spawn(process.execPath, serve(data), { stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn('sh', ['-c', `${shell}; exec "$0" "$@"`, process.execPath, ...serve(data)], {
          stdio: ['ignore', 'pipe', 'pipe'],
        })
  t.after(() => child.kill('SIGKILL'))
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaints += chunk
  })
  const endpoint = await listening(child).catch((error: Error) => {
    throw new Error(`${error.message}${complaints}`, { cause: error })
  })
  const root = readRootKey(data)
  if (!root) throw new Error('the service kept no root key')
  return {
    endpoint,
    root,
    child,
    complaints: () => complaints,
    async kill() {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
    call: (as, service, action, parameters = {}, headers = []) =>
      call(endpoint, as, service, action, parameters, headers),
  }
}

/** Starts a service that must fail. */
export async function failedStart(data: string): Promise<FailedStart> {
  const child = spawn(process.execPath, serve(data), { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => {
      said += chunk
      if (said.includes('listens on')) child.kill('SIGKILL')
    })
  }
  await once(child, 'close')
  return { status: child.exitCode, said }
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.once('exit', (status) => reject(new Error(`the service ended with ${status}: ${text}`)))
    child.stdout?.setEncoding('utf8')
    child.stdout?.on('data', (chunk: string) => {
      text += chunk
      const endpoint = /listens on (\S+)/.exec(text)?.[1]
      if (endpoint === undefined) return
      child.removeAllListeners('exit')
      resolve(endpoint)
    })
  })
}

function call(
  endpoint: string,
  as: Credentials,
  service: 'iam' | 'sts',
  action: string,
  parameters: Parameters,
  headers: readonly string[],
): Promise<RawAnswer> {
  const body = formOf({ Action: action, Version: versions[service], ...parameters })
  return send(endpoint, signed(endpoint, as, service, body, headers))
}

/** A form signed now. */
export function signed(
  endpoint: string,
  as: Credentials,
  service: 'iam' | 'sts',
  body: string,
  headers: readonly string[] = [],
) {
  const request = {
    ...{ method: 'POST', path: '/', query: '' },
    headers: [
      ...['Host', new URL(endpoint).host],
      ...['Content-Type', 'application/x-www-form-urlencoded'],
      ...headers,
    ],
    body: Buffer.from(body),
  }
  return { ...signRequest(request, as, { service, region: 'us-east-1', now: Date.now() }), body }
}

/** Code of an answer, `OK` for a success. */
export const codeOf = ({ status, body }: RawAnswer): string =>
  status === 200 ? 'OK' : (/<Code>([^<]*)/.exec(body)?.[1] ?? String(status))

/** Text of the first element with that name, empty where there is none. */
export const tagOf = (body: string, name: string): string =>
  new RegExp(`<${name}>([^<]*)`).exec(body)?.[1] ?? ''
