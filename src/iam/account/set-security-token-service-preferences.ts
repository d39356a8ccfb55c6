import { accountPreferences } from '../../directory/records/account-preferences.ts'
import { writeOperation } from '../../request/operation.ts'

/**
 * Kept and shown by GetAccountSummary. It changes nothing else: every token of Watchword holds in all regions, as
 * version 2 tokens do.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html
 */
export const setSecurityTokenServicePreferences = writeOperation(
  'SetSecurityTokenServicePreferences',
  {
    access: () => ({ action: 'iam:SetSecurityTokenServicePreferences', resource: '*' }),
    perform({ GlobalEndpointTokenVersion }, { tx }) {
      const globalEndpointTokenVersion = GlobalEndpointTokenVersion === 'v2Token' ? 2 : 1
      tx.put(accountPreferences, { globalEndpointTokenVersion })
    },
  },
)
