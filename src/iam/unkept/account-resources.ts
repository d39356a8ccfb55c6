import type { Permission } from '../../request/access.ts'
import { readOperation } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { noSuchEntity } from '../errors.ts'
import { emptyPage } from './empty-page.ts'

/**
 * What an account of AWS may hold and one of Watchword does not yet: virtual MFA devices, server certificates,
 * identity providers, a password policy. Lists are empty and look-ups find nothing, which is the truth, and what
 * tools ask that read before they write.
 */
const onAccount = (action: string) => (): Permission => ({ action, resource: '*' })

/** What a list needs. Refusals show where it looks, as AWS's do. */
const onAll = (action: string, kind: string, path: string, { account }: Scope): Permission => ({
  action,
  resource: '*',
  shownResource: `arn:aws:iam::${account}:${kind}${path}`,
})

const onNamed = (action: string, kind: string, name: string, { account }: Scope): Permission => ({
  action,
  resource: `arn:aws:iam::${account}:${kind}/${name}`,
})

const listVirtualMFADevices = readOperation('ListVirtualMFADevices', {
  access: (_input, scope) => onAll('iam:ListVirtualMFADevices', 'mfa', '/', scope),
  perform: ({ AssignmentStatus = 'Any', ...input }, scope) => ({
    VirtualMFADevices: [],
    ...emptyPage('ListVirtualMFADevices', AssignmentStatus, input, scope),
  }),
})

const listServerCertificates = readOperation('ListServerCertificates', {
  access: ({ PathPrefix = '/' }, scope) =>
    onAll('iam:ListServerCertificates', 'server-certificate', PathPrefix, scope),
  perform: ({ PathPrefix = '/', ...input }, scope) => ({
    ServerCertificateMetadataList: [],
    ...emptyPage('ListServerCertificates', PathPrefix, input, scope),
  }),
})

const listOpenIDConnectProviders = readOperation('ListOpenIDConnectProviders', {
  access: (_input, scope) => onAll('iam:ListOpenIDConnectProviders', 'oidc-provider', '/*', scope),
  perform: () => ({ OpenIDConnectProviderList: [] }),
})

const listSAMLProviders = readOperation('ListSAMLProviders', {
  access: onAccount('iam:ListSAMLProviders'),
  perform: () => ({ SAMLProviderList: [] }),
})

const listMFADeviceTags = readOperation('ListMFADeviceTags', {
  access: ({ SerialNumber }) => ({ action: 'iam:ListMFADeviceTags', resource: SerialNumber }),
  perform({ SerialNumber }) {
    throw noSuchEntity(`VirtualMFADevice with serial number ${SerialNumber} doesn't exist.`)
  },
})

const deleteVirtualMFADevice = readOperation('DeleteVirtualMFADevice', {
  access: ({ SerialNumber }) => ({ action: 'iam:DeleteVirtualMFADevice', resource: SerialNumber }),
  perform({ SerialNumber }) {
    throw noSuchEntity(`VirtualMFADevice with serial number ${SerialNumber} doesn't exist.`)
  },
})

const getServerCertificate = readOperation('GetServerCertificate', {
  access: ({ ServerCertificateName }, scope) =>
    onNamed('iam:GetServerCertificate', 'server-certificate', ServerCertificateName, scope),
  perform({ ServerCertificateName }) {
    throw noSuchEntity(`The Server Certificate with name ${ServerCertificateName} cannot be found.`)
  },
})

const deleteServerCertificate = readOperation('DeleteServerCertificate', {
  access: ({ ServerCertificateName }, scope) =>
    onNamed('iam:DeleteServerCertificate', 'server-certificate', ServerCertificateName, scope),
  perform({ ServerCertificateName }) {
    throw noSuchEntity(`The Server Certificate with name ${ServerCertificateName} cannot be found.`)
  },
})

const getOpenIDConnectProvider = readOperation('GetOpenIDConnectProvider', {
  access: ({ OpenIDConnectProviderArn }) => ({
    action: 'iam:GetOpenIDConnectProvider',
    resource: OpenIDConnectProviderArn,
  }),
  perform({ OpenIDConnectProviderArn }) {
    throw noSuchEntity(`OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`)
  },
})

const deleteOpenIDConnectProvider = readOperation('DeleteOpenIDConnectProvider', {
  access: ({ OpenIDConnectProviderArn }) => ({
    action: 'iam:DeleteOpenIDConnectProvider',
    resource: OpenIDConnectProviderArn,
  }),
  perform({ OpenIDConnectProviderArn }) {
    throw noSuchEntity(`OpenId connect Provider ${OpenIDConnectProviderArn} cannot be found.`)
  },
})

const getSAMLProvider = readOperation('GetSAMLProvider', {
  access: ({ SAMLProviderArn }) => ({ action: 'iam:GetSAMLProvider', resource: SAMLProviderArn }),
  perform({ SAMLProviderArn }) {
    throw noSuchEntity(`Manifest not found for arn ${SAMLProviderArn}`)
  },
})

const deleteSAMLProvider = readOperation('DeleteSAMLProvider', {
  access: ({ SAMLProviderArn }) => ({
    action: 'iam:DeleteSAMLProvider',
    resource: SAMLProviderArn,
  }),
  perform({ SAMLProviderArn }) {
    throw noSuchEntity(`Manifest not found for arn ${SAMLProviderArn}`)
  },
})

const getAccountPasswordPolicy = readOperation('GetAccountPasswordPolicy', {
  access: onAccount('iam:GetAccountPasswordPolicy'),
  perform(_input, { account }) {
    throw noSuchEntity(`The Password Policy with domain name ${account} cannot be found.`)
  },
})

const deleteAccountPasswordPolicy = readOperation('DeleteAccountPasswordPolicy', {
  access: onAccount('iam:DeleteAccountPasswordPolicy'),
  perform() {
    throw noSuchEntity('The account policy with name PasswordPolicy cannot be found.')
  },
})

export const unkeptAccountResourceOperations = {
  ListVirtualMFADevices: listVirtualMFADevices,
  ListServerCertificates: listServerCertificates,
  ListOpenIDConnectProviders: listOpenIDConnectProviders,
  ListSAMLProviders: listSAMLProviders,
  ListMFADeviceTags: listMFADeviceTags,
  DeleteVirtualMFADevice: deleteVirtualMFADevice,
  GetServerCertificate: getServerCertificate,
  DeleteServerCertificate: deleteServerCertificate,
  GetOpenIDConnectProvider: getOpenIDConnectProvider,
  DeleteOpenIDConnectProvider: deleteOpenIDConnectProvider,
  GetSAMLProvider: getSAMLProvider,
  DeleteSAMLProvider: deleteSAMLProvider,
  GetAccountPasswordPolicy: getAccountPasswordPolicy,
  DeleteAccountPasswordPolicy: deleteAccountPasswordPolicy,
}
