"""Topics and subscriptions as on AWS: e-mail waits for its confirmation. Each function says what moto does instead."""

import json
import os
import secrets

from moto.core.responses import ActionResult, EmptyResult
from moto.sns.exceptions import InvalidParameterValue, SNSInvalidParameter
from moto.sns.models import SNSBackend
from moto.sns.responses import SNSResponse

from extension.base import Recorded, client, pick

MAIL = ("email", "email-json")
SENDER = "no-reply@sns.amazonaws.com"
SUBJECT = "AWS Notification - Subscription Confirmation"
PENDING = "PendingConfirmation"
DELETED = "Deleted"

subscribe_at_once, delete_topic_of, unsubscribe_now = SNSBackend.subscribe, SNSBackend.delete_topic, SNSResponse.unsubscribe
mailbox = {"file": None, "mails": []}
unsubscribed = []


def extend(folder):
    """Mails that AWS would send lie in FOLDER/mailbox.json, where `dojang local confirm` reads them."""
    mailbox.update(file=os.path.join(folder, "mailbox.json"), mails=[])
    save()
    SNSBackend.subscribe, SNSBackend.delete_topic = subscribe, delete_topic
    for operation in (list_subscriptions, list_subscriptions_by_topic, confirm_subscription, unsubscribe):
        setattr(SNSResponse, operation.__name__, operation)


def subscribe(self, topic_arn, endpoint, protocol):
    """moto confirms everything at once. AWS sends the mail again when a pending address is subscribed once more."""
    known = self._find_subscription(topic_arn, endpoint, protocol)
    made = subscribe_at_once(self, topic_arn, endpoint, protocol)
    if protocol not in MAIL:
        made.confirmed = True
    elif known is None or not known.confirmed:
        made.attributes["PendingConfirmation"] = True
        made.token = secrets.token_hex(32)
        send(made)
    return made


def delete_topic(self, arn):
    """The links of its mails lead nowhere from then on."""
    delete_topic_of(self, arn)
    mailbox["mails"] = [mail for mail in mailbox["mails"] if mail["topicArn"] != arn]
    unsubscribed[:] = [one for one in unsubscribed if one.topic.arn != arn]
    save()


def send(subscription):
    display_name = subscription.topic.display_name
    sender = f"{display_name} <{SENDER}>" if display_name else f"AWS Notifications <{SENDER}>"
    forget(subscription)
    mailbox["mails"].append({
        "from": sender, "to": subscription.endpoint, "subject": SUBJECT, "topicArn": subscription.topic.arn, "token": subscription.token,
    })  # fmt: skip
    save()


def forget(subscription):
    same = (subscription.topic.arn, subscription.endpoint)
    mailbox["mails"] = [mail for mail in mailbox["mails"] if (mail["topicArn"], mail["to"]) != same]


def save():
    draft = f"{mailbox['file']}.{os.getpid()}.tmp"
    with open(draft, "w") as file:
        json.dump(mailbox["mails"], file)
    os.replace(draft, mailbox["file"])


def view(subscription):
    """moto gives the ARN of a subscription that is not confirmed, and forgets one that was removed, which AWS lists for days."""
    arn = DELETED if subscription in unsubscribed else subscription.arn if subscription.confirmed else PENDING
    return {"SubscriptionArn": arn, "Owner": subscription.owner, "Protocol": subscription.protocol,
            "Endpoint": subscription.endpoint, "TopicArn": subscription.topic.arn}  # fmt: skip


def list_subscriptions(self):
    found, token = self.backend.list_subscriptions(self._get_param("NextToken"))
    return ActionResult({"Subscriptions": [view(one) for one in found], "NextToken": token})


def list_subscriptions_by_topic(self):
    found, token = self.backend.list_subscriptions_by_topic(self._get_param("TopicArn"), self._get_param("NextToken"))
    found = found if token else [*found, *(one for one in unsubscribed if one.topic.arn == self._get_param("TopicArn"))]
    return ActionResult({"Subscriptions": [view(one) for one in found], "NextToken": token})


def confirm_subscription(self):
    """moto takes any token."""
    topic, token = self.backend.get_topic(self._get_param("TopicArn")), self._get_param("Token")
    found = next((one for one in self.backend._get_topic_subscriptions(topic) if getattr(one, "token", None) == token), None)
    if found is None:
        raise InvalidParameterValue("Invalid parameter: Token")
    found.confirmed, found.attributes["PendingConfirmation"] = True, False
    forget(found)
    save()
    return ActionResult({"SubscriptionArn": found.arn})


def unsubscribe(self):
    """moto takes any ARN, and removes what is pending too."""
    arn = self._get_param("SubscriptionArn")
    if not arn.startswith("arn:"):
        raise SNSInvalidParameter("Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements, not 1")
    subscription = self.backend.subscriptions.get(arn)
    if subscription is not None and not subscription.confirmed:
        return EmptyResult()
    if subscription is not None:
        unsubscribed.append(subscription)
    return unsubscribe_now(self)


class Topic(Recorded):
    """moto gives a second stack the topic of the first, and makes a new one, without subscriptions, at every update."""

    replaced_by = ("FifoTopic", "TopicName")
    settings = ("DisplayName", "KmsMasterKeyId")

    def create(self, properties):
        name = properties.get("TopicName", self.physical_resource_id)
        sns = client("sns")
        if any(topic["TopicArn"].endswith(f":{name}") for topic in sns.list_topics()["Topics"]):
            raise ValueError(f'Resource handler returned message: "{name} already exists" (HandlerErrorCode: AlreadyExists)')
        made = sns.create_topic(Name=name, Attributes=pick(properties, *self.settings), Tags=properties.get("Tags", []))
        self.physical_resource_id, self.topic_name = made["TopicArn"], name

    def change(self, properties, changed):
        for name in changed & set(self.settings):
            client("sns").set_topic_attributes(TopicArn=self.physical_resource_id, AttributeName=name, AttributeValue=properties.get(name, ""))
        if "Tags" in changed:
            client("sns").tag_resource(ResourceArn=self.physical_resource_id, Tags=properties.get("Tags", []))

    def remove(self):
        client("sns").delete_topic(TopicArn=self.physical_resource_id)

    def attributes(self):
        return {"TopicArn": self.physical_resource_id, "TopicName": self.topic_name}


class Subscription(Recorded):
    """moto has no such type."""

    replaced_by = ("Endpoint", "Protocol", "TopicArn")

    def create(self, properties):
        made = client("sns").subscribe(ReturnSubscriptionArn=True, **pick(properties, *self.replaced_by))
        self.physical_resource_id = made["SubscriptionArn"]

    def remove(self):
        client("sns").unsubscribe(SubscriptionArn=self.physical_resource_id)
