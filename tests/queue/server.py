"""SQS as far as moto knows it, with signatures and permissions checked.

The argument is the port, 0 for any. It prints a line of JSON with the port and two access keys: one
that may do everything with queues, and one that may do nothing. Then it reads lines, each a name and
attributes of a queue as JSON, creates the queue and prints its URL. It ends with its input.
"""

import json
import sys

import boto3
from moto import settings
from moto.server import ThreadedMotoServer

REGION = "eu-west-1"


def main():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=int(sys.argv[1]), verbose=False)
    server.start()
    host, port = server.get_host_and_port()

    def client(service, key):
        return boto3.client(
            service,
            region_name=REGION,
            endpoint_url=f"http://127.0.0.1:{port}",
            aws_access_key_id=key["AccessKeyId"],
            aws_secret_access_key=key["SecretAccessKey"],
        )

    iam = client("iam", {"AccessKeyId": "a", "SecretAccessKey": "b"})
    keys = []
    for name, effect in [("friend", "Allow"), ("stranger", "Deny")]:
        iam.create_user(UserName=name)
        statement = {"Effect": effect, "Action": "sqs:*", "Resource": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam.put_user_policy(UserName=name, PolicyName="queues", PolicyDocument=policy)
        keys.append(iam.create_access_key(UserName=name)["AccessKey"])
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0

    sqs = client("sqs", keys[0])
    pairs = [[key["AccessKeyId"], key["SecretAccessKey"]] for key in keys]
    print(json.dumps({"port": port, "friend": pairs[0], "stranger": pairs[1]}), flush=True)
    for line in sys.stdin:
        name, attributes = json.loads(line)
        print(json.dumps(sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]),
              flush=True)


main()
