import { type IamKind, iamArn } from '../primitives/arn.ts'
import type { Permission } from '../request/access.ts'
import type { Scope } from '../request/scope.ts'

interface Listing {
  readonly PathPrefix?: string | undefined
}

/** What a list needs: its action on the path that it looks under, such as `arn:aws:iam::<account>:user/`. */
export const pathPermission =
  (action: string, kind: IamKind) =>
  ({ PathPrefix = '/' }: Listing, { account }: Scope): Permission => ({
    action,
    resource: iamArn(account, kind, PathPrefix, ''),
    ...(kind === 'policy' && { shownResource: `policy path ${PathPrefix}` }),
  })
