import { signRequest } from '../sigv4/index.ts'
import { startWatchword, type TestService } from '../testing.ts'
import { type CommandContext, commandContext } from './command-context.ts'
import { program } from './program.ts'
import { tag } from './service-client.ts'

export interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface Answer {
  readonly status: number
  readonly body: string
  readonly headers: Headers
}

/** A service in this process, asked over its socket by signed requests and by commands. */
export interface ServiceFixture extends AsyncDisposable {
  readonly service: TestService
  readonly rootKey: Key
  call(service: 'iam' | 'sts', key: Key, parameters: Record<string, string>): Promise<Answer>
  /** A new user with one inline policy. */
  user(name: string, policy?: string): Promise<Key>
  /** Runs a command as root and gives what it printed and its exit status. */
  run(...words: string[]): Promise<{ output: string; status: number }>
}

const versions = { iam: '2010-05-08', sts: '2011-06-15' } as const

export async function serviceFixture(): Promise<ServiceFixture> {
  const service = await startWatchword()
  const { rootKey } = service
  const call: ServiceFixture['call'] = async (name, key, parameters) => {
    const body = new URLSearchParams({ ...parameters, Version: versions[name] }).toString()
    const type = 'application/x-www-form-urlencoded'
    const signed = signRequest(
      {
        method: 'POST',
        path: '/',
        query: '',
        headers: ['Host', new URL(service.endpoint).host, 'Content-Type', type],
        body: Buffer.from(body),
      },
      key,
      { service: name, region: 'us-east-1', now: service.clock.now() },
    )
    const headers: [string, string][] = []
    for (let at = 2; at < signed.headers.length; at += 2) {
      headers.push([signed.headers[at] ?? '', signed.headers[at + 1] ?? ''])
    }
    const answer = await fetch(service.endpoint, { method: 'POST', headers, body })
    return { status: answer.status, body: await answer.text(), headers: answer.headers }
  }
  return {
    service,
    rootKey,
    call,
    async user(name, policy) {
      await call('iam', rootKey, { Action: 'CreateUser', UserName: name })
      if (policy !== undefined) {
        const put = { UserName: name, PolicyName: 'own', PolicyDocument: policy }
        await call('iam', rootKey, { Action: 'PutUserPolicy', ...put })
      }
      const made = await call('iam', rootKey, { Action: 'CreateAccessKey', UserName: name })
      return {
        accessKeyId: element(made.body, 'AccessKeyId'),
        secretAccessKey: element(made.body, 'SecretAccessKey'),
      }
    },
    async run(...words) {
      const environment = {
        AWS_ENDPOINT_URL: service.endpoint,
        AWS_ACCESS_KEY_ID: rootKey.accessKeyId,
        AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
      }
      return runCommand(environment, words)
    },
    [Symbol.asyncDispose]: () => service.stop(),
  }
}

/** Runs a command with what it prints kept. A failure gives its message as output and its status. */
export async function runCommand(
  environment: CommandContext['environment'],
  words: readonly string[],
): Promise<{ output: string; status: number }> {
  let output = ''
  const host = {
    exitCode: 0,
    stdout: {
      write(text: string) {
        output += text
      },
    },
    once: () => undefined,
  }
  try {
    const root = program('1.2.3', commandContext(environment, host))
    for (const command of [root, ...root.commands]) command.configureOutput({ writeErr: () => {} })
    await root.parseAsync(['node', 'watchword', ...words])
    return { output, status: host.exitCode }
  } catch (error) {
    const { message, exitStatus = 1 } = error as Error & { exitStatus?: number }
    return { output: message, status: exitStatus }
  }
}

/** The text of the first element of that name; empty when there is none. */
export const element = (xml: string, name: string): string => tag(xml, name) ?? ''
