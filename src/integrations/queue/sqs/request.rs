//! The requests that SQS is sent.

use std::time::Duration;

use aws_sdk_sqs::types::{
    ChangeMessageVisibilityBatchRequestEntry as Leave, DeleteMessageBatchRequestEntry as Delete,
    Message, MessageSystemAttributeName as Attribute, QueueAttributeName,
    SendMessageBatchRequestEntry as Send,
};
use jiff::Timestamp;

use super::{
    batch::{AT_ONCE, Answer},
    connection::End,
    failure,
};
use crate::{
    domain::model::text,
    integrations::queue::{Incoming, Outgoing, QueueError, Receipt},
};

/// Asks for something that every queue has, to see whether it answers.
pub(super) async fn probe(end: &End) -> Result<(), QueueError> {
    let asked = end.client.get_queue_attributes().queue_url(&end.url);
    let asked = asked.attribute_names(QueueAttributeName::QueueArn);
    asked.send().await.map(drop).map_err(|error| failure::of_queue(end.name(), &error))
}

/// Receives up to ten messages.
pub(super) async fn receive(
    end: &End,
    most: usize,
    wait: Duration,
) -> Result<Vec<Incoming>, QueueError> {
    let whole = |number: u64| i32::try_from(number).unwrap_or(i32::MAX);
    let asked = end.client.receive_message().queue_url(&end.url);
    let asked = asked
        .max_number_of_messages(whole(most.min(AT_ONCE) as u64))
        .wait_time_seconds(whole(wait.as_secs()))
        .message_system_attribute_names(Attribute::SentTimestamp)
        .message_system_attribute_names(Attribute::ApproximateReceiveCount)
        .message_system_attribute_names(Attribute::MessageGroupId);
    let answer = asked.send().await.map_err(|error| failure::of_queue(end.name(), &error))?;
    Ok(answer.messages.unwrap_or_default().into_iter().filter_map(incoming).collect())
}

/// Reads a message; one without a receipt could neither be deleted nor left.
fn incoming(message: Message) -> Option<Incoming> {
    let attributes = message.attributes.unwrap_or_default();
    let number = |name: &Attribute| attributes.get(name)?.parse::<i64>().ok();
    let sent = number(&Attribute::SentTimestamp);
    let times = number(&Attribute::ApproximateReceiveCount);
    Some(Incoming {
        body: message.body.unwrap_or_default().into_bytes(),
        // It is told in logs and commits.
        id: text::line(&message.message_id?, 128),
        receipt: Receipt(message.receipt_handle?),
        sent: sent.and_then(|milliseconds| Timestamp::from_millisecond(milliseconds).ok()),
        times_received: times.and_then(|times| times.try_into().ok()).unwrap_or(1),
        group: attributes.get(&Attribute::MessageGroupId).cloned(),
    })
}

/// Sends up to ten messages.
pub(super) async fn send(end: End, messages: Vec<Outgoing>) -> Result<Answer, QueueError> {
    let entry = |(number, message): (usize, Outgoing)| {
        let entry = Send::builder().id(number.to_string());
        let entry = entry.message_body(message.body);
        let fifo = end.is_fifo();
        let entry = entry.set_message_deduplication_id(fifo.then_some(message.id));
        let grouped = fifo || end.is_shared;
        entry.set_message_group_id(grouped.then_some(message.group)).build().ok()
    };
    let entries = messages.into_iter().enumerate().filter_map(entry).collect();
    let asked = end.client.send_message_batch().queue_url(&end.url);
    let answer = asked.set_entries(Some(entries)).send().await;
    let answer = answer.map_err(|error| failure::of(end.name(), &error))?;
    Ok(Answer::new(end.name(), answer.successful.into_iter().map(|it| it.id), answer.failed))
}

/// Deletes up to ten messages.
pub(super) async fn delete(end: End, receipts: Vec<Receipt>) -> Result<Answer, QueueError> {
    let entry = |(number, receipt): (usize, Receipt)| {
        Delete::builder().id(number.to_string()).receipt_handle(receipt.0).build().ok()
    };
    let entries = receipts.into_iter().enumerate().filter_map(entry).collect();
    let asked = end.client.delete_message_batch().queue_url(&end.url);
    let answer = asked.set_entries(Some(entries)).send().await;
    let answer = answer.map_err(|error| failure::of(end.name(), &error))?;
    Ok(Answer::new(end.name(), answer.successful.into_iter().map(|it| it.id), answer.failed))
}

/// Makes up to ten messages visible to everybody again.
pub(super) async fn leave(end: End, receipts: Vec<Receipt>) -> Result<Answer, QueueError> {
    let entry = |(number, receipt): (usize, Receipt)| {
        let entry = Leave::builder().id(number.to_string()).receipt_handle(receipt.0);
        entry.visibility_timeout(0).build().ok()
    };
    let entries = receipts.into_iter().enumerate().filter_map(entry).collect();
    let asked = end.client.change_message_visibility_batch().queue_url(&end.url);
    let answer = asked.set_entries(Some(entries)).send().await;
    let answer = answer.map_err(|error| failure::of(end.name(), &error))?;
    let done = answer.successful.into_iter().map(|it| it.id);
    Ok(Answer::new(end.name(), done, answer.failed).or_visible())
}
