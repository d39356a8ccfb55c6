"""boto3's resources: objects that load, list and delete themselves."""

import json

import boto3

from service import ACCOUNT, allow, equal, policy_arn, recent, role_arn, run, trust, user_arn


def names(collection):
    return [each.name for each in collection]


def objects():
    iam = boto3.resource('iam')
    user = iam.create_user(UserName='ada', Path='/team/', Tags=[{'Key': 'team', 'Value': 'blue'}])
    user.load()
    equal((user.arn, user.path, user.tags), (user_arn('team/ada'), '/team/', [{'Key': 'team', 'Value': 'blue'}]))
    recent(user.create_date)
    pair = user.create_access_key_pair()
    assert pair.secret, pair
    pair.deactivate()
    equal([(key.id, key.status) for key in user.access_keys.all()], [(pair.id, 'Inactive')])

    group = iam.create_group(GroupName='devs')
    group.add_user(UserName='ada')
    equal((names(user.groups.all()), names(group.users.all())), (['devs'], ['ada']))
    policy = iam.create_policy(PolicyName='read', PolicyDocument=allow('iam:Get*'))
    group.attach_policy(PolicyArn=policy.arn)
    user.attach_policy(PolicyArn=policy.arn)
    role = iam.create_role(RoleName='app', AssumeRolePolicyDocument=trust(user.arn))
    role.attach_policy(PolicyArn=policy.arn)
    equal([each.arn for each in role.attached_policies.all()], [policy_arn('read')])
    equal(names(policy.attached_users.all()), ['ada'])
    equal(names(policy.attached_groups.all()), ['devs'])
    equal(names(policy.attached_roles.all()), ['app'])
    policy.reload()
    equal((policy.attachment_count, policy.default_version_id), (3, 'v1'))
    newer = policy.create_version(PolicyDocument=allow('iam:*'), SetAsDefault=True)
    equal(newer.document, json.loads(allow('iam:*')))
    equal([each.is_default_version for each in policy.versions.all()], [True, False])
    equal(policy.default_version.document, json.loads(allow('iam:*')))

    inline = role.Policy('own')
    inline.put(PolicyDocument=allow('iam:List*'))
    inline.reload()
    equal((inline.policy_document, names(role.policies.all())), (json.loads(allow('iam:List*')), ['own']))
    equal(role.assume_role_policy_document, json.loads(trust(user.arn)))
    role.AssumeRolePolicy().update(PolicyDocument=trust(f'arn:aws:iam::{ACCOUNT}:root'))
    role.reload()
    equal(role.assume_role_policy_document['Statement'][0]['Principal'], {'AWS': f'arn:aws:iam::{ACCOUNT}:root'})

    profile = iam.create_instance_profile(InstanceProfileName='app')
    profile.add_role(RoleName='app')
    profile.reload()
    equal(names(profile.roles), ['app'])
    equal(names(role.instance_profiles.all()), ['app'])
    equal(names(iam.users.filter(PathPrefix='/team/')), ['ada'])
    equal([each.arn for each in iam.roles.all()], [role_arn('app')])
    equal(iam.AccountSummary().summary_map['Users'], 1)
    equal(iam.CurrentUser().arn, f'arn:aws:iam::{ACCOUNT}:root')
    user = user.update(NewUserName='grace', NewPath='/')
    equal(user.name, 'grace')

    for old in policy.versions.all():
        if not old.is_default_version:
            old.delete()
    for owner in (user, group, role):
        for each in owner.attached_policies.all():
            owner.detach_policy(PolicyArn=each.arn)
    for key in user.access_keys.all():
        key.delete()
    profile.remove_role(RoleName='app')
    group.remove_user(UserName='grace')
    inline.delete()
    for each in (profile, role, group, user, policy):
        each.delete()
    equal(names(iam.users.all()) + names(iam.roles.all()) + names(iam.groups.all()), [])


run({'objects': objects})
