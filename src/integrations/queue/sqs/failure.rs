//! What a failure of SQS means: whether it passes, and what somebody can do about it.

use std::error::Error;

use aws_sdk_sqs::{
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
};

use super::askew;
use crate::{domain::model::text, integrations::queue::QueueError};

/// Codes of failures that pass. Those of the server's own, and those of too many requests, also pass
/// whatever their code.
const PASSING: &[&str] = &[
    "InternalError",
    "InternalFailure",
    "KmsThrottled",
    "LimitExceededException",
    "OverLimit",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestTimeout",
    "ServiceUnavailable",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "Unavailable",
];

/// Codes that are about a single message: what it says, or a receipt that counts no more.
const REFUSED: &[&str] = &[
    "BatchRequestTooLong",
    "InvalidMessageContents",
    "InvalidParameterValue",
    "InvalidParameterValueException",
    "MessageNotInflight",
    "ReceiptHandleIsInvalid",
];

/// How much of what somebody else says is told, in characters.
const LONGEST: usize = 400;

/// Turns a failure of a request about a queue into our own.
pub(super) fn of<E>(queue: &str, error: &SdkError<E, HttpResponse>) -> QueueError
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match error {
        SdkError::ServiceError(service) => {
            let status = service.raw().status().as_u16();
            let bytes = service.raw().body().bytes().unwrap_or_default();
            let text = String::from_utf8_lossy(bytes);
            let code = error.code().or_else(|| inside(&text, "Code")).unwrap_or_default();
            let message = error.message().or_else(|| inside(&text, "Message"));
            coded(queue, status, code, message.unwrap_or_default())
        }
        SdkError::ConstructionFailure(_) => {
            QueueError::Broken(format!("{queue}: the request cannot be made: {}", chain(error)))
        }
        SdkError::DispatchFailure(failure) if failure.is_user() => {
            QueueError::Broken(format!("{queue}: {}", chain(error)))
        }
        SdkError::TimeoutError(_) => QueueError::Later(format!("{queue}: no answer in time")),
        SdkError::ResponseError(_) => {
            QueueError::Later(format!("{queue}: an answer that is not from SQS: {}", chain(error)))
        }
        _ => QueueError::Later(format!("{queue}: cannot reach SQS: {}", chain(error))),
    }
}

/// Returns what an element of XML contains: some servers answer in the older way, which was XML.
fn inside<'t>(text: &'t str, element: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("<{element}>"))?;
    Some(rest.split_once(&format!("</{element}>"))?.0)
}

/// Does the same for a request that is not about single messages, so that none can be refused.
pub(super) fn of_queue<E>(queue: &str, error: &SdkError<E, HttpResponse>) -> QueueError
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match of(queue, error) {
        QueueError::Refused(why) => QueueError::Broken(why),
        other => other,
    }
}

/// Tells what a code means, of a whole request or of one message.
pub(super) fn coded(queue: &str, status: u16, code: &str, message: &str) -> QueueError {
    // Older codes have the name of the service before them.
    let code = text::shown(code.rsplit(['.', '#']).next().unwrap_or(code));
    let message = text::line(message, LONGEST);
    let said = format!("{queue}: {code}: {message}");
    if status >= 500 || status == 429 || status == 408 || PASSING.contains(&&*code) {
        return QueueError::Later(said);
    }
    if let Some(ahead) = askew::ahead(&message) {
        return QueueError::Broken(format!("{queue}: {}", askew::say(ahead)));
    }
    if REFUSED.contains(&&*code) {
        return QueueError::Refused(said);
    }
    QueueError::Broken(match &*code {
        "QueueDoesNotExist" | "NonExistentQueue" => {
            format!("{queue}: there is no such queue in this account and region")
        }
        "AccessDenied" | "AccessDeniedException" | "KmsAccessDenied" => {
            format!("{queue}: the AWS credentials do not permit this: {message}")
        }
        "InvalidClientTokenId" | "UnrecognizedClientException" | "InvalidAccessKeyId" => {
            format!("{queue}: AWS does not know this access key: {message}")
        }
        "InvalidSignatureException" | "SignatureDoesNotMatch" => {
            format!("{queue}: the secret of the access key is wrong: {message}")
        }
        "ExpiredToken" | "ExpiredTokenException" => {
            format!("{queue}: the AWS credentials have expired: {message}")
        }
        "" => format!("{queue}: status {status}, and no reason: is this the URL of SQS?"),
        _ => said,
    })
}

/// Returns all reasons of an error, from the outermost to the one at the bottom.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut reasons = vec![error.to_string()];
    let mut next = error.source();
    while let Some(error) = next {
        let reason = error.to_string();
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
        next = error.source();
    }
    text::line(&reasons.join(": "), LONGEST)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_passes_is_told_from_what_somebody_must_change() {
        for (status, code) in [
            (500, "InternalFailure"),
            (503, ""),
            (429, ""),
            (400, "RequestThrottled"),
            (403, "AWS.SimpleQueueService.RequestThrottled"),
            (403, "OverLimit"),
        ] {
            assert!(coded("doors", status, code, "x").passes(), "{status} {code}");
        }
        for (status, code, words) in [
            (400, "com.amazonaws.sqs#QueueDoesNotExist", "no such queue"),
            (400, "AWS.SimpleQueueService.NonExistentQueue", "no such queue"),
            (403, "AccessDenied", "do not permit"),
            (403, "InvalidClientTokenId", "does not know this access key"),
            (403, "SignatureDoesNotMatch", "secret of the access key is wrong"),
            (403, "ExpiredToken", "have expired"),
            (404, "", "is this the URL of SQS?"),
            (400, "InvalidAddress", "doors: InvalidAddress: x"),
        ] {
            let said = coded("doors", status, code, "x");
            assert!(!said.passes() && said.to_string().contains(words), "{said}");
        }
    }

    #[test]
    fn a_message_that_is_refused_is_not_the_fault_of_the_queue() {
        for code in ["AWS.SimpleQueueService.BatchRequestTooLong", "ReceiptHandleIsInvalid"] {
            let said = coded("doors", 400, code, "x");
            assert!(matches!(said, QueueError::Refused(_)), "{said:?}");
        }
    }

    #[test]
    fn a_wrong_clock_is_no_wrong_secret() {
        let message = "Signature expired: 20260302T180000Z is now earlier than 20260302T180100Z \
                       (20260302T180600Z - 5 min.)";
        for code in ["InvalidSignatureException", "SignatureDoesNotMatch"] {
            let said = coded("doors", 403, code, message).to_string();
            assert!(said.contains("6 minutes behind"), "{said}");
        }
    }

    #[test]
    fn the_older_way_to_answer_is_understood() {
        let text = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>No &amp; no</Message>";
        assert_eq!(inside(text, "Code"), Some("AccessDenied"));
        assert_eq!(inside(text, "Message"), Some("No &amp; no"));
        assert_eq!(inside(text, "Type"), None);
    }

    proptest! {
        #[test]
        fn whatever_a_server_says_is_one_short_line(
            status: u16,
            code in "(Signature|[a-z.#\\PC]|\\x1b\\[2J|\n){0,100}",
            message in "(Signature expired: |20260302T180000Z |99991399T999999Z|\\PC|\\x1b|\n){0,600}",
        ) {
            let said = coded("doors", status, &code, &message).to_string();
            prop_assert!(!said.contains(text::is_control), "{said:?}");
            prop_assert!(said.chars().count() < 600, "{}", said.len());
        }
    }
}
