//! Every code that reading a pack may tell, with its paragraph for `docs/problems.md`.

/// Code, Vietnamese paragraph, English paragraph; in the order of the alphabet.
#[rustfmt::skip]
pub const CODES: [(&str, &str, &str); CODE_COUNT] = [
    ("approval-incomplete", "Gói ghi là đã duyệt (Approved) thì phải có người soạn, người thẩm định, số quyết định và ngày.", "A pack that says Approved names who prepared it, who appraised it, the decision and its date."),
    ("bad-address", "Địa chỉ nơi đọc nguồn phải là http:// hoặc https:// đầy đủ.", "The address where a source was read is a whole http:// or https:// address."),
    ("bad-annotation", "Tệp Georeference Annotation không đọc được hoặc thiếu phần cần thiết; chỗ sai được ghi bằng đường khóa JSON. Xuất lại từ Allmaps.", "The Georeference Annotation cannot be read or lacks something; the JSON keys lead to the place. Export it from Allmaps again."),
    ("bad-captions", "Phụ đề WebVTT sai: thiếu dòng WEBVTT, sai mốc thời gian, chồng lên nhau, không có lời hoặc quá hai dòng.", "The WebVTT captions are wrong: no WEBVTT line, bad times, overlapping, without words, or more than two lines."),
    ("bad-frame", "Khung tọa độ không thể có: cần tây < đông, nam < bắc, trái < phải, trên < dưới.", "The frame of degrees cannot be: west < east, south < north, left < right, top < bottom."),
    ("bad-id", "Mã chỉ gồm chữ thường không dấu, chữ số và gạch nối, tối đa 64 ký tự.", "An id has lower-case letters a–z, digits and hyphens only, at most 64."),
    ("bad-languages", "Danh sách languages trống, quá 8, lặp lại hoặc có mã sai.", "The list of languages is empty, has more than 8, repeats one or has a wrong tag."),
    ("bad-licence", "Giấy phép ghi bằng mã SPDX, ví dụ CC0-1.0, CC-BY-4.0, LicenseRef-….", "Licences are SPDX ids such as CC0-1.0, CC-BY-4.0, LicenseRef-…."),
    ("duplicate-id", "Một mã được dùng hai lần; mỗi mã chỉ gọi một thứ.", "An id is used twice; every id names one thing."),
    ("empty-list", "Danh sách này phải có ít nhất một mục.", "This list needs at least one entry."),
    ("empty-text", "Chỗ này để trống: viết nội dung hoặc bỏ cả trường.", "This text is empty: write it or leave the whole field out."),
    ("folded-map", "Theo các điểm khống chế, bản đồ gập lên chính nó; thường do đổi chỗ hai điểm.", "By its control points the map folds over itself; most often two points are exchanged."),
    ("geo-without-frame", "Vị trí Geo cần khung tọa độ (frame) của bản đồ; nếu không có, dùng Point.", "A position Geo needs the map's frame; without one use Point."),
    ("id-differs-from-file", "Mã ghi trong tệp phải là tên tệp.", "The id in an item's file is the name of the file."),
    ("impossible-date", "Ngày hoặc niên đại không thể có: năm đảo ngược, ngoài -4000…2200, thế kỷ 0, ngày không có trong lịch.", "A date that cannot be: years reversed or outside -4000…2200, century 0, a day that no calendar has."),
    ("impossible-degrees", "Không có nơi nào ở kinh độ, vĩ độ này; kinh độ viết trước.", "There is no place of this longitude and latitude; longitude comes first."),
    ("item-in-no-hall", "Một tư liệu không ở gian nào nên không ai xem được.", "An item stands in no hall, so nobody can see it."),
    ("item-in-two-halls", "Một tư liệu ở hai gian; mỗi tư liệu chỉ ở một gian.", "An item stands in two halls; it may stand in one."),
    ("mirrored-map", "Theo các điểm khống chế, bản đồ bị lật gương; thường do đổi kinh độ với vĩ độ.", "By its control points the map is mirrored; most often longitude and latitude are exchanged."),
    ("missing-field", "Thiếu một trường bắt buộc; docs/pack-format.md có ví dụ.", "A field that must be there is missing; docs/pack-format.md has an example."),
    ("missing-file", "Không có tệp được nhắc đến; xem lại tên, kể cả chữ hoa, chữ thường.", "A file that is named is not there; look at the name, upper and lower case too."),
    ("missing-translation", "Một câu thiếu bản của một ngôn ngữ mà gói khai báo.", "A text lacks a language that the pack declares."),
    ("nested-too-deep", "Văn bản lồng ngoặc quá 32 tầng.", "The text has brackets more than 32 levels deep."),
    ("not-nfc", "Chữ có dấu ở dạng Unicode tổ hợp rời; chuyển sang dựng sẵn (NFC).", "Accented letters are in a decomposed Unicode form; convert them to NFC."),
    ("outside-picture", "Vị trí nằm ngoài ảnh; dùng số từ 0 đến 1.", "The place lies outside the picture; use numbers from 0 to 1."),
    ("path-outside-pack", "Đường dẫn hoặc liên kết đi ra ngoài thư mục của gói.", "A path or link leaves the pack's folder."),
    ("picture-too-large", "Ảnh quá 65.000 điểm một cạnh, quá 4 tỷ điểm, hoặc cần quá 2 GiB bộ nhớ để giải mã.", "A picture has more than 65,000 pixels a side or 4 gigapixels, or takes more than 2 GiB of memory to decode."),
    ("points-at-one-place", "Hai điểm khống chế trùng nhau, trên ảnh hoặc trên trái đất.", "Two control points lie at one place, in the picture or on earth."),
    ("points-on-a-line", "Các điểm khống chế thẳng hàng nên không xác định được phép biến đổi.", "The control points lie on a line, which leaves the transform undetermined."),
    ("statement-without-source", "Một điều khẳng định không nêu nguồn nào.", "A statement names no source."),
    ("syntax", "Thiếu hoặc thừa dấu ngoặc, dấu phẩy hay dấu nháy; phần sau của tệp không đọc được.", "A bracket, comma or quotation mark is missing or too many; the rest of the file cannot be read."),
    ("text-too-long", "Quá 60 ký tự ở lời dẫn của gian, hoặc quá 40 từ ở một điểm.", "A hall's lead has more than 60 characters, or a point's text more than 40 words."),
    ("too-few-points", "Phương pháp nắn cần nhiều điểm khống chế hơn.", "The method needs more control points."),
    ("too-many", "Nhiều hơn giới hạn: 500 tư liệu, 24 gian, 100 điểm khống chế.", "More than the limit: 500 items, 24 halls, 100 control points."),
    ("too-many-problems", "Một tệp còn những vấn đề khác chưa liệt kê; sửa rồi kiểm tra lại.", "A file has more problems than are listed; mend those, then check again."),
    ("unknown-field", "Không có trường nào tên như vậy; thường là gõ nhầm.", "There is no field of this name; most often a slip."),
    ("unknown-item", "Không có tư liệu mang mã này.", "There is no item of this id."),
    ("unknown-language", "Có bản của một ngôn ngữ mà gói không khai báo.", "There is a text in a language that the pack does not declare."),
    ("unknown-source", "Không có nguồn mang mã này trong sources.ron.", "There is no source of this id in sources.ron."),
    ("unknown-word", "Từ này không được dùng ở đây; thông báo kể những từ được dùng.", "This word is not known here; the message lists those that are."),
    ("unreadable-file", "Không đọc được tệp: không có, lớn hơn 1 MiB, không phải UTF-8 hoặc không có quyền.", "A file cannot be read: it is not there, larger than 1 MiB, not UTF-8, or not permitted."),
    ("unreadable-picture", "Tệp không phải ảnh PNG, JPEG, WebP, TIFF đọc được, hoặc bộ mảnh ảnh không dùng được.", "A file is no readable PNG, JPEG, WebP or TIFF picture, or its tiles cannot be used."),
    ("unreadable-sound", "Tệp không phải âm thanh Ogg Vorbis, FLAC, MP3, WAV, hoặc quá 64 MiB hay 30 phút.", "A file is no Ogg Vorbis, FLAC, MP3 or WAV sound, or has more than 64 MiB or 30 minutes."),
    ("unsupported-format", "Gói theo định dạng khác với định dạng chương trình này đọc.", "The pack is of another format than this program reads."),
    ("wrong-type", "Giá trị không đúng kiểu: chữ, số, danh sách hay ngoặc khác với điều cần ở đây, hoặc ghi hai lần.", "A value is of the wrong kind: text, number, list or brackets other than wanted here, or given twice."),
];

const CODE_COUNT: usize = 45;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_each_is_explained() {
        assert!(CODES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(CODES.iter().all(|(_, vi, en)| vi.len() > 20 && en.len() > 20));
    }
}
