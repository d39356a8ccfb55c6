import { collection } from '../collection.ts'

/** What an account has chosen for itself: one record, absent until something was chosen. */
export interface AccountPreferences {
  /** 1 or 2, as GetAccountSummary shows it. */
  readonly globalEndpointTokenVersion: number
}

export const accountPreferences = collection('account-preferences', {
  key: (_preferences: AccountPreferences) => [preferencesKey],
})

export const preferencesKey = 'preferences'
