//! S3-compatible storage: opened by an address and what the environment tells, and what goes wrong with it in the words
//! of whoever has to set it right.

use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::path::Path as StorePath;
use object_store::{Error, ObjectStore, RetryConfig};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Nothing is tried again after this; a last try may take its half minute beyond it.
const PATIENCE: Duration = Duration::from_secs(45);
/// Of a storage's own words, which may be a page of XML.
const MAX_DETAIL: usize = 400;

/// The store of an address `s3://bucket/path`, and the path in it; keys and the like from the environment (`AWS_…`).
pub fn store_at(url: &Url) -> Result<(Arc<dyn ObjectStore>, StorePath), Error> {
    if url.scheme() != "s3" {
        return Err(Error::NotSupported { source: "only s3://bucket/path and folders".into() });
    }
    let patience = RetryConfig { retry_timeout: PATIENCE, ..RetryConfig::default() };
    let mut builder = AmazonS3Builder::new().with_url(url.as_str()).with_retry(patience);
    for (name, value) in std::env::vars_os() {
        let (Some(name), Ok(value)) = (name.to_str().map(str::to_ascii_lowercase), value.into_string()) else {
            continue;
        };
        if let (true, Ok(key)) = (name.starts_with("aws_"), name.parse::<AmazonS3ConfigKey>()) {
            builder = builder.with_config(key, value);
        }
    }
    Ok((Arc::new(builder.build()?), StorePath::from_url_path(url.path())?))
}

/// By what an error says of itself, in this order: the first that fits.
const MISTAKES: [(&[&str], &str); 9] = [
    (
        &["169.254.169.254", "169.254.170.2"],
        "chưa có khóa, hãy đặt AWS_ACCESS_KEY_ID và AWS_SECRET_ACCESS_KEY · no keys, set AWS_ACCESS_KEY_ID and \
         AWS_SECRET_ACCESS_KEY",
    ),
    (&["NoSuchBucket"], "không có ngăn chứa (bucket) này · there is no such bucket"),
    (
        &["URL scheme is not allowed", "builder error"],
        "AWS_ENDPOINT phải bắt đầu bằng https://, hoặc http:// cùng AWS_ALLOW_HTTP=true trong mạng tin được · AWS_ENDPOINT \
         must begin with https://, or with http:// and AWS_ALLOW_HTTP=true in a network you trust",
    ),
    (
        &["only s3://", "Unable to recognise URL"],
        "chỉ nhận thư mục hoặc s3://ngăn-chứa/đường-dẫn · only a folder or s3://bucket/path",
    ),
    (
        &["timed out", "deadline has elapsed"],
        "kho không trả lời, hãy thử lại hoặc kiểm tra AWS_ENDPOINT · the storage does not answer, try again or check \
         AWS_ENDPOINT",
    ),
    (&["error sending request"], "không kết nối được, kiểm tra AWS_ENDPOINT · cannot be reached, check AWS_ENDPOINT"),
    (
        &["AuthorizationHeaderMalformed", "PermanentRedirect", "incorrectly configured region"],
        "sai vùng, kiểm tra AWS_REGION · another region, check AWS_REGION",
    ),
    (
        &["403 Forbidden", "401 Unauthorized"],
        "kho không cho phép, kiểm tra khóa và quyền · the storage does not allow it, check keys and rights",
    ),
    (&["501 Not Implemented", "not yet implemented", "NotImplemented"], OVERWRITES),
];

/// Two entries of the ledger under one number would be one lost.
pub const OVERWRITES: &str = "kho không giữ tệp khỏi bị ghi đè (If-None-Match), sẽ mất nhật ký; hãy dùng kho khác · the \
                              storage does not keep files from being overwritten (If-None-Match), journals would be \
                              lost; use another";

/// What went wrong in both languages, then in the storage's own words.
pub fn told(error: &Error) -> String {
    let whole = with_causes(error);
    let fits = |(signs, _): &&(&[&str], &str)| signs.iter().any(|sign| whole.contains(sign));
    let words =
        MISTAKES.iter().find(fits).map_or("không đọc hoặc ghi được · cannot be read or written", |(_, words)| words);
    let detail: String = whole.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_DETAIL).collect();
    format!("{words} ({detail})")
}

/// Many an error tells its cause only when asked for it; others have it in their own words already.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut whole = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let words = cause.to_string();
        if !whole.contains(&words) {
            whole = format!("{whole}: {words}");
        }
        next = cause.source();
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("HTTP error: error sending request")]
    struct Sending(#[source] std::io::Error);

    fn generic(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> String {
        told(&Error::Generic { store: "S3", source: source.into() })
    }

    #[test]
    fn what_people_do_wrong_is_told_in_both_languages() {
        let bucket = "404 Not Found: <?xml?>\n<Error><Code>NoSuchBucket</Code></Error>";
        assert!(generic(bucket).starts_with("không có ngăn chứa (bucket) này · there is no such bucket (Generic S3"));
        assert!(generic("PUT http://169.254.169.254/latest/api/token: 403 Forbidden").starts_with("chưa có khóa"));
        assert!(generic("HTTP error: builder error").contains("http:// and AWS_ALLOW_HTTP=true"));
        assert!(generic("non-2xx status code: 403 Forbidden: <Error/>").starts_with("kho không cho phép"));
        assert!(generic("something else").starts_with("không đọc hoặc ghi được · cannot"));
    }

    #[test]
    fn the_cause_tells_silence_from_nobody_there() {
        let sending = |kind, words| generic(Sending(std::io::Error::new(kind, words)));
        let refused = sending(std::io::ErrorKind::ConnectionRefused, "connection refused");
        assert!(refused.starts_with("không kết nối được") && refused.contains("connection refused"), "{refused}");
        assert!(sending(std::io::ErrorKind::TimedOut, "operation timed out").starts_with("kho không trả lời"));
    }

    #[test]
    fn pages_of_xml_are_cut() {
        let long = generic("đ".repeat(10_000));
        assert!(long.chars().count() < MAX_DETAIL + 100 && !long.contains('\n'));
    }

    #[test]
    fn other_addresses_are_refused() {
        for address in ["ftp://kho/a", "https://kho.example.vn/a", "memory:///a"] {
            let error = store_at(&Url::parse(address).expect("address")).expect_err(address);
            assert!(told(&error).starts_with("chỉ nhận thư mục hoặc s3://"), "{error}");
        }
    }
}
