"""Errors as boto3 shows them: code, HTTP status, exception class, text."""

import boto3

from service import (
    allow, assume, document, equal, policy_arn, refused, role_arn, run, session_of, trust,
    user_arn, user_with_roles,
)


def iam():
    client = boto3.client('iam')
    errors = client.exceptions
    client.create_user(UserName='ada')
    client.create_group(GroupName='devs')
    client.create_role(RoleName='app', AssumeRolePolicyDocument=trust(user_arn('ada')))
    client.create_policy(PolicyName='read', PolicyDocument=allow('iam:Get*'))
    client.attach_user_policy(UserName='ada', PolicyArn=policy_arn('read'))

    def expect(kind, code, status, call, message=None, **parameters):
        error = refused(code, status, call, **parameters)
        assert isinstance(error, kind), type(error)
        if message is not None:
            equal(error.response['Error']['Message'], message)

    missing = (errors.NoSuchEntityException, 'NoSuchEntity', 404)
    expect(
        *missing, client.get_user, 'The user with name bob cannot be found.', UserName='bob'
    )
    expect(
        *missing, client.get_role, 'The role with name bob cannot be found.', RoleName='bob'
    )
    expect(*missing, client.get_group, GroupName='bob')
    expect(*missing, client.get_policy, PolicyArn=policy_arn('bob'))
    expect(*missing, client.get_instance_profile, InstanceProfileName='bob')
    expect(*missing, client.get_user_policy, UserName='ada', PolicyName='bob')
    expect(*missing, client.get_login_profile, UserName='ada')
    expect(*missing, client.delete_access_key, UserName='ada', AccessKeyId='AKIAIOSFODNN7EXAMPLE')

    exists = (errors.EntityAlreadyExistsException, 'EntityAlreadyExists', 409)
    expect(*exists, client.create_user, 'User with name ADA already exists.', UserName='ADA')
    expect(*exists, client.create_group, GroupName='devs')
    expect(
        *exists, client.create_role, RoleName='app', AssumeRolePolicyDocument=trust(user_arn('ada'))
    )
    expect(*exists, client.create_policy, PolicyName='read', PolicyDocument=allow('*'))

    conflict = (errors.DeleteConflictException, 'DeleteConflict', 409)
    expect(
        *conflict, client.delete_user,
        'Cannot delete entity, must detach all policies first.', UserName='ada',
    )
    expect(
        *conflict, client.delete_policy,
        'Cannot delete a policy attached to entities.', PolicyArn=policy_arn('read'),
    )

    malformed = (errors.MalformedPolicyDocumentException, 'MalformedPolicyDocument', 400)
    inline = {'UserName': 'ada', 'PolicyName': 'own'}
    expect(*malformed, client.put_user_policy, **inline, PolicyDocument='{"Version":')
    expect(*malformed, client.put_user_policy, **inline, PolicyDocument=allow('nonsense'))
    expect(
        *malformed, client.create_role, 'Invalid principal in policy: "AWS":"' + user_arn('bob') + '"',
        RoleName='bob', AssumeRolePolicyDocument=trust(user_arn('bob')),
    )
    unknown = document(
        Effect='Allow', Action='*', Resource='*', Condition={'StringSame': {'aws:userid': 'x'}}
    )
    expect(*malformed, client.put_user_policy, **inline, PolicyDocument=unknown)

    limit = (errors.LimitExceededException, 'LimitExceeded', 409)
    for _ in range(2):
        client.create_access_key(UserName='ada')
    expect(
        *limit, client.create_access_key,
        'Cannot exceed quota for AccessKeysPerUser: 2', UserName='ada',
    )
    wide = allow([f'iam:Get{"x" * 100}{at}' for at in range(20)])
    expect(*limit, client.put_user_policy, **inline, PolicyDocument=wide)

    invalid = (errors.InvalidInputException, 'InvalidInput', 400)
    twice = [{'Key': 'team', 'Value': 'a'}, {'Key': 'TEAM', 'Value': 'b'}]
    expect(*invalid, client.tag_user, UserName='ada', Tags=twice)
    expect(*invalid, client.tag_role, RoleName='app', Tags=[{'Key': 'aws:team', 'Value': 'a'}])

    # These codes are in no model: boto3 has no class of its own for them.
    general = errors.ClientError
    expect(general, 'ValidationError', 400, client.create_user, UserName='a b')
    expect(general, 'ValidationError', 400, client.get_policy, PolicyArn='arn:aws:iam::1:policy/x')
    expect(
        general, 'AccessDenied', 403, client.delete_policy,
        PolicyArn='arn:aws:iam::aws:policy/ReadOnlyAccess',
    )
    linked = client.create_service_linked_role(AWSServiceName='autoscaling.amazonaws.com')['Role']
    expect(
        errors.UnmodifiableEntityException, 'UnmodifiableEntity', 400,
        client.attach_role_policy, RoleName=linked['RoleName'], PolicyArn=policy_arn('read'),
    )
    unbuilt = refused(
        'NotImplemented', 501, client.create_login_profile, UserName='ada', Password='Secret-1234'
    )
    assert isinstance(unbuilt, general), unbuilt


def sts():
    key = user_with_roles('deploy')
    client = session_of(key).client('sts')
    errors = client.exceptions
    assuming = {'RoleArn': role_arn('deploy'), 'RoleSessionName': 'one'}

    error = refused(
        'MalformedPolicyDocument', 400, client.assume_role, **assuming, Policy='{"Version":'
    )
    assert isinstance(error, errors.MalformedPolicyDocumentException), error
    letters = ''.join(chr(0x4E00 + 37 * at % 20000) for at in range(2560))
    tags = [
        {'Key': f'key{at}', 'Value': letters[at * 256 : at * 256 + 256]} for at in range(10)
    ]
    iam = boto3.client('iam')
    iam.update_assume_role_policy(
        RoleName='deploy',
        PolicyDocument=trust(user_arn('ada')).replace('"sts:AssumeRole"', '["sts:AssumeRole", "sts:TagSession"]'),
    )
    error = refused('PackedPolicyTooLarge', 400, client.assume_role, **assuming, Tags=tags)
    assert isinstance(error, errors.PackedPolicyTooLargeException), error

    error = refused('ValidationError', 400, client.assume_role, **assuming, DurationSeconds=7200)
    equal(
        error.response['Error']['Message'],
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
    refused('AccessDenied', 403, client.assume_role, RoleArn=role_arn('none'), RoleSessionName='one')
    error = refused('AccessDenied', 403, boto3.client('sts').assume_role, **assuming)
    equal(error.response['Error']['Message'], 'Roles may not be assumed by root accounts.')
    refused('ValidationError', 400, client.assume_role, RoleArn=role_arn('deploy'), RoleSessionName='a b')

    token = client.get_session_token()['Credentials']
    refused('AccessDenied', 403, session_of(token).client('sts').get_session_token)
    refused('InvalidClientTokenId', 403, session_of(token).client('iam').list_users)


def signatures():
    key = user_with_roles('deploy')
    session = assume(key, 'deploy')

    def identity(**other):
        return session_of({**session, **other}).client('sts').get_caller_identity

    identity()()
    refused('SignatureDoesNotMatch', 403, identity(SecretAccessKey='wrong'))
    refused('InvalidClientTokenId', 403, identity(SessionToken=None))
    refused('InvalidClientTokenId', 403, identity(SessionToken=session['SessionToken'][:-8] + 'AAAAAAAA'))
    refused('InvalidClientTokenId', 403, identity(AccessKeyId='ASIAIOSFODNN7EXAMPLE'))
    refused('InvalidClientTokenId', 403, identity(AccessKeyId='AKIAIOSFODNN7EXAMPLE', SessionToken=None))
    other = assume(key, 'deploy')
    refused('InvalidClientTokenId', 403, identity(SessionToken=other['SessionToken']))


run({'iam': iam, 'sts': sts, 'signatures': signatures})
