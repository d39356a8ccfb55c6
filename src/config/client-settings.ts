import { ConfigError } from './config-error.ts'
import type { Environment } from './environment.ts'

/** How a command reaches a running service, from the same variables that AWS's own tools read. */
export interface ClientSettings {
  readonly endpoint: string
  readonly region: string
  readonly credentials: ClientCredentials | undefined
}

export interface ClientCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

const defaultEndpoint = 'http://127.0.0.1:7878'

/**
 * An empty variable counts as one that is not set, as for AWS's tools.
 * @param endpoint - given on the command line; beats the environment
 * @throws ConfigError when the endpoint is no URL of HTTP
 */
export function clientSettings(environment: Environment, endpoint?: string): ClientSettings {
  const accessKeyId = environment.AWS_ACCESS_KEY_ID
  const secretAccessKey = environment.AWS_SECRET_ACCESS_KEY
  return {
    endpoint:
      endpoint === undefined
        ? checked(environment.AWS_ENDPOINT_URL || defaultEndpoint, 'AWS_ENDPOINT_URL')
        : checked(endpoint, '--endpoint'),
    region: environment.AWS_REGION || environment.AWS_DEFAULT_REGION || 'us-east-1',
    credentials:
      accessKeyId && secretAccessKey
        ? { accessKeyId, secretAccessKey, sessionToken: environment.AWS_SESSION_TOKEN || undefined }
        : undefined,
  }
}

function checked(endpoint: string, from: string): string {
  if (/^https?:/.test(URL.parse(endpoint)?.protocol ?? '')) return endpoint
  throw new ConfigError([
    `${from} is ${JSON.stringify(endpoint)}: give a URL such as ${defaultEndpoint}.`,
  ])
}
