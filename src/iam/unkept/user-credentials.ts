import { readOperation } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { noSuchEntity } from '../errors.ts'
import type { PageEnd, PageInput } from '../paging.ts'
import { ownerOf, subjectAccess } from '../users/subject.ts'
import { findUser, userPermission } from '../users/user-access.ts'
import { emptyPage } from './empty-page.ts'

/**
 * Credentials of users that Watchword does not keep: passwords, certificates, SSH keys, MFA devices. Nobody has
 * any, and saying so is what tools need that clear a user out before they delete it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_remove.html
 */
const listMFADevices = readOperation('ListMFADevices', {
  access: subjectAccess('iam:ListMFADevices'),
  perform: (input, scope) => ({ MFADevices: [], ...noneOf('ListMFADevices', input, scope) }),
})

const listSigningCertificates = readOperation('ListSigningCertificates', {
  access: subjectAccess('iam:ListSigningCertificates'),
  perform: (input, scope) => ({
    Certificates: [],
    ...noneOf('ListSigningCertificates', input, scope),
  }),
})

const listSSHPublicKeys = readOperation('ListSSHPublicKeys', {
  access: subjectAccess('iam:ListSSHPublicKeys'),
  perform: (input, scope) => ({ SSHPublicKeys: [], ...noneOf('ListSSHPublicKeys', input, scope) }),
})

/** Those of all users need the permission on all users. */
const listServiceSpecificCredentials = readOperation('ListServiceSpecificCredentials', {
  access(input, scope) {
    const action = 'iam:ListServiceSpecificCredentials'
    if (!input.AllUsers) return subjectAccess(action)(input, scope)
    return { action, resource: `arn:aws:iam::${scope.account}:user/*` }
  },
  perform(input, scope) {
    const { Marker, MaxItems, AllUsers = false } = input
    const operation = 'ListServiceSpecificCredentials'
    const end = AllUsers
      ? emptyPage(operation, 'all', { Marker, MaxItems }, scope)
      : noneOf(operation, input, scope)
    return { ServiceSpecificCredentials: [], ...end }
  },
})

const getLoginProfile = readOperation('GetLoginProfile', {
  access: subjectAccess('iam:GetLoginProfile'),
  perform: ({ UserName }, scope) => refuseLoginProfile(UserName, scope),
})

const deleteLoginProfile = readOperation('DeleteLoginProfile', {
  access: subjectAccess('iam:DeleteLoginProfile'),
  perform: ({ UserName }, scope) => refuseLoginProfile(UserName, scope),
})

const updateLoginProfile = readOperation('UpdateLoginProfile', {
  access: ({ UserName }, scope) => userPermission(scope, 'iam:UpdateLoginProfile', UserName),
  perform: ({ UserName }, scope) => refuseLoginProfile(UserName, scope),
})

const deactivateMFADevice = readOperation('DeactivateMFADevice', {
  access: subjectAccess('iam:DeactivateMFADevice'),
  perform({ UserName }, scope) {
    ownerOf(UserName, scope)
    throw noSuchEntity('MFA Device invalid for user.')
  },
})

const deleteSigningCertificate = readOperation('DeleteSigningCertificate', {
  access: subjectAccess('iam:DeleteSigningCertificate'),
  perform({ UserName, CertificateId }, scope) {
    ownerOf(UserName, scope)
    throw noSuchEntity(`The Certificate with id ${CertificateId} cannot be found.`)
  },
})

const getSSHPublicKey = readOperation('GetSSHPublicKey', {
  access: ({ UserName }, scope) => userPermission(scope, 'iam:GetSSHPublicKey', UserName),
  perform({ UserName, SSHPublicKeyId }, scope) {
    findUser(scope, UserName)
    throw noSuchEntity(`The SSH Public Key with id ${SSHPublicKeyId} cannot be found`)
  },
})

const deleteSSHPublicKey = readOperation('DeleteSSHPublicKey', {
  access: ({ UserName }, scope) => userPermission(scope, 'iam:DeleteSSHPublicKey', UserName),
  perform({ UserName, SSHPublicKeyId }, scope) {
    findUser(scope, UserName)
    throw noSuchEntity(`The SSH Public Key with id ${SSHPublicKeyId} cannot be found`)
  },
})

const deleteServiceSpecificCredential = readOperation('DeleteServiceSpecificCredential', {
  access: subjectAccess('iam:DeleteServiceSpecificCredential'),
  perform({ UserName, ServiceSpecificCredentialId }, scope) {
    ownerOf(UserName, scope)
    throw noSuchEntity(`No such credential ${ServiceSpecificCredentialId} exists`)
  },
})

function noneOf(
  operation: string,
  input: PageInput & { readonly UserName?: string | undefined },
  scope: Scope,
): PageEnd {
  return emptyPage(operation, ownerOf(input.UserName, scope).id, input, scope)
}

function refuseLoginProfile(userName: string | undefined, scope: Scope): never {
  const owner = ownerOf(userName, scope)
  throw noSuchEntity(
    `Login Profile for User ${userName ?? owner.userName ?? owner.id} cannot be found.`,
  )
}

export const unkeptUserCredentialOperations = {
  ListMFADevices: listMFADevices,
  ListSigningCertificates: listSigningCertificates,
  ListSSHPublicKeys: listSSHPublicKeys,
  ListServiceSpecificCredentials: listServiceSpecificCredentials,
  GetLoginProfile: getLoginProfile,
  DeleteLoginProfile: deleteLoginProfile,
  UpdateLoginProfile: updateLoginProfile,
  DeactivateMFADevice: deactivateMFADevice,
  DeleteSigningCertificate: deleteSigningCertificate,
  GetSSHPublicKey: getSSHPublicKey,
  DeleteSSHPublicKey: deleteSSHPublicKey,
  DeleteServiceSpecificCredential: deleteServiceSpecificCredential,
}
