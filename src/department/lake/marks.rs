//! The fixed words that mark what is to be known of a kiosk's journals, what they mean and what to do: the one table
//! that ingest, reports and dashboard tell them from.

pub const GAP: &str = "gap";
pub const BROKEN_CHAIN: &str = "broken-chain";
pub const TORN_TAIL: &str = "torn-tail";
pub const CLOCK_JUMP: &str = "clock-jump";
pub const NO_SEAL: &str = "no-seal";
pub const UNKNOWN_KEY: &str = "unknown-key";
pub const BAD_SIGNATURE: &str = "bad-signature";
pub const LOST_RECORDS: &str = "lost-records";

pub const ALL: [&str; 8] =
    [GAP, BROKEN_CHAIN, TORN_TAIL, CLOCK_JUMP, NO_SEAL, UNKNOWN_KEY, BAD_SIGNATURE, LOST_RECORDS];

/// Vietnamese and English.
type Pair = (&'static str, &'static str);

/// The word itself, for a text read from the lake; none for a word that is not one of these.
pub fn known(word: &str) -> Option<&'static str> {
    ALL.into_iter().find(|mark| *mark == word)
}

/// What a mark means, within a line.
pub fn said(mark: &str) -> Pair {
    match mark {
        GAP => ("thiếu một đoạn nhật ký", "part of the journal is missing"),
        BROKEN_CHAIN => ("chuỗi bản ghi bị đứt hoặc bị sửa", "the chain of records is broken or was changed"),
        TORN_TAIL => ("tệp nhật ký bị cắt cụt", "the journal file is cut off"),
        CLOCK_JUMP => ("đồng hồ máy chạy sai", "the kiosk's clock was wrong"),
        NO_SEAL => ("nhật ký không có chữ ký của máy", "the journal has no signature of the kiosk"),
        UNKNOWN_KEY => ("khóa của máy chưa có trong danh mục địa điểm", "the kiosk's key is not in the gazetteer"),
        BAD_SIGNATURE => ("chữ ký không đúng", "the signature is wrong"),
        LOST_RECORDS => ("máy đã báo mất bản ghi", "the kiosk told of lost records"),
        _ => ("", ""),
    }
}

/// What to do about it, in whole sentences.
pub fn advice(mark: &str) -> Pair {
    match mark {
        GAP => (
            "Phần thiếu không có trong số liệu. Hãy chép lại toàn bộ nhật ký từ máy rồi nhận lại.",
            "What is missing is not counted. Copy the whole journal from the kiosk again and take it in.",
        ),
        BROKEN_CHAIN => (
            "Số liệu vẫn được giữ và đánh dấu. Hãy chép lại nhật ký; nếu vẫn vậy, báo người quản trị.",
            "The figures are kept and marked. Copy the journal again; if it stays so, tell the administrator.",
        ),
        TORN_TAIL => (
            "Phần đọc được đã nhận. Hãy chép lại nhật ký từ máy, chờ chép xong mới rút USB.",
            "What can be read is taken. Copy the journal from the kiosk again, and pull the stick out only when it is done.",
        ),
        CLOCK_JUMP => (
            "Pin đồng hồ của máy có thể đã hết: hãy thay pin và đặt lại ngày giờ. Lượt nào không biết được ngày thì không tính vào kỳ nào.",
            "The kiosk's clock battery may be empty: replace it and set the clock. Visits whose day cannot be known count in no period.",
        ),
        NO_SEAL => (
            "Hãy chép nhật ký từ khu vực nhân viên trên máy: bản chép tay không có chữ ký. Khóa trong kiosks.csv không cần sửa.",
            "Copy the journal from the kiosk's staff area: a copy made by hand has no signature. The key in kiosks.csv is no matter.",
        ),
        UNKNOWN_KEY => (
            "Hãy ghi khóa công khai của máy (RW…) vào cột public_key của kiosks.csv để chữ ký được đối chiếu.",
            "Write the kiosk's public key (RW…) into public_key of kiosks.csv, so that its signature can be compared.",
        ),
        BAD_SIGNATURE => (
            "Nhật ký này không được nhận. Hãy hỏi nơi đặt máy rồi chép lại từ máy; nếu vẫn vậy, báo người quản trị.",
            "The journal is not taken. Ask where the kiosk stands and copy it again; if it stays so, tell the administrator.",
        ),
        LOST_RECORDS => (
            "Ổ đĩa của máy có thể đầy hoặc hỏng. Hãy xem tình trạng máy trong khu vực nhân viên.",
            "The kiosk's disk may be full or failing. Look at its health in the staff area.",
        ),
        _ => ("", ""),
    }
}

/// As a heading or a line of its own begins.
pub fn begun(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_has_one_name_and_one_advice_in_both_languages() {
        for mark in ALL {
            let ((vi, en), (do_vi, do_en)) = (said(mark), advice(mark));
            assert!([vi, en, do_vi, do_en].iter().all(|text| !text.is_empty()), "{mark}");
        }
        assert_eq!(begun("đồng hồ"), "Đồng hồ");
    }

    #[test]
    fn a_dead_clock_is_not_said_to_leave_the_visits_right() {
        let (vi, en) = advice(CLOCK_JUMP);
        assert!(!vi.contains("Số lượt vẫn đúng") && vi.contains("không tính vào kỳ nào"), "{vi}");
        assert!(!en.contains("Visits are right") && en.contains("count in no period"), "{en}");
    }

    #[test]
    fn a_missing_seal_is_not_told_as_a_missing_key() {
        assert!(!said(NO_SEAL).0.contains("khóa") && !advice(NO_SEAL).0.contains("public_key"));
        assert!(said(UNKNOWN_KEY).0.contains("khóa") && advice(UNKNOWN_KEY).0.contains("public_key"));
    }
}
