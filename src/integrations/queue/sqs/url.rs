//! What the URL of a queue says: `https://sqs.eu-west-1.amazonaws.com/123456789012/doors.fifo`.

/// Returns the name of the queue.
pub(super) fn name(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or(url)
}

/// Tells whether it keeps the order of the messages of a group; AWS demands this name.
pub(super) fn is_fifo(url: &str) -> bool {
    url.ends_with(".fifo")
}

/// Returns the region, if the queue is at AWS.
pub(super) fn region(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let (host, _) = rest.split_once('/')?;
    let host = host.strip_suffix(".amazonaws.com").or(host.strip_suffix(".amazonaws.com.cn"))?;
    host.strip_prefix("sqs.")
}

/// Returns the URL of the service, if the queue is not at AWS.
pub(super) fn endpoint(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let (host, _) = rest.split_once('/')?;
    let ours = [".amazonaws.com", ".amazonaws.com.cn"].into_iter().any(|it| host.ends_with(it));
    (!ours).then(|| &url[..scheme.len() + 3 + host.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queue_of_aws_says_its_region_and_another_one_its_service() {
        let url = "https://sqs.eu-west-1.amazonaws.com/123456789012/doors.fifo";
        assert_eq!((name(url), is_fifo(url)), ("doors.fifo", true));
        assert_eq!((region(url), endpoint(url)), (Some("eu-west-1"), None));
        let url = "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/doors";
        assert_eq!((name(url), is_fifo(url)), ("doors", false));
        assert_eq!((region(url), endpoint(url)), (Some("cn-north-1"), None));
        let url = "http://localhost:5000/123456789012/doors";
        assert_eq!((region(url), endpoint(url)), (None, Some("http://localhost:5000")));
        assert_eq!((region("doors"), endpoint("doors")), (None, None));
    }
}
