/** What a new machine does for itself; all the rest is done to it by the recipe. */
import { UserData } from 'aws-cdk-lib/aws-ec2';

/**
 * Makes sure that Session Manager can reach the machine. It changes never or rarely: a change
 * restarts the machine and does not run again. The address comes some seconds after the start, so a
 * download may have to be tried again.
 */
export function hostBootstrap(): UserData {
  const userData = UserData.forLinux({ shebang: '#!/bin/bash -u' });
  userData.addCommands(
    'for try in $(seq 60); do',
    '  snap list amazon-ssm-agent || snap install amazon-ssm-agent --classic && break',
    '  sleep 5',
    'done',
    'snap start --enable amazon-ssm-agent',
  );
  return userData;
}
