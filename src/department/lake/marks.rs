//! The fixed words that mark what is to be known of a kiosk's journals.

pub const GAP: &str = "gap";
pub const BROKEN_CHAIN: &str = "broken-chain";
pub const TORN_TAIL: &str = "torn-tail";
pub const CLOCK_JUMP: &str = "clock-jump";
pub const UNKNOWN_KEY: &str = "unknown-key";
pub const BAD_SIGNATURE: &str = "bad-signature";
pub const LOST_RECORDS: &str = "lost-records";

pub const ALL: [&str; 7] = [GAP, BROKEN_CHAIN, TORN_TAIL, CLOCK_JUMP, UNKNOWN_KEY, BAD_SIGNATURE, LOST_RECORDS];

/// The word itself, for a text read from the lake; none for a word that is not one of these.
pub fn known(word: &str) -> Option<&'static str> {
    ALL.into_iter().find(|mark| *mark == word)
}

/// In Vietnamese and English.
pub fn said(mark: &str) -> (&'static str, &'static str) {
    match mark {
        GAP => ("thiếu bản ghi ở giữa", "records are missing in between"),
        BROKEN_CHAIN => ("chuỗi bản ghi bị đứt hoặc bị viết lại", "the chain of records is broken or was written anew"),
        TORN_TAIL => ("tệp bị cắt cụt, phần đọc được đã giữ", "the file is cut off, what can be read is kept"),
        CLOCK_JUMP => ("đồng hồ máy sai hoặc bị chỉnh lùi", "the clock was wrong or was set back"),
        UNKNOWN_KEY => ("không có chữ ký của khóa đã biết", "not signed by a known key"),
        BAD_SIGNATURE => ("chữ ký không đúng", "the signature does not hold"),
        LOST_RECORDS => ("máy đã báo mất bản ghi", "the kiosk told of lost records"),
        _ => ("", ""),
    }
}
