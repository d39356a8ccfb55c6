# Copied beside the rest once these resources have been forgotten: each is found again by its id.
import {
  to = aws_iam_policy.read
  id = "arn:aws:iam::123456789012:policy/teams/read"
}

import {
  to = aws_iam_role.app
  id = "app"
}

import {
  to = aws_iam_role.with_inline
  id = "with-inline"
}

import {
  to = aws_iam_role_policy.exclusive
  id = "exclusive:only"
}

import {
  to = aws_iam_role_policies_exclusive.exclusive
  id = "exclusive"
}

import {
  to = aws_iam_role_policy_attachments_exclusive.exclusive
  id = "exclusive"
}

import {
  to = aws_iam_role_policy_attachment.app_read
  id = "app/arn:aws:iam::123456789012:policy/teams/read"
}

import {
  to = aws_iam_instance_profile.app
  id = "app"
}

import {
  to = aws_iam_service_linked_role.autoscaling
  id = "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_clients"
}

import {
  to = aws_iam_user.ci
  id = "ci"
}

import {
  to = aws_iam_user_policy.ci
  id = "ci:own"
}

import {
  to = aws_iam_user_policy_attachment.ci
  id = "ci/arn:aws:iam::123456789012:policy/teams/read"
}

import {
  to = aws_iam_group.devs
  id = "developers"
}

import {
  to = aws_iam_group_policy.devs
  id = "developers:own"
}

import {
  to = aws_iam_group_policy_attachment.devs
  id = "developers/arn:aws:iam::123456789012:policy/teams/read"
}

import {
  to = aws_iam_user_group_membership.ci
  id = "ci/ops"
}

import {
  to = aws_iam_account_alias.main
  id = "watchword-two"
}
