import { type IamKind, iamArn } from '../primitives/arn.ts'
import type { Permission } from '../request/access.ts'
import type { Scope } from '../request/scope.ts'

interface Listing {
  readonly PathPrefix?: string | undefined
}

/** What a list needs: its action on everything. Refusals show the path that it looks under, as AWS's do. */
export const pathPermission =
  (action: string, kind: IamKind) =>
  ({ PathPrefix = '/' }: Listing, { account }: Scope): Permission => ({
    action,
    resource: '*',
    shownResource:
      kind === 'policy' ? `policy path ${PathPrefix}` : iamArn(account, kind, PathPrefix, ''),
  })
