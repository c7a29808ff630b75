//! Why something was not given, in words for people. What went wrong inside is told to the log only.

use super::language::words;
use crate::department::figures::Words;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

#[derive(Clone, Debug)]
pub struct Trouble {
    pub status: StatusCode,
    pub title: Words,
    pub reason: Words,
    pub retry_after_seconds: Option<u64>,
}

impl Trouble {
    pub fn new(status: StatusCode, title: Words, reason: Words) -> Self {
        Self { status, title, reason, retry_after_seconds: None }
    }

    pub fn not_found() -> Self {
        let reason = words(
            "Địa chỉ không có trang nào, hoặc đơn vị không tồn tại vào ngày cuối của kỳ. Hãy quay về trang đầu và đi lại từ đó.",
            "There is no page at this address, or the unit did not exist on the last day of the period. Go back to the first page and start from there.",
        );
        Self::new(StatusCode::NOT_FOUND, words("Không có trang này", "There is no such page"), reason)
    }

    pub fn bad(reason: Words) -> Self {
        Self::new(StatusCode::BAD_REQUEST, words("Yêu cầu chưa đúng", "The request is not right"), reason)
    }

    pub fn forbidden(reason: Words) -> Self {
        Self::new(StatusCode::FORBIDDEN, words("Không được xem", "Not allowed"), reason)
    }

    pub fn other_unit() -> Self {
        Self::forbidden(words(
            "Tài khoản này chỉ xem được đơn vị của mình và các đơn vị bên trong. Nếu cần xem đơn vị khác, hãy hỏi người quản trị.",
            "This account sees its own unit and those within it. If you need to see another one, ask the administrator.",
        ))
    }

    pub fn foreign_form() -> Self {
        Self::forbidden(words(
            "Biểu mẫu không được gửi từ trang này hoặc đã quá cũ. Hãy mở lại trang rồi gửi lại.",
            "The form was not sent from this page or is too old. Open the page again and send it once more.",
        ))
    }

    pub fn refused(reason: Words) -> Self {
        let title = words("Không có số liệu", "No figures");
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, title, reason)
    }

    pub fn wrong_host() -> Self {
        Self::new(
            StatusCode::MISDIRECTED_REQUEST,
            words("Sai tên máy chủ", "Wrong name of the server"),
            words(
                "Trang này không trả lời dưới tên đã gọi. Hãy dùng địa chỉ mà chương trình in ra khi khởi động.",
                "This page does not answer under the name it was called by. Use the address that the program printed at its start.",
            ),
        )
    }

    pub fn wait(seconds: u64) -> Self {
        let reason = words(
            &format!("Đã sai nhiều lần. Hãy chờ {seconds} giây rồi thử lại."),
            &format!("Too many failed attempts. Wait {seconds} seconds, then try again."),
        );
        let title = words("Hãy chờ một lát", "Please wait a while");
        Self { retry_after_seconds: Some(seconds), ..Self::new(StatusCode::TOO_MANY_REQUESTS, title, reason) }
    }

    pub fn inside(number: &str) -> Self {
        let reason = words(
            &format!(
                "Trang không làm được vì một lỗi bên trong. Số liệu đã lưu không bị ảnh hưởng. Khi báo người quản trị, hãy đọc số {number}."
            ),
            &format!(
                "The page could not be made because of a fault inside. Nothing stored is affected. When you tell the administrator, give the number {number}."
            ),
        );
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, words("Có lỗi bên trong", "A fault inside"), reason)
    }

    /// For answers that the web framework gave by itself.
    pub fn from_status(status: StatusCode) -> Self {
        let (title, reason) = match status {
            StatusCode::NOT_FOUND => return Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => (
                words("Không dùng cách này được", "Not in this way"),
                words("Trang này không nhận loại yêu cầu đó.", "This page does not take requests of that kind."),
            ),
            StatusCode::PAYLOAD_TOO_LARGE => (
                words("Gửi quá nhiều", "Too much was sent"),
                words(
                    "Biểu mẫu ở đây chỉ vài dòng; phần gửi lên lớn hơn mức nhận.",
                    "Forms here are a few lines long; what was sent is larger than is taken.",
                ),
            ),
            StatusCode::URI_TOO_LONG => (
                words("Địa chỉ quá dài", "The address is too long"),
                words("Hãy quay về trang đầu và chọn lại.", "Go back to the first page and choose again."),
            ),
            StatusCode::GATEWAY_TIMEOUT => (
                words("Lâu quá mức", "It took too long"),
                words(
                    "Số liệu chưa tính xong trong thời gian cho phép. Hãy chọn kỳ ngắn hơn hoặc thử lại sau.",
                    "The figures were not ready in time. Choose a shorter period or try again later.",
                ),
            ),
            status if status.is_server_error() => (
                words("Có lỗi bên trong", "A fault inside"),
                words("Trang không làm được. Hãy thử lại.", "The page could not be made. Try again."),
            ),
            _ => (
                words("Yêu cầu chưa đúng", "The request is not right"),
                words(
                    "Trang không hiểu yêu cầu này. Hãy quay về trang đầu.",
                    "This request is not understood. Go back to the first page.",
                ),
            ),
        };
        Self::new(status, title, reason)
    }
}

/// The page itself is drawn at the gate, which knows the reader's language.
impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
