import { ApiError } from '../catalog/api-error.ts'

/**
 * Watchword knows no context provider, so no assertion can be verified. To ignore one would issue a session that
 * lacks what its caller relies on.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_ProvidedContext.html
 */
export function refuseContexts(input: {
  readonly ProvidedContexts?: readonly unknown[] | undefined
}): void {
  if (!input.ProvidedContexts?.length) return
  throw new ApiError(
    'ExpiredTokenException',
    'The context assertion that was passed is expired or is not valid.',
  )
}
